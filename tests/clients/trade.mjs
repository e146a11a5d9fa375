// Trades at the simulated Hyperliquid as a trader's program does, and prints what it was told as one JSON object.
// node trade.mjs REST ADDRESS KEY
import ccxt from 'ccxt';

const [rest, address, key] = process.argv.slice(2);
const symbol = 'BTC/USDC:USDC';
const client = new ccxt.hyperliquid({ walletAddress: address, privateKey: key, enableRateLimit: false, options: { refSet: true } });
client.urls.api = { public: rest.replace(/\/$/, ''), private: rest.replace(/\/$/, '') };

/** What a step gives, or the words of its error. */
const attempt = async (step) => {
  try {
    return await step();
  } catch (error) {
    return { error: error.message };
  }
};

try {
  await client.loadMarkets();
  const { last } = await client.fetchTicker(symbol);
  const below = Math.round(last * 0.9);
  const placed = await attempt(() => client.createOrder(symbol, 'limit', 'buy', 0.01, below));
  const changed = await attempt(() => client.editOrder(placed.id, symbol, 'limit', 'buy', 0.02, below + 1));
  const open = await attempt(() => client.fetchOpenOrders(symbol));
  const cancelled = await attempt(() => client.cancelOrder(open[0].id, symbol));
  const bought = await attempt(() => client.createOrder(symbol, 'market', 'buy', 0.05, last));
  const positions = await attempt(() => client.fetchPositions([symbol]));
  console.log(JSON.stringify({
    placed: placed.id, error: placed.error ?? null,
    changed: changed.id, changeError: changed.error ?? null,
    open: (open.map?.((order) => ({ id: order.id, price: order.price, amount: order.amount }))) ?? [],
    cancelled: cancelled.error ?? null,
    filled: bought.filled, average: bought.average, buyError: bought.error ?? null,
    contracts: positions[0]?.contracts, entry: positions[0]?.entryPrice,
  }));
} finally {
  await client.close();
}
