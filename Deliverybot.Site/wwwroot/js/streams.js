// What an open page hears changes by. A stream holds a connection as long as it is open, and by HTTP/1.1 a browser has six of them to a
// host: so all tabs of a browser share theirs (streams-worker.js). Where a browser can't, a tab has one of its own while it is looked at.
const worker = new URL("./streams-worker.js", import.meta.url);

class Stream extends EventTarget {
  readyState = EventSource.CONNECTING;
  onopen = null;
  onerror = null;
  #url;
  #leave = () => {};

  constructor(url) {
    super();
    this.#url = new URL(url, location.href).href;
    if (globalThis.SharedWorker) {
      this.#share();
    } else {
      this.#own();
    }
  }

  close() {
    this.readyState = EventSource.CLOSED;
    this.#leave();
  }

  #hear(told, data) {
    if (this.readyState === EventSource.CLOSED) {
      return;
    }
    if (told === "changed") {
      this.dispatchEvent(new MessageEvent("changed", { data }));
    } else if (told === "open") {
      this.readyState = EventSource.OPEN;
      this.onopen?.(new Event("open"));
    } else {
      this.close();
      this.onerror?.(new Event("error"));
    }
  }

  #share() {
    const { port } = this.#connect();
    let isGone = false;
    const watch = () => {
      if (!isGone) {
        port.postMessage({ url: this.#url, isShown: !document.hidden });
      }
    };
    const go = () => {
      isGone = true;
      port.postMessage({ url: null });
    };
    // A page that is gone back to is the one that was left.
    const come = (event) => {
      if (event.persisted) {
        isGone = false;
        watch();
      }
    };
    port.onmessage = (event) => this.#hear(event.data.told, event.data.data);
    document.addEventListener("visibilitychange", watch);
    addEventListener("pagehide", go);
    addEventListener("pageshow", come);
    this.#leave = () => {
      document.removeEventListener("visibilitychange", watch);
      removeEventListener("pagehide", go);
      removeEventListener("pageshow", come);
      go();
      port.close();
    };
    watch();
  }

  #connect() {
    const shared = new SharedWorker(worker);
    shared.onerror = () => {
      this.#leave();
      if (this.readyState !== EventSource.CLOSED) {
        this.#own();
      }
    };
    return shared;
  }

  #own() {
    let source = null;
    const follow = () => {
      if (document.hidden) {
        source?.close();
        source = null;
      } else if (source === null) {
        source = new EventSource(this.#url);
        source.onopen = () => this.#hear("open");
        source.addEventListener("changed", (event) => this.#hear("changed", event.data));
        source.onerror = () => {
          if (source.readyState === EventSource.CLOSED) {
            this.#hear("ended");
          }
        };
      }
    };
    document.addEventListener("visibilitychange", follow);
    this.#leave = () => {
      document.removeEventListener("visibilitychange", follow);
      source?.close();
    };
    follow();
  }
}

htmx.createEventSource = (url) => new Stream(url);
