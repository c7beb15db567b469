// A button that takes a text along. Where the browser lets no page do that, it isn't shown: the text can be marked.
const said = 2000;

for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = "Copied";
    } catch {
      button.textContent = "The browser doesn’t let it";
    }
    setTimeout(() => { button.textContent = label; }, said);
  });
}
