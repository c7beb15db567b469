import { showIcon } from "./tab.js";

// A commit that the page doesn't show yet, or a check that ended, is known to GitHub alone. When a deployment tells of
// one, the page is asked for again, and only what differs is put in: an open menu stays open.
let soon;
const refreshSoon = () => {
  clearTimeout(soon);
  soon = setTimeout(() => refresh().catch(() => {}), 250);
};

const refresh = async () => {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) {
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  let above = null;
  for (const row of [...page.querySelectorAll("#commits > li")]) {
    const shown = document.getElementById(row.id);
    if (shown) {
      replaceChecks(shown, row);
      above = shown;
    } else {
      insertBelow(above, row);
      above = row;
    }
  }
  tellTab();
};

// In each environment the newest deployment counts, and of the environments the worst; the page itself begins with the same.
const states = ["quiet", "live", "busy", "failing"];
const tellTab = () => {
  const newest = new Map();
  for (const badge of document.querySelectorAll("#commits[data-news] [data-page]")) {
    const place = badge.querySelector(".where").textContent.toLowerCase();
    const number = Number(badge.pathname.split("/").pop());
    if (number > (newest.get(place)?.number ?? 0)) {
      newest.set(place, { number, state: states.indexOf(badge.dataset.page) });
    }
  }
  const worst = states[Math.max(0, ...[...newest.values()].map((one) => one.state))];
  showIcon(worst === "quiet" ? "/favicon.svg" : `/img/favicon-${worst}.svg`);
};

document.addEventListener("htmx:oobAfterSwap", tellTab);

const replaceChecks = (shown, row) => {
  const checks = shown.querySelector(".checks");
  if (!checks.open) {
    checks.replaceWith(row.querySelector(".checks"));
  }
};

const insertBelow = (above, row) => {
  if (above) {
    above.after(row);
  } else {
    document.getElementById("commits").prepend(row);
  }
  htmx.process(row);
};

document.addEventListener("htmx:configRequest", (event) => {
  if (event.target.matches("[data-live]") && event.detail.triggeringEvent?.detail?.data === "head") {
    refreshSoon();
  }
});

// While the stream was interrupted, commits may have come.
let opened = false;
document.addEventListener("htmx:sseOpen", () => {
  if (opened) {
    refreshSoon();
  }
  opened = true;
});

// The answer holds every row that may have changed; what this page doesn't show is left out before it is put in.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.target.matches("[data-live]")) {
    return;
  }
  const answer = document.createElement("template");
  answer.innerHTML = event.detail.serverResponse;
  for (const part of [...answer.content.children]) {
    const shown = document.getElementById(part.id);
    if (shown?.querySelector(".tone-wait") || (!shown && part.matches("[data-of-branch]"))) {
      refreshSoon();
    }
    if (!shown) {
      part.remove();
    }
  }
  event.detail.serverResponse = answer.innerHTML;
});
