// One for all tabs of a browser: a stream for each address that some of them watch, and three at most, so that pages still get through.
// Where tabs watch more, those that are looked at, or were last, have theirs; the others are told every minute to look for themselves.
const most = 3;
const pages = new Map();
const streams = new Map();
let turn = 0;

const tell = (url, told, data) => {
  for (const [port, page] of pages) {
    if (page.url === url) {
      port.postMessage({ told, data });
    }
  }
};

const open = (url) => {
  const stream = new EventSource(url);
  streams.set(url, stream);
  stream.onopen = () => tell(url, "open");
  stream.addEventListener("changed", (event) => tell(url, "changed", event.data));
  stream.onerror = () => {
    // Otherwise the browser tries again by itself.
    if (stream.readyState === EventSource.CLOSED) {
      streams.delete(url);
      tell(url, "ended");
      for (const [port, page] of pages) {
        if (page.url === url) {
          pages.delete(port);
        }
      }
      arrange();
    }
  };
};

const arrange = () => {
  const inOrder = [...pages.values()].sort((one, other) => other.isShown - one.isShown || other.turn - one.turn);
  const kept = [...new Set(inOrder.map((page) => page.url))].slice(0, most);
  for (const [url, stream] of streams) {
    if (!kept.includes(url)) {
      stream.close();
      streams.delete(url);
    }
  }
  kept.filter((url) => !streams.has(url)).forEach(open);
};

const leave = (port) => {
  if (pages.delete(port)) {
    arrange();
  }
};

const watch = (port, url, isShown) => {
  const isNew = !pages.has(port);
  const last = pages.get(port)?.turn ?? 0;
  pages.set(port, { url, isShown, turn: isShown || isNew ? ++turn : last });
  arrange();
  // It is open for others already: what happened before, nobody has told this one.
  if (isNew && streams.get(url)?.readyState === EventSource.OPEN) {
    port.postMessage({ told: "open" });
  }
};

addEventListener("connect", (event) => {
  const [port] = event.ports;
  port.onmessage = ({ data: { url, isShown } }) => {
    if (url === null) {
      leave(port);
    } else {
      watch(port, url, isShown);
    }
  };
  // Of a tab that has crashed.
  port.addEventListener("close", () => leave(port));
});

setInterval(() => {
  for (const url of new Set([...pages.values()].map((page) => page.url))) {
    if (!streams.has(url)) {
      tell(url, "open");
    }
  }
}, 60000);
