// The CDNOW fits in a browser's worker and in the Python package lifetimes, in the same run on the
// same data: node benches/browser/cdnow.mjs FOLDER PYTHON, where FOLDER holds the module.
import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveFolder } from '../../script/server.mjs';
import { open, table } from './measure.mjs';

const [folder, python] = process.argv.slice(2);
for (const file of ['cdnow.html', 'cdnow-worker.js']) copyFileSync(join('benches/browser', file), join(folder, file));
const lifetimes = JSON.parse(execFileSync(python, ['benches/browser/cdnow.py', '5'], { encoding: 'utf8', maxBuffer: 1 << 26 }));
const server = await serveFolder({ folder });
const session = await open(`${server.url}cdnow.html`);
let ours;
try {
  ours = await session.page.evaluate((data) => new Promise((resolve, reject) => {
    const worker = new Worker('cdnow-worker.js');
    worker.onmessage = ({ data: found }) => resolve(found);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ data, runs: 15 });
  }), lifetimes);
} finally {
  await session.browser.close();
  await server.close();
}
const rows = [['mbg', 'MBG/NBD: r, alpha, a, b'], ['gamma_gamma', 'Gamma-Gamma: p, q, gamma']].map(([key, name]) => {
  const found = ours[key].found.slice(1);
  const off = Math.max(...found.map((value, i) => Math.abs(value / lifetimes[key].found[i] - 1)));
  return {
    '': name,
    'ours, median ms': ours[key].median.toFixed(1),
    'lifetimes, median ms': (1e3 * lifetimes[key].median).toFixed(1),
    'ours / lifetimes': (ours[key].median / (1e3 * lifetimes[key].median)).toFixed(3),
    'of its best': (ours[key].median / (1e3 * lifetimes[key].best)).toFixed(3),
    found: found.map((value) => value.toFixed(4)).join(' '),
    'furthest parameter off': `${(100 * off).toFixed(3)} %`,
  };
});
table('CDNOW fits, 2,357 customers, maximum likelihood: Chromium worker beside lifetimes', rows);
const slow = rows.filter((row) => Number(row['ours / lifetimes']) > 0.2);
if (slow.length > 0) {
  console.error('The bar is a fifth of the time of lifetimes.');
  process.exitCode = 1;
}
