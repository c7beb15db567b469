// Keys for who doesn't want to reach for the mouse. None of them changes anything: those of a row open its form, or go to its button.
const keys = document.getElementById("keys");
const hint = document.getElementById("keys-hint");
const used = document.getElementById("keys-used");
hint.hidden = false;
hint.addEventListener("click", () => keys.showModal());
keys.querySelector("button").addEventListener("click", () => keys.close());

// Whoever dictates, or hits keys by chance, can do without them (WCAG 2.1.4).
const unused = "keys-unused";
const recall = () => {
  try {
    used.checked = localStorage.getItem(unused) === null;
  } catch {
    // Where nothing may be kept, they are as this page says.
    used.checked = true;
  }
};
recall();
addEventListener("storage", recall);
used.addEventListener("change", () => {
  try {
    if (used.checked) {
      localStorage.removeItem(unused);
    } else {
      localStorage.setItem(unused, "true");
    }
  } catch {
    // It holds for this page.
  }
});

const visible = (element) => element.checkVisibility();
const row = "main .rows > li:not(.menu-panel *), main tr[data-name]";
const linkOf = (element) => [...element.querySelectorAll("a[href]")].find(visible);
const rows = () => [...document.querySelectorAll(row)].filter((element) => visible(element) && linkOf(element));
const rowOf = (element) => element?.closest(row);

const find = () => {
  const field = document.querySelector("main input[type=search]");
  const menu = field?.closest("details.menu");
  if (menu && !menu.open) {
    menu.open = true;
  } else {
    field?.focus();
  }
  return Boolean(field);
};

const move = (by) => {
  const all = rows();
  const at = all.indexOf(rowOf(document.activeElement));
  const next = at < 0 ? all[0] : all[at + by];
  if (next) {
    document.querySelectorAll("details.menu[open]").forEach((menu) => { menu.open = false; });
    linkOf(next).focus();
    next.scrollIntoView({ block: "nearest" });
  }
  return all.length > 0;
};

const act = (key) => {
  const way = rowOf(document.activeElement)?.querySelector(`[data-key="${key}"]`);
  if (way?.matches("details")) {
    way.open = true;
    way.querySelector("summary").focus();
  } else {
    way?.focus();
  }
  return Boolean(way);
};

const list = () => {
  keys.showModal();
  return true;
};

const does = {
  "?": list,
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
  if (used.checked && isMeant && !isTyping && !document.querySelector("dialog[open]") && Object.hasOwn(does, event.key) && does[event.key]()) {
    event.preventDefault();
  }
});
