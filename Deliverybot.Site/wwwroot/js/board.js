// The answer is the board as it is now. Only rows that differ are put in; where the rows are other ones, the whole board is.
// A row whose menu is open is left alone until that closes.
import { showTab } from "./tab.js";

const rowsOf = (board) => [...board.querySelectorAll("li.environment")];

const put = (shown, row) => {
  if (shown.dataset.stamp === row.dataset.stamp || shown.querySelector("details[open]")) {
    return;
  }
  const focused = shown.contains(document.activeElement);
  shown.replaceWith(row);
  htmx.process(row);
  if (focused) {
    row.querySelector("summary, button, a")?.focus();
  }
};

document.addEventListener("htmx:beforeSwap", (event) => {
  const shown = document.getElementById("board");
  if (event.detail.target !== shown || !event.detail.xhr.status.toString().startsWith("2")) {
    return;
  }
  event.detail.shouldSwap = false;
  const page = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
  const board = page.getElementById("board");
  const ids = (one) => rowsOf(one).map((row) => row.id).join();
  if (ids(board) === ids(shown)) {
    for (const row of rowsOf(board)) {
      put(document.getElementById(row.id), row);
    }
    document.getElementById("board-summary").textContent = board.querySelector("#board-summary").textContent;
    Object.assign(shown.dataset, board.dataset);
  } else if (!shown.querySelector("details[open]")) {
    shown.replaceWith(board);
    htmx.process(board);
  }
  showTab(board);
});

// What was left alone while a menu was open.
document.addEventListener("toggle", (event) => {
  if (!event.target.open && event.target.closest("#board")) {
    document.querySelectorAll("[data-live]").forEach((live) => htmx.trigger(live, "missed"));
  }
}, true);
