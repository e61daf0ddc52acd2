// Files that are read in many slices: progress, a way out, and packed ones.
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { appTest } from './support/app.mjs';
import { accounts, duringTheCheck, file, lines, onDisk, outcome, use } from './support/orders.mjs';

const MIB = 1 << 20;

for (const size of [5, 64]) {
  appTest(`reads ${size} MiB, with progress`, { timeout: 240_000 }, async (app) => {
    const { text, rows } = lines(size * MIB);
    const seen = app.page.evaluate(() => new Promise((resolve) => {
      const shown = new Set();
      // Every change, however short it is shown: a timer may miss the one step of two slices.
      const observer = new MutationObserver(() => {
        const result = document.querySelector('[data-testid=import-result]');
        const bar = result?.querySelector('progress');
        if (bar) shown.add(bar.value);
        if (result?.dataset.state === 'ok') {
          observer.disconnect();
          resolve([...shown]);
        }
      });
      observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    }));
    await app.importFiles(onDisk('large.csv', text));
    assert.equal(await outcome(app), rows);
    const steps = (await seen).filter((value) => value > 0 && value < 1);
    // The first slice of 4 MiB is always told, further ones at most every 150 ms.
    assert.ok(steps.length >= (size > 8 ? 2 : 1), `progress was shown at ${steps}`);
    assert.deepEqual(steps, steps.toSorted((a, b) => a - b), 'progress went back');
    await use(app);
    await accounts(app, 90);
  });
}

appTest('stops a running check, and leaves everything as it was', { timeout: 240_000 }, async (app) => {
  const before = await app.metric('lifetime_value');
  const { text, rows } = lines(30 * MIB);
  await duringTheCheck(app, onDisk('large.csv', text), (working) => working.querySelector('button').click());
  await app.page.getByRole('button', { name: 'Check these orders' }).waitFor();
  assert.equal(await app.metric('lifetime_value'), before);
  await app.page.getByRole('button', { name: 'Check these orders' }).click();
  assert.equal(await outcome(app), rows, 'a stopped check can be made again');
  await app.page.getByTestId('import-cancel').click();
  assert.equal(await app.metric('lifetime_value'), before);
});

appTest('reads a gzipped file, and finds it again after a reload', async (app) => {
  const { text, rows } = lines(200_000);
  await app.importFiles(file('orders.csv.gz', gzipSync(text), 'application/gzip'));
  assert.equal(await outcome(app), rows);
  await use(app);
  await accounts(app, 90);
  await app.saved();
  const value = await app.metric('lifetime_value');
  await app.page.reload();
  await app.ready();
  await accounts(app, 90);
  assert.equal(await app.metric('lifetime_value'), value);
});

appTest('says so when a gzipped file was cut short', async (app) => {
  const packed = gzipSync(lines(200_000).text);
  await app.importFiles(file('cut.csv.gz', packed.subarray(0, packed.length / 2), 'application/gzip'));
  const told = app.page.getByRole('alert').first();
  await told.waitFor();
  assert.match(await told.innerText(), /cut|end|damaged/i);
});
