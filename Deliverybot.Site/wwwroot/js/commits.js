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
};

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
