// Keeps "3 minutes ago" true while a page stays open, in the words with which the page came (RelativeTime).
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

const refresh = () => {
  for (const time of document.querySelectorAll("time[data-relative]")) {
    const text = relative(new Date(time.dateTime), time.dataset.relative === "to-come");
    if (time.textContent !== text) {
      time.textContent = text;
    }
  }
};

refresh();
setInterval(refresh, 30000);
document.addEventListener("htmx:afterSettle", refresh);
