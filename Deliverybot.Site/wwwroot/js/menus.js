// Menus are <details>, which open without us; here they close as menus do.
const open = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") {
    return;
  }
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

const opened = (menu) => menu.dispatchEvent(new CustomEvent("opened"));

// Whoever was quicker than the scripts has opened one before anybody heard of it.
document.addEventListener("DOMContentLoaded", () => open().forEach(opened));

// In a narrow window a panel goes no further than its edges.
const edge = 8;
const show = (panel) => {
  panel.style.translate = "";
  const { left, right } = panel.getBoundingClientRect();
  const beyond = right - (document.documentElement.clientWidth - edge);
  const move = left < edge ? edge - left : beyond > 0 ? Math.max(edge - left, -beyond) : 0;
  panel.style.translate = move ? `${move}px` : "";
  panel.scrollIntoView({ block: "nearest", inline: "nearest" });
};

// "toggle" tells of closing, too.
document.addEventListener("toggle", (event) => {
  if (event.target.matches("details.menu[open]")) {
    opened(event.target);
    show(event.target.querySelector(".menu-panel"));
    event.target.querySelector("input[type=search]")?.focus({ preventScroll: true });
  }
}, true);

// What a menu fetched may be larger than what it held.
document.addEventListener("htmx:afterSettle", (event) => {
  const panel = event.target.closest(".menu-panel");
  if (panel) {
    show(panel);
  }
});

// In a narrow window the tabs scroll sideways: the one that is open is in sight.
const tab = document.querySelector(".tab[aria-current]");
if (tab) {
  tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.offsetWidth) / 2;
}

// A list that can be narrowed by typing. Where only a part of it is on the page, the field asks for the others.
const filtering = '[data-filter]:not([data-filter=""])';
const narrow = (field) => {
  const list = field.dataset.filter;
  let shown = 0;
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const item of document.querySelectorAll(`#${CSS.escape(list)} [data-name]`)) {
    const name = item.dataset.name.toLowerCase();
    item.hidden = !words.every((word) => name.includes(word));
    shown += item.hidden ? 0 : 1;
  }
  document.querySelector(`[data-none="${CSS.escape(list)}"]`).hidden = shown > 0;
};

document.addEventListener("input", (event) => {
  if (event.target.matches(filtering)) {
    narrow(event.target);
  }
});

// What was put in anew is as it was narrowed down before.
document.addEventListener("refreshed", () => {
  for (const field of document.querySelectorAll(filtering)) {
    if (field.value) {
      narrow(field);
    }
  }
});
