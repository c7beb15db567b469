// What only a browser sees: by which address it came, and whether what is on the way lets events through at once.
const patience = 15000;

const show = (row, state) => {
  for (const part of row.querySelectorAll("[data-when]")) {
    part.toggleAttribute("hidden", part.dataset.when !== state);
  }
};

const address = document.getElementById("seen-address");
address.querySelector("[data-seen]").textContent = location.origin;
show(address, location.origin === address.dataset.public ? "good" : "bad");

const events = document.getElementById("seen-events");
show(events, "waiting");
const stream = new EventSource(events.dataset.events);
const end = (state) => {
  clearTimeout(late);
  stream.close();
  show(events, state);
};
const late = setTimeout(() => end("bad"), patience);
stream.addEventListener(events.dataset.event, () => end("good"));
stream.addEventListener("error", () => {
  if (stream.readyState === EventSource.CLOSED) {
    end("refused");
  }
});
