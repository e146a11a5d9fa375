// Asks one simulated venue what a trader's client asks, and prints what came as one JSON object.
// node watch.mjs VENUE REST SOCKET
import ccxt from 'ccxt';
import { venues } from './venues.mjs';

const [key, rest, socket] = process.argv.slice(2);
const books = 15;
const trades = 6;

/** Every address of the client, wherever it points, becomes the simulator's with the same path. */
function redirect(urls) {
  if (typeof urls === 'string') {
    const path = urls.replace(/^\w+:\/\/[^/]+/, '');
    return (urls.startsWith('ws') ? socket : rest).replace(/\/$/, '') + path;
  }
  return Object.fromEntries(Object.entries(urls ?? {}).map(([name, url]) => [name, redirect(url)]));
}

const venue = venues[key];
const client = new ccxt.pro[venue.id]({ enableRateLimit: true });
client.urls.api = redirect(client.urls.api);
Object.assign(client.options, venue.options);
await client.loadHttpProxyAgent(); // plain ws:// needs an agent
venue.number.attach(client);

async function watchBooks() {
  const seen = [];
  while (seen.length < books) {
    const book = await client.watchOrderBook(venue.symbol);
    const copy = (side) => side.map(([price, amount]) => [price, amount]);
    seen.push({ number: venue.number.numberOf(client, book), bids: copy(book.bids), asks: copy(book.asks) });
  }
  return seen;
}

async function watchTrades() {
  const seen = new Map();
  while (seen.size < trades) {
    for (const { id, price, amount, side, timestamp } of await client.watchTrades(venue.symbol)) {
      seen.set(id, { id, price, amount, side, timestamp });
    }
  }
  return [...seen.values()];
}

try {
  const markets = await client.loadMarkets();
  const ohlcv = await client.fetchOHLCV(venue.symbol, '1m', undefined, 20);
  const ticker = await client.fetchTicker(venue.symbol);
  const funding = venue.isPerpetual ? await client.fetchFundingRate(venue.symbol) : undefined;
  const [seenBooks, seenTrades] = await Promise.all([watchBooks(), watchTrades()]);
  console.log(JSON.stringify({
    market: markets[venue.symbol].id,
    tick: markets[venue.symbol].precision.price,
    ohlcv,
    last: ticker.last,
    funding: funding?.fundingRate,
    books: seenBooks,
    trades: seenTrades,
  }));
} finally {
  await client.close();
}
