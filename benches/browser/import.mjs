// From the dropped file to the accounts on screen: Perennial, PapaParse with a hand-written
// aggregation, and DuckDB-WASM, each in a browser of its own, in the same run. The figure that counts
// is the CPU time of all the page's threads.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { importOrders } from './perennial.mjs';
import { measure, open, table } from './measure.mjs';

const peer = (file) => async (tab) => {
  await tab.locator('[data-testid=import-file]').setInputFiles(file);
  await tab.locator('body[data-accounts]').waitFor({ timeout: 600_000 });
};

const contenders = [
  { name: 'Perennial', path: 'dist/index.html', action: (file) => (tab) => importOrders(tab, file), ready: 'body[data-lock=on]' },
  { name: 'PapaParse', path: 'benches/browser/papaparse.html', action: (file) => peer(file), ready: 'input' },
  { name: 'DuckDB-WASM', path: 'benches/browser/duckdb.html', action: (file) => peer(file), ready: 'body[data-app=ready]' },
];

/** What the plain page shows, to know that all added up the same. */
const outcome = (tab) => tab.evaluate(() => {
  const { accounts, revenue } = document.body.dataset;
  return accounts ? `${accounts} accounts, ${revenue}` : '';
});

/** CPU seconds of the same pipeline natively, its JSON included. */
function native(batch, file) {
  const run = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$0" - "$1" >/dev/null', batch, file], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`batch failed on ${file}: ${run.stderr}`);
  const [user, system] = run.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return user + system;
}

export async function benchImport(server, files, { only, batch }) {
  for (const file of files) {
    const bytes = statSync(file).size;
    const lines = readFileSync(file).reduce((count, byte) => count + (byte === 10), 0) - 1;
    const rows = [];
    let ours;
    for (const { name, path, action, ready } of contenders.filter((it) => !only || it.name.toLowerCase().startsWith(only))) {
      const session = await open(server.url + path);
      try {
        await session.page.locator(ready).first().waitFor({ state: 'attached' });
        // Start-up compiles in the background for a while.
        await session.page.waitForTimeout(1500);
        const result = await measure(session, action(file));
        ours ??= result.cpu;
        rows.push({
          '': name,
          'CPU s': result.cpu.toFixed(2),
          'of ours': (result.cpu / ours).toFixed(2),
          'us a line': (result.cpu / lines * 1e6).toFixed(2),
          'wall s': result.wall.toFixed(2),
          'peak MB': (result.peak / 1e6).toFixed(0),
          'peak / file': (result.peak / bytes).toFixed(2),
          'growth / file': (result.growth / bytes).toFixed(2),
          'longest task ms': result.longest.toFixed(0),
          result: await outcome(session.page),
        });
      } finally {
        await session.browser.close();
      }
    }
    if (batch && !only) {
      const cpu = native(batch, file);
      const empty = Object.fromEntries(Object.keys(rows[0]).map((key) => [key, '']));
      rows.push({ ...empty, '': 'native (batch)', 'CPU s': cpu.toFixed(2), 'of ours': (cpu / ours).toFixed(2), 'us a line': (cpu / lines * 1e6).toFixed(2) });
    }
    table(`import of ${lines} lines, ${(bytes / 1e6).toFixed(1)} MB`, rows);
  }
}
