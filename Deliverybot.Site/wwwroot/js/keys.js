// Keys for who doesn't want to reach for the mouse. None of them changes anything: those of a row open its form, or go to its button.
const keys = document.getElementById("keys");
const hint = document.getElementById("keys-hint");
const used = document.getElementById("keys-used");
hint.hidden = false;
hint.addEventListener("click", () => list());
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
const row = "main .rows > li:not(.menu-panel *, [data-row] *), main tr[data-name], main [data-row]";

// Of a row's links the one that it is about; never one that leaves the page open behind another, where there is another.
const linkOf = (element) => {
  const links = [...element.querySelectorAll("a[href]")].filter(visible);
  return links.find((link) => link.matches("[data-key=Enter]")) ?? links.find((link) => link.target !== "_blank") ?? links[0];
};
const rows = () => [...document.querySelectorAll(row)].filter((element) => visible(element) && linkOf(element));
const rowOf = (element) => element?.closest(row);

const fieldOf = () => document.querySelector("main input[type=search], main [data-find]");

const find = () => {
  const field = fieldOf();
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

// A page of one thing is like a row of it.
const act = (key) => {
  const waysIn = (about) => [...(about?.querySelectorAll(`[data-key="${key}"]`) ?? [])];
  const ofRow = waysIn(rowOf(document.activeElement));
  const ways = ofRow.length > 0 ? ofRow : waysIn(document.querySelector("main [data-subject]"));
  const way = ways.find((one) => one.matches("details")) ?? ways[0];
  const menu = way?.closest("details.menu");
  if (menu) {
    menu.open = true;
  }
  (way?.matches("details") ? way.querySelector("summary") : way)?.focus();
  return Boolean(way);
};

// What does nothing on this page isn't listed.
const isHere = {
  find: () => fieldOf() !== null,
  move: () => rows().length > 0,
  d: () => document.querySelector("main [data-key=d]") !== null,
  l: () => document.querySelector("main [data-key=l]") !== null,
  r: () => document.querySelector("main [data-key=r]") !== null,
};

const list = () => {
  for (const line of keys.querySelectorAll("[data-here]")) {
    line.hidden = !isHere[line.dataset.here]();
  }
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
