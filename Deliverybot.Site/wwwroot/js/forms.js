// A form that is on its way isn't sent again: a double click on "Roll back" would roll back twice.
const sent = new WeakSet();
document.addEventListener("htmx:beforeRequest", (event) => sent.add(event.target));
document.addEventListener("htmx:afterRequest", (event) => sent.delete(event.target));
document.addEventListener("submit", (event) => {
  if (sent.has(event.target)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);

// What a form asked for was done: its menu closes. Where it was refused, the form stays for another try; where it is asked about, that is in its place.
document.addEventListener("htmx:afterRequest", (event) => {
  const menu = event.target.closest("form")?.closest("details.menu");
  if (menu && !event.detail.xhr.getResponseHeader("HX-Retarget") && event.detail.xhr.status < 400 && event.detail.requestConfig.verb !== "get") {
    menu.open = false;
  }
});

// What a page asks for by itself and can't get now, it asks for again.
const say = (event, text) => {
  if (!event.target.matches("[data-quiet]")) {
    toast(text);
  }
};

document.addEventListener("htmx:sendError", (event) => say(event, "The site can’t be reached. Load the page again, and look before you try once more."));
document.addEventListener("htmx:responseError", (event) => say(event, "That didn’t work. Load the page again, and look before you try once more."));

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
