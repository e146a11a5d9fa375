// The status page: what the server says of itself at /health, and the book as it comes over /ws/prices.
// Everything is written as text, never as HTML, so that nothing a venue sends can become a page.

const PRICES_OLD_AFTER_MS = 8000;
const HEALTH_EVERY_MS = 2000;
const RECONNECT_MS = [500, 1000, 2000, 4000, 8000];

const element = id => document.getElementById(id);
const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 8 });
const shown = value => (typeof value === "number" ? number.format(value) : "–");

let lastPriceAt = 0;
let attempts = 0;

function connect() {
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/prices`);
  socket.onmessage = event => {
    attempts = 0;
    show(JSON.parse(event.data));
  };
  socket.onclose = event => {
    const wait = RECONNECT_MS[Math.min(attempts++, RECONNECT_MS.length - 1)];
    element("nbbo-state").textContent = `disconnected (${event.code} ${event.reason || "no reason given"}), trying again in ${wait / 1000} s`;
    setTimeout(connect, wait);
  };
}

function show(frame) {
  if (frame.type !== "aggregated_order_book") {
    element("nbbo-state").textContent = frame.message ?? "the server sent something else";
    return;
  }

  lastPriceAt = performance.now();
  const { data, metadata } = frame;
  element("coin").textContent = data.coin;
  element("bid").textContent = shown(data.best_bid);
  element("ask").textContent = shown(data.best_ask);
  element("spread").textContent = shown(data.spread) + (data.spread < 0 ? " (crossed)" : "");
  element("middle").textContent = shown(data.mid_price);
  const failed = Object.entries(metadata.errors ?? {}).map(([coin, reason]) => `${coin} ${reason}`);
  element("nbbo-state").textContent =
    `${metadata.coins_processed} of ${metadata.total_coins} books, ${new Date(data.timestamp).toLocaleTimeString()}`
    + (failed.length ? `; left out: ${failed.join("; ")}` : "");
  element("dexes").replaceChildren(...Object.entries(metadata.individual_exchanges).map(dexRow));
}

function dexRow([coin, quote]) {
  const row = document.createElement("tr");
  for (const text of [coin, shown(quote.best_bid), shown(quote.best_ask), shown(quote.spread)]) {
    row.appendChild(document.createElement("td")).textContent = text;
  }
  return row;
}

async function refreshHealth() {
  try {
    const answer = await fetch("/health", { cache: "no-store" });
    showHealth(await answer.json());
  } catch (error) {
    element("facts").textContent = `the server does not answer: ${error.message}`;
  } finally {
    setTimeout(refreshHealth, HEALTH_EVERY_MS);
  }
}

function showHealth(health) {
  const mode = element("mode");
  mode.textContent = { live: "LIVE", demo: "DEMO, every price is invented", replay: "REPLAY, prices are recorded" }[health.mode] ?? health.mode;
  mode.className = `badge ${health.mode}`;
  element("facts").textContent =
    `version ${health.version}, ${health.status}, up ${duration(health.uptime_seconds)}, ${health.clients} sockets open`;
  lights("venues", Object.entries(health.venues).map(([key, venue]) => [venue.connected, key, venue.connected ? "connected" : venue.reason || "not connected"]));
  lights("books", health.books.map(book => [book.state === "live", `${book.venue} ${book.symbol}`, bookText(book)]));
  lights("storage", [[health.storage.ok, health.storage.file, health.storage.ok ? "written" : `${health.storage.failed_rows} rows could not be written`]]);
}

const bookText = book => book.words + (book.ageMs === null ? "" : `, ${(book.ageMs / 1000).toFixed(1)} s old`) + (book.resyncs ? `, ${book.resyncs} resyncs` : "");

function lights(id, rows) {
  element(id).replaceChildren(...rows.map(([good, name, text]) => {
    const item = document.createElement("li");
    item.className = good ? "good" : "bad";
    item.textContent = `${name}: ${text}`;
    return item;
  }));
}

function duration(seconds) {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours ? `${hours} h ${minutes} min` : minutes ? `${minutes} min` : `${seconds} s`;
}

// A number that has not changed for too long is shown as old, never as if it were new.
setInterval(() => element("nbbo").classList.toggle("old", performance.now() - lastPriceAt > PRICES_OLD_AFTER_MS), 1000);
connect();
refreshHealth();
