// The same aggregation by DuckDB-WASM's automatic CSV reader, in its worker.
import * as duckdb from '../node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser.mjs';
import { show } from './show.js';

const dist = new URL('../node_modules/@duckdb/duckdb-wasm/dist/', import.meta.url);
const worker = new Worker(new URL('duckdb-browser-eh.worker.js', dist));
const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
await database.instantiate(new URL('duckdb-eh.wasm', dist).href);
const connection = await database.connect();
await connection.query('SELECT 1');
document.body.dataset.app = 'ready';

document.querySelector('input').addEventListener('change', async (event) => {
  await database.registerFileHandle('orders.csv', event.target.files[0], duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
  const result = await connection.query(`
    SELECT "Customer" AS name, sum("Net Revenue")::DOUBLE AS revenue, coalesce(sum("Cost of Goods"), 0)::DOUBLE AS cost,
      count(DISTINCT "Order Number")::INTEGER AS orders, count(*)::INTEGER AS lines,
      min("Order Date")::VARCHAR AS first, max("Order Date")::VARCHAR AS last
    FROM read_csv_auto('orders.csv') GROUP BY 1`);
  show(result.toArray().map((row) => row.toJSON()));
});
