// Keeps "3 minutes ago" true while a page stays open, in the words with which the page came (RelativeTime), and says each time in the
// reader's own, too: the page itself knows UTC alone.
const format = new Intl.RelativeTimeFormat("en", { numeric: "always" });
const units = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]];

const relative = (date, isToCome) => {
  const exact = (date.getTime() - Date.now()) / 1000;
  const seconds = exact > 0 ? Math.round(exact / 60) * 60 : exact;
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) {
      return format.format(seconds > 0 ? Math.round(seconds / size) : Math.trunc(seconds / size), unit);
    }
  }
  return isToCome ? "in a moment" : "just now";
};

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });

// Null where it is the same as UTC.
const local = (date) => {
  if (date.getTimezoneOffset() === 0) {
    return null;
  }
  return (date.getDate() === date.getUTCDate() ? clock : day).format(date);
};

const refresh = () => {
  for (const time of document.querySelectorAll("time[data-relative]")) {
    const date = new Date(time.dateTime);
    const text = relative(date, time.dataset.relative === "to-come");
    if (time.textContent !== text) {
      time.textContent = text;
    }
    if (!time.dataset.local) {
      time.dataset.local = "true";
      const own = local(date);
      time.title = own ? `${time.title} (${own})` : time.title;
    }
  }
  for (const time of document.querySelectorAll("time[data-utc]:not([data-local])")) {
    time.dataset.local = "true";
    const own = local(new Date(time.dateTime));
    time.textContent = own ? `${time.textContent} (${own})` : time.textContent;
  }
};

refresh();
setInterval(refresh, 30000);
for (const name of ["htmx:afterSettle", "refreshed"]) {
  document.addEventListener(name, refresh);
}
