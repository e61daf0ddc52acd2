// Runs the browser benches on dist/ as it is: script/bench builds it and makes the files first.
import { parseArgs } from 'node:util';
import { serveFolder } from '../../script/server.mjs';
import { benchImport } from './import.mjs';
import { benchDeals } from './deals.mjs';
import { benchForecasts } from './forecasts.mjs';
import { benchSchemes } from './schemes.mjs';
import { benchSlider } from './slider.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, batch: { type: 'string' }, only: { type: 'string' }, skip: { type: 'string', multiple: true, default: [] } },
});
const lines = positionals.map(Number);
const server = await serveFolder({ folder: '.' });
try {
  if (!values.skip.includes('import')) {
    await benchImport(server, lines.map((count) => `${values.data}/orders-${count}.csv`), values);
  }
  if (!values.skip.includes('slider')) {
    await benchSlider(server, [5_000, 100_000].map((accounts) => ({ accounts, file: `${values.data}/accounts-${accounts}.csv` })));
  }
  if (!values.skip.includes('deals')) await benchDeals(server);
  if (!values.skip.includes('forecasts')) await benchForecasts(server, values);
  if (!values.skip.includes('schemes')) await benchSchemes(server, values);
} finally {
  await server.close();
}
