import { showIcon } from "./tab.js";

// A commit that the page doesn't show yet, or a check that ended, is known to GitHub alone. When a deployment tells of
// one, the page is asked for again, and only what differs is put in: an open menu stays open.
let soon = null;
const refreshIn = (milliseconds) => {
  soon ??= setTimeout(() => {
    soon = null;
    refresh().catch(() => {});
  }, milliseconds);
};

const refresh = async () => {
  const page = new URL(location.href);
  page.searchParams.delete("deploy");
  const answer = await fetch(page, { headers: { Accept: "text/html" } });
  if (!answer.ok) {
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  let above = null;
  for (const row of [...fresh.querySelectorAll("#commits > li")]) {
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
const icons = ["/favicon.svg", "/img/favicon-live.svg", "/img/favicon-busy.svg", "/img/favicon-failing.svg"];
const tellTab = () => {
  const newest = new Map();
  for (const commit of document.querySelectorAll("#commits[data-news] [data-told]")) {
    for (const [environment, number, state] of JSON.parse(commit.dataset.told)) {
      if (number > (newest.get(environment)?.number ?? 0)) {
        newest.set(environment, { number, state });
      }
    }
  }
  showIcon(icons[Math.max(0, ...[...newest.values()].map((one) => one.state))]);
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

// The default branch has moved. Every open page hears of it at once, and each asks GitHub: they don't all do so at the same time.
document.addEventListener("htmx:configRequest", (event) => {
  const isHead = event.target.matches("[data-live]") && event.detail.triggeringEvent?.detail?.data === "head";
  if (isHead && document.querySelector("#commits[data-news]")) {
    refreshIn(1000 + 1000 * Math.random());
  }
});

// While the stream was interrupted, commits may have come.
let opened = false;
document.addEventListener("htmx:sseOpen", () => {
  if (opened) {
    refreshIn(1000 * Math.random());
  }
  opened = true;
});

const isNewest = !new URLSearchParams(location.search).has("after");

// The answer holds every row that may have changed; what this page doesn't show is left out before it is put in.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.target.matches("[data-live]")) {
    return;
  }
  const answer = document.createElement("template");
  answer.innerHTML = event.detail.serverResponse;
  for (const part of [...answer.content.children]) {
    const shown = document.getElementById(part.id);
    if (shown?.querySelector(".tone-wait") || (!shown && isNewest && part.matches("[data-of-branch]"))) {
      refreshIn(250);
    }
    if (!shown) {
      part.remove();
    }
  }
  event.detail.serverResponse = answer.innerHTML;
});
