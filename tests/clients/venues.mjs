// How each venue's client is pointed at a simulator, and which number of the venue a client's book stands at.

/** The newest frame about a book, for venues whose number the client does not keep. */
const frames = (isBook, numberOf) => ({
  attach(client) {
    const handle = client.handleMessage.bind(client);
    client.handleMessage = (socket, message) => {
      if (isBook(message)) {
        client.bookNumber = numberOf(message);
      }
      return handle(socket, message);
    };
  },
  numberOf: (client) => client.bookNumber,
});

const nonce = { attach() {}, numberOf: (_, book) => book.nonce };

export const venues = {
  'binance-spot': { id: 'binance', symbol: 'BTC/USDT', number: nonce, options: { fetchMarkets: { types: ['spot'] } } },
  'binance-usdm': { id: 'binanceusdm', symbol: 'BTC/USDT:USDT', number: nonce, isPerpetual: true },
  coinbase: {
    id: 'coinbase',
    symbol: 'BTC/USD',
    number: frames((message) => message.channel === 'l2_data', (message) => message.sequence_num),
  },
  bybit: {
    id: 'bybit',
    symbol: 'BTC/USDT:USDT',
    number: frames((message) => message.topic?.startsWith('orderbook.'), (message) => message.data.u),
    isPerpetual: true,
    options: { fetchMarkets: { types: ['linear'] } },
  },
  hyperliquid: { id: 'hyperliquid', symbol: 'BTC/USDC:USDC', number: { attach() {}, numberOf: (_, book) => book.timestamp }, isPerpetual: true },
  lighter: {
    id: 'lighter',
    symbol: 'BTC/USDC:USDC',
    number: frames((message) => message.order_book !== undefined, (message) => message.order_book.nonce),
    isPerpetual: true,
  },
};
