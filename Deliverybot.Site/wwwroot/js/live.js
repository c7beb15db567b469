import { showTab } from "./tab.js";

// An event names the deployment that changed; the page asks for what of it shows here. That the default branch moved concerns few pages.
document.addEventListener("htmx:configRequest", (event) => {
  const live = event.target.closest("[data-live]");
  const changed = event.detail.triggeringEvent?.detail?.data;
  if (!live || !changed) {
    return;
  }
  if (changed === "head") {
    if (!live.matches("[data-head]")) {
      event.preventDefault();
    }
    return;
  }
  const only = live.dataset.only;
  if (only && only !== changed) {
    event.preventDefault();
  } else if (!only) {
    event.detail.parameters.append("id", changed);
  }
});

// What happened before the stream was open, the first time and after each interruption, nobody tells: ask for all of it.
document.addEventListener("htmx:sseOpen", () => {
  document.querySelectorAll("[data-live]").forEach((live) => htmx.trigger(live, "missed"));
});

// What was put in says how the tab looks now.
document.addEventListener("htmx:afterSettle", () => {
  const part = document.querySelector("[data-icon]");
  if (part) {
    showTab(part);
  }
});

// What a form asked for was done: its menu closes. Where it was refused, the form stays for another try.
document.addEventListener("htmx:afterRequest", (event) => {
  const menu = event.target.closest("form")?.closest("details.menu");
  if (menu && event.detail.xhr.status < 400 && event.detail.requestConfig.verb !== "get") {
    menu.open = false;
  }
});

document.addEventListener("htmx:sendError", () => toast("The site can’t be reached. Load the page again, and look before you try once more."));
document.addEventListener("htmx:responseError", () => toast("That didn’t work. Load the page again, and look before you try once more."));

const toast = (text) => {
  const note = document.createElement("div");
  note.className = "note tone-bad";
  note.textContent = text;
  document.getElementById("toasts").append(note);
};

// What is said at the edge goes by itself, bad news later; not while somebody is at it, and sooner by its button.
new MutationObserver((changes) => {
  for (const note of changes.flatMap((change) => [...change.addedNodes])) {
    if (note.nodeType === Node.ELEMENT_NODE) {
      note.append(closing(note));
      leave(note);
    }
  }
}).observe(document.getElementById("toasts"), { childList: true });

const closing = (note) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "icon-button note-close";
  button.textContent = "×";
  button.setAttribute("aria-label", "Close this message");
  button.addEventListener("click", () => note.remove());
  return button;
};

const leave = (note) => {
  let timer = 0;
  const stay = () => clearTimeout(timer);
  const go = () => {
    stay();
    timer = setTimeout(() => note.remove(), note.matches(".tone-bad") ? 20000 : 8000);
  };
  note.addEventListener("pointerenter", stay);
  note.addEventListener("focusin", stay);
  note.addEventListener("pointerleave", go);
  note.addEventListener("focusout", go);
  go();
};
