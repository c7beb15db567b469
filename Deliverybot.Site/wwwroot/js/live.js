// An open page is brought up to date in one way: an event makes it ask, and of the answer those parts are put in that differ.
import "./streams.js";
import { showTab } from "./tab.js";

// That the default branch moved concerns few pages. The others don't hear of it at all: one that waits a moment for more to come would
// take it for the last that came, and forget the deployment that came just before.
document.addEventListener("sse:changed", (event) => {
  if (event.detail?.data === "head" && !event.target.matches("[data-head]")) {
    event.stopImmediatePropagation();
  }
}, true);

// An event names the deployment that changed; the page asks for what of it shows here.
document.addEventListener("htmx:configRequest", (event) => {
  const live = event.target.closest("[data-live]");
  const changed = event.detail.triggeringEvent?.detail?.data;
  if (live && changed && changed !== "head") {
    event.detail.parameters.append("id", changed);
  }
});

const askAgain = () => document.querySelectorAll("[data-live]").forEach((live) => htmx.trigger(live, "missed"));

// What happened before the stream was open, the first time and after each interruption, nobody tells: ask for all of it.
document.addEventListener("htmx:sseOpen", askAgain);

// Of two answers, the one that was asked for later is the newer one, whichever comes first.
let asked = 0;
const newest = new WeakMap();
document.addEventListener("htmx:beforeRequest", (event) => {
  event.detail.xhr.asked = ++asked;
});

// What a menu is open in is left alone until that closes; what somebody is asked in, until they have answered.
let isLeft = false;
document.addEventListener("toggle", (event) => {
  if (isLeft && !event.target.open && event.target.matches("details.menu")) {
    isLeft = false;
    askAgain();
  }
}, true);

// Once it is answered, it is over: what it stood in is brought up to date.
document.addEventListener("htmx:afterRequest", (event) => {
  const asked = event.target.closest(".act-confirm");
  if (asked && !asked.closest("details.menu") && event.detail.successful && !event.detail.xhr.getResponseHeader("HX-Retarget")) {
    asked.remove();
    isLeft = false;
    askAgain();
  }
});

const partsOf = (element) => [...element.querySelectorAll("[data-part]")].filter((part) => {
  const around = part.parentElement.closest("[data-part]");
  return around === element || !element.contains(around);
});

const idsOf = (parts) => parts.map((part) => part.id).join();

const isOpen = (part) => part.matches("details.menu[open]") || part.querySelector("details.menu[open], .act-confirm") !== null;

// What a part says beside its forms; a time goes on by itself.
const told = (part) => {
  const copy = part.cloneNode(true);
  copy.querySelectorAll("form, details.menu, time, .changed-meanwhile, .visually-hidden").forEach((own) => own.remove());
  return copy.textContent.replace(/\s+/g, " ").trim();
};

// A form that is open stays as it is, and says so where what it is about has changed, with what that is now.
const warn = (part, now) => {
  for (const form of part.querySelectorAll("details.menu[open] .menu-panel, .act-confirm")) {
    const isInner = form.parentElement.closest("details.menu[open] .menu-panel") !== null;
    const isSent = form.matches(".htmx-request") || form.querySelector("form.htmx-request") !== null;
    if (isInner || isSent || !(form.matches("form") || form.querySelector("form"))) {
      continue;
    }
    let line = form.querySelector(".changed-meanwhile");
    if (!line) {
      line = document.createElement("p");
      line.className = "changed-meanwhile";
      line.setAttribute("role", "status");
      form.prepend(line);
    }
    line.textContent = `This has changed since you opened it.${now ? ` Now: ${now}.` : ""}`;
  }
};

const replace = (shown, fresh) => {
  const differs = told(shown) !== told(fresh);
  const now = fresh.dataset.now;
  if (isOpen(shown)) {
    isLeft = true;
    if (differs) {
      warn(shown, now);
    }
    return;
  }
  const reachable = "a[href], button, input, select, textarea, summary, [tabindex]";
  const focused = [...shown.querySelectorAll(reachable)].indexOf(document.activeElement);
  shown.replaceWith(fresh);
  htmx.process(fresh);
  if (focused >= 0) {
    const there = fresh.querySelectorAll(reachable);
    there[Math.min(focused, there.length - 1)]?.focus({ preventScroll: true });
  }
  const around = fresh.parentElement?.closest("[data-part]:not([data-part=list])");
  if (differs && around && isOpen(around)) {
    warn(around, now);
  }
};

// A list has the same rows as the answer, in its order: new ones come in, and what a forced push has taken from a branch goes.
const dropGone = (shown, parts) => {
  const ids = new Set(parts.map((part) => part.id));
  for (const gone of partsOf(shown).filter((part) => !ids.has(part.id))) {
    if (isOpen(gone)) {
      isLeft = true;
      warn(gone, "it is gone");
    } else {
      gone.remove();
    }
  }
};

const isBelow = (part, above) => (above.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

// A part with parts in it stays, as long as these are the same ones; a list takes in others, each below the one before it.
const put = (fresh, number) => {
  const shown = document.getElementById(fresh.id);
  if (!shown || (newest.get(shown) ?? 0) > number) {
    return;
  }
  newest.set(shown, number);
  newest.set(fresh, number);
  if (fresh.dataset.stamp && fresh.dataset.stamp === shown.dataset.stamp) {
    return;
  }
  const parts = partsOf(fresh);
  const isList = fresh.matches("[data-part=list]");
  if (parts.length === 0 || !(isList || idsOf(parts) === idsOf(partsOf(shown)))) {
    replace(shown, fresh);
    return;
  }
  if (isList) {
    dropGone(shown, parts);
  }
  let above = null;
  for (const part of parts) {
    const same = document.getElementById(part.id);
    if (!same || (above && !isBelow(same, above))) {
      const placed = same ?? part;
      if (above) {
        above.after(placed);
      } else {
        shown.prepend(placed);
      }
      if (!same) {
        htmx.process(part);
      }
    }
    if (same) {
      put(part, number);
    }
    above = document.getElementById(part.id);
  }
  Object.assign(shown.dataset, fresh.dataset);
};

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, serverResponse } = event.detail;
  if (!event.target.matches("[data-live]") || xhr.status !== 200) {
    return;
  }
  event.detail.shouldSwap = false;
  const answer = new DOMParser().parseFromString(serverResponse, "text/html");
  for (const fresh of partsOf(answer.body)) {
    document.dispatchEvent(new CustomEvent("part", { detail: { shown: document.getElementById(fresh.id), fresh } }));
    put(fresh, xhr.asked);
  }
  const tab = document.querySelector("[data-icon]");
  if (tab) {
    showTab(tab);
  }
  document.dispatchEvent(new CustomEvent("refreshed"));
});
