// Keeps the page fresh: what is marked with data-live is fetched again, except where somebody is at work.
const pause = 2000;

async function refresh() {
  const answer = await fetch(location.pathname + location.search, { headers: { accept: 'text/html' } });
  if (!answer.ok) {
    return;
  }

  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const old of document.querySelectorAll('[data-live]')) {
    const now = fresh.querySelector(`[data-live="${old.dataset.live}"]`);
    const busy = old.contains(document.activeElement) || old.querySelector('details[open]') || isFilledIn(old);
    if (now && !busy && now.innerHTML !== old.innerHTML) {
      old.replaceWith(now);
    }
  }
}

function isFilledIn(part) {
  return [...part.querySelectorAll('input:not([type=hidden])')].some(input => input.value !== input.defaultValue);
}

async function keepFresh() {
  if (!document.hidden) {
    await refresh().catch(() => undefined);
  }

  setTimeout(keepFresh, pause);
}

setTimeout(keepFresh, pause);
