// The tab of the browser says from afar how things stand: its title and icon follow what the page shows.
export const showIcon = (icon) => {
  const link = document.querySelector("link[rel=icon]");
  if (link.getAttribute("href") !== icon) {
    link.href = icon;
  }
};

export const showTab = (part) => {
  if (part.dataset.title) {
    document.title = part.dataset.title;
  }
  showIcon(part.dataset.icon);
};
