import { showIcon } from "./tab.js";

// What deployments change of the page, our own records tell. A commit that it doesn't show yet, or a check that ended, is known to
// GitHub alone: when something tells of one, the whole page is asked for.
const whole = document.getElementById("whole");
let soon = null;
const askIn = (milliseconds) => {
  soon ??= setTimeout(() => {
    soon = null;
    htmx.trigger(whole, "whole");
  }, milliseconds);
};

const textOf = (part) => part.textContent.replace(/\s+/g, " ");

document.addEventListener("part", ({ detail: { shown, fresh } }) => {
  if (shown?.querySelector(".tone-wait") && fresh.matches(".placements") && textOf(shown) !== textOf(fresh)) {
    askIn(250);
  } else if (!shown && whole.matches("[data-newest]") && fresh.matches("[data-of-branch]")) {
    askIn(250);
  }
});

// The default branch has moved. Every open page hears of it at once, and each asks GitHub: they don't all do so at the same time.
document.addEventListener("htmx:sseMessage", (event) => {
  if (event.target.matches("[data-live]") && event.detail.data === "head" && document.querySelector("#commits[data-news]")) {
    askIn(1000 + 1000 * Math.random());
  }
});

// While the stream was interrupted, commits may have come.
let opened = false;
document.addEventListener("htmx:sseOpen", () => {
  if (opened) {
    askIn(1000 * Math.random());
  }
  opened = true;
});

// In each environment the newest deployment counts, and of the environments what matters most; the page itself begins with the same.
document.addEventListener("refreshed", () => {
  const newest = new Map();
  for (const commit of document.querySelectorAll("#commits[data-news] .placements")) {
    for (const [environment, number, state] of JSON.parse(commit.dataset.told)) {
      if (number > (newest.get(environment)?.number ?? 0)) {
        newest.set(environment, { number, state });
      }
    }
  }
  const icons = JSON.parse(document.getElementById("commits").dataset.icons);
  const states = Object.keys(icons);
  showIcon(icons[states[Math.max(0, ...[...newest.values()].map((one) => states.indexOf(one.state)))]]);
});
