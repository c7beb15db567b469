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

// A form that htmx sent has been answered: its menu closes.
document.addEventListener("htmx:afterRequest", (event) => {
  const menu = event.target.closest("form")?.closest("details.menu");
  if (menu && event.detail.successful && event.detail.requestConfig.verb !== "get") {
    menu.open = false;
  }
});

document.addEventListener("htmx:sendError", () => toast("The site can’t be reached. Nothing was changed."));
document.addEventListener("htmx:responseError", () => toast("That didn’t work. Load the page again, and look before you try once more."));

const toast = (text) => {
  const note = document.createElement("div");
  note.className = "note tone-bad";
  note.textContent = text;
  document.getElementById("toasts").append(note);
};

// What is said at the edge goes by itself, bad news later.
new MutationObserver((changes) => {
  for (const note of changes.flatMap((change) => [...change.addedNodes])) {
    if (note.nodeType === Node.ELEMENT_NODE) {
      setTimeout(() => note.remove(), note.matches(".tone-bad") ? 20000 : 6000);
    }
  }
}).observe(document.getElementById("toasts"), { childList: true });
