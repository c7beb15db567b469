// An event names the deployment that changed; the page asks for what of it shows here.
document.addEventListener("htmx:configRequest", (event) => {
  const message = event.detail.triggeringEvent?.detail;
  if (event.target.matches("[data-live]") && message?.data) {
    event.detail.parameters.append("id", message.data);
  }
});

// After an interruption nobody knows what was missed: ask for all of it.
let connectedBefore = false;
document.addEventListener("htmx:sseOpen", () => {
  if (connectedBefore) {
    for (const live of document.querySelectorAll("[data-live]")) {
      htmx.trigger(live, "missed");
    }
  }
  connectedBefore = true;
});

// What is shown for a moment only.
new MutationObserver((changes) => {
  for (const toast of changes.flatMap((change) => [...change.addedNodes])) {
    if (toast.nodeType === Node.ELEMENT_NODE) {
      setTimeout(() => toast.remove(), toast.matches(".toast-danger") ? 15000 : 6000);
    }
  }
}).observe(document.getElementById("toasts"), { childList: true });
