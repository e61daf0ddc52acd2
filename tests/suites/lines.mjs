// Order lines as warehouses have them, seeded: what `docs/account-summary.sql` is tried on.
// Run by hand for the check in Spark (spark.py): node tests/suites/lines.mjs lines.csv summary.csv
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { csv } from './batch.mjs';

const require = createRequire(import.meta.url);
const module = require.resolve('@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs');
const { createDuckDB, NODE_RUNTIME, VoidLogger } = require(module);
const dist = dirname(module);

const columns = {
  order_number: 'VARCHAR', order_date: 'DATE', account: 'VARCHAR', revenue: 'DECIMAL(18, 2)', discount: 'DECIMAL(18, 2)',
  rebates: 'DECIMAL(18, 2)', freight: 'DECIMAL(18, 2)', cost: 'DECIMAL(18, 2)', tooling: 'DECIMAL(18, 2)', quantity: 'DECIMAL(18, 3)',
  parent: 'VARCHAR', segment: 'VARCHAR', salesperson: 'VARCHAR', partner: 'VARCHAR', currency: 'VARCHAR',
};

/** A number from 0 up to 1 each time, the same ones for the same seed. */
const draws = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

/** Lines as CSV: returns in every form of signs, orders without a number or of two accounts, blank
 * costs. Columns that are not in `filled` are blank throughout. */
export const lines = (orders, seed, filled = Object.keys(columns)) => {
  const draw = draws(seed);
  const below = (count) => Math.floor(draw() * count);
  const often = (share) => draw() < share;
  const money = (cents) => (cents / 100).toFixed(2);
  const first = Date.UTC(2022, 0, 3);
  const accounts = Array.from({ length: 60 }, (_, at) => ({
    // One in nine needs quotes, one in ten has a letter with a mark.
    name: `${['Nord', 'Müller', 'Atlas'][at % 10 === 3 ? 1 : at % 2 * 2]}${at % 9 ? ' ' : ', "Plant" '}Works ${at}`,
    from: below(900), until: 300 + below(1100), paused: at % 7 === 2, costs: [0, 0.5, 0.9, 1][at % 4],
    parent: at % 5 ? '' : `Group ${at % 3}`, partner: at % 3 ? '' : `Partner ${at % 4}`,
  }));
  const rows = [];
  for (let order = 0; order < orders; order += 1) {
    const at = below(accounts.length);
    const account = accounts[at];
    const day = account.paused ? below(90) + 1200 * below(2) : Math.min(account.from + below(account.until), 1459);
    const of = {
      number: often(0.05) ? '' : `SO-${often(0.02) ? 1 : 1000 + order}`,
      segment: often(0.1) ? '' : `Segment ${often(0.2) ? below(4) : at % 4}`, salesperson: `Person ${often(0.3) ? below(5) : at % 5}`,
    };
    // Account 59 has returns alone, and so has one order in ten.
    const back = at === 59 || often(0.1) ? 1 + below(4) : 0;
    for (let line = 1 + below(4); line > 0; line -= 1) {
      const late = often(0.1) ? below(40) : 0;
      const pieces = 1 + below(400);
      const cents = often(0.01) ? 0 : pieces * (150 + below(9000));
      // 1: both have the sign; 2: the amount alone; 3: the pieces alone; 4: the amount, and there are no pieces.
      const signs = [[1, 1], [-1, -1], [-1, 1], [1, -1], [-1, 0]][back];
      const cost = Math.round(cents * (0.5 + at / 200)) * (back === 1 || back === 4 ? -1 : 1);
      rows.push([
        of.number, new Date(first + (day + late) * 86400000).toISOString().slice(0, 10), account.name,
        money(signs[0] * cents), often(0.3) ? money(below(5000)) : '', often(0.1) ? money(below(900)) : '', often(0.4) ? money(below(9000)) : '',
        often(account.costs) ? money(cost) : '', often(0.03) ? money(below(100000)) : '', signs[1] ? String(signs[1] * pieces) : '',
        account.parent, of.segment, of.salesperson, account.partner, 'EUR',
      ]);
    }
  }
  const names = Object.keys(columns);
  return csv([names, ...rows.map((row) => row.map((cell, at) => (filled.includes(names[at]) ? cell : '')))]);
};

const sql = readFileSync(new URL('../../docs/account-summary.sql', import.meta.url), 'utf8').trim().replace(/;$/, '');

/** The account summary of lines, as DuckDB computes and writes it. */
export const summarise = async (text) => {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-summary-'));
  const wasm = { mainModule: join(dist, 'duckdb-eh.wasm'), mainWorker: null };
  const duckdb = await createDuckDB({ mvp: wasm, eh: wasm }, new VoidLogger(), NODE_RUNTIME);
  await duckdb.instantiate();
  const connection = duckdb.connect();
  try {
    const [from, to] = ['lines.csv', 'summary.csv'].map((name) => join(folder, name));
    writeFileSync(from, text);
    const types = Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`).join(', ');
    connection.query(`CREATE VIEW order_lines AS SELECT * FROM read_csv('${from}', header = true, columns = {${types}})`);
    connection.query(`COPY (${sql}) TO '${to}' (FORMAT csv, HEADER)`);
    duckdb.dropFiles();
    return readFileSync(to, 'utf8');
  } finally {
    connection.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , from, to] = process.argv;
  const text = lines(1500, 7);
  writeFileSync(from, text);
  writeFileSync(to, await summarise(text));
}
