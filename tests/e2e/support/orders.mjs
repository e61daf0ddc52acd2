// Orders for the tests of the import, and the steps that each of them takes.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file as setInputFiles takes it. */
export const file = (name, content, mimeType = 'text/csv') => ({ name, mimeType, buffer: Buffer.from(content) });

/** Waits for the outcome of a check; the rows that are in the book. */
export async function outcome(app, state = 'ok') {
  const found = app.page.locator(`[data-testid=import-result][data-state=${state}]`);
  await found.waitFor({ state: 'attached', timeout: 120_000 });
  return Number(await found.getAttribute('data-rows'));
}

/** Imports a file and acts on the page in the instant its check is seen working: a fast machine soon ends it. */
export async function duringTheCheck(app, file, act) {
  const acted = app.page.evaluate(`new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      const working = document.querySelector('[data-testid=import-result][data-state=working]:has(progress)');
      if (!working) return;
      observer.disconnect();
      resolve((${act})(working));
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  })`);
  await app.importFiles(file);
  return acted;
}

/** Agrees to the orders that were checked. */
export const use = (app) => app.page.getByTestId('import-commit').click();

/** Waits until the book has so many accounts. */
export const accounts = (app, count) => app.page.waitForFunction(
  (wanted) => document.querySelector('[data-metric=accounts]')?.dataset.value === wanted, String(count),
);

/** The text of what an action downloads. */
export async function downloaded(app, action) {
  const saving = app.page.waitForEvent('download');
  await action();
  const stream = await (await saving).createReadStream();
  return Buffer.concat(await stream.toArray()).toString();
}

/** The path of a file with this content, gone when the tests end: large ones are slow to hand over. */
export function onDisk(name, content) {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-orders-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** Order lines of at least so many bytes: 90 accounts, one line an order. */
export function lines(bytes) {
  const parts = ['Customer,Order No,Order Date,Item,Quantity,Net Amount,Cost,Remark\n'];
  let size = 0;
  let rows = 0;
  while (size < bytes) {
    const day = String(1 + (rows % 28)).padStart(2, '0');
    const month = String(1 + (rows % 12)).padStart(2, '0');
    const line = `Customer ${rows % 90},${10_000 + rows},${2021 + (rows % 4)}-${month}-${day},P-${rows % 700},${1 + (rows % 9)},${100 + (rows % 977)}.50,${60 + (rows % 411)}.25,"as agreed, on call"\n`;
    parts.push(line);
    size += line.length;
    rows += 1;
  }
  return { text: parts.join(''), rows };
}
