// Keys for who doesn't want to reach for the mouse. None of them changes anything: those of a row open its form, or go to its button.
const keys = document.getElementById("keys");
const hint = document.getElementById("keys-hint");
const used = document.getElementById("keys-used");
hint.hidden = false;
hint.addEventListener("click", () => keys.showModal());
keys.querySelector("button").addEventListener("click", () => keys.close());

// Whoever dictates, or hits keys by chance, can do without them (WCAG 2.1.4).
const unused = "keys-unused";
used.checked = localStorage.getItem(unused) === null;
used.addEventListener("change", () => (used.checked ? localStorage.removeItem(unused) : localStorage.setItem(unused, "true")));

const visible = (element) => element.checkVisibility();
const rows = () => [...document.querySelectorAll("main .rows > li:not(.menu-panel *)")].filter((row) => visible(row) && row.querySelector("a[href]"));
const rowOf = (element) => element?.closest("main .rows > li:not(.menu-panel *)");

const find = () => {
  const field = document.querySelector("main input[type=search]");
  const menu = field?.closest("details.menu");
  if (menu && !menu.open) {
    menu.open = true;
  } else {
    field?.focus();
  }
};

const move = (by) => {
  const all = rows();
  const at = all.indexOf(rowOf(document.activeElement));
  const next = at < 0 ? all[0] : all[at + by];
  if (next) {
    document.querySelectorAll("details.menu[open]").forEach((menu) => { menu.open = false; });
    next.querySelector("a[href]").focus();
    next.scrollIntoView({ block: "nearest" });
  }
};

const act = (key) => {
  const way = rowOf(document.activeElement)?.querySelector(`[data-key="${key}"]`);
  if (way?.matches("details")) {
    way.open = true;
    way.querySelector("summary").focus();
  } else {
    way?.focus();
  }
};

const does = {
  "?": () => keys.showModal(),
  "/": find,
  j: () => move(1),
  k: () => move(-1),
  d: () => act("d"),
  l: () => act("l"),
  r: () => act("r"),
};

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  const isMeant = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing && !event.repeat;
  if (used.checked && isMeant && !isTyping && !document.querySelector("dialog[open]") && Object.hasOwn(does, event.key)) {
    event.preventDefault();
    does[event.key]();
  }
});
