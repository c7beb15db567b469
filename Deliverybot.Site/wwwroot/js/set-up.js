// The site begins anew with the App that was registered: goes on as soon as it answers as such.
const pause = 1000;
// What was asked of a site that ends just then may never be answered.
const patience = 3000;

// Ready alone doesn't tell: so is the site that has yet to end, and a page that is loaded while it does is lost.
const isAnew = async () => {
  try {
    const answer = await fetch(document.querySelector("[data-begins-anew] a").href, { cache: "no-store", signal: AbortSignal.timeout(patience) });
    return answer.ok && !new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-begins-anew]");
  } catch {
    return false;
  }
};

const look = async () => {
  if (await isAnew()) {
    location.reload();
  } else {
    setTimeout(look, pause);
  }
};

setTimeout(look, pause);
