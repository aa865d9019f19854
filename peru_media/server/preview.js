// Shows the page again once what it was made from has changed. A hidden page waits
// until it is looked at, for browsers hold few connections to one server.
const banner = document.getElementById("preview-banner");
let source;

function listen() {
  if (source || document.hidden) return;
  const seen = banner.dataset.seen;
  source = new EventSource("/__preview/events?seen=" + encodeURIComponent(seen));
  source.onopen = () => banner.classList.remove("preview-away");
  source.onerror = () => banner.classList.add("preview-away");
  source.onmessage = (event) => {
    if (event.data === seen) return;
    rest();
    location.reload();
  };
}

function rest() {
  if (source) source.close();
  source = undefined;
}

if (banner) {
  document.addEventListener("visibilitychange", () =>
    document.hidden ? rest() : listen(),
  );
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  listen();
}
