// A full disk: "saved" is never said when it is not so, the work stays, and is saved once there is room.
import assert from 'node:assert/strict';
import { appTest } from './support/app.mjs';
import { accounts, file, outcome, use } from './support/orders.mjs';

const set = async (page, key, value) => {
  const field = page.locator(`[data-testid=field][data-key=${key}]`);
  await field.fill(value);
  await field.press('Enter');
};
const state = (page, wanted, timeout = 60_000) =>
  page.locator(`[data-testid=save-state][data-state=${wanted}]`).waitFor({ state: 'attached', timeout });

// The room has to be set before the first page of the origin: the browser looks at it again only
// after half a minute.
async function openWithRoom(app, bytes) {
  const page = await app.context.newPage();
  const session = await app.context.newCDPSession(page);
  app.room = (quotaSize) => session.send('Storage.overrideQuotaForOrigin', { origin: new URL(app.url()).origin, quotaSize });
  await app.room(bytes);
  app.watch(page);
  await page.goto(app.url());
  await app.ready(page);
  app.page = page;
}

// Takes room in a database of another name, until so many bytes are in use or none are left.
const fill = (page, most = Infinity) => page.evaluate(async (most) => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const opening = indexedDB.open('filler');
  opening.onupgradeneeded = () => opening.result.createObjectStore('all', { autoIncrement: true });
  const database = await done(opening);
  const put = (size) => new Promise((resolve) => {
    const transaction = database.transaction('all', 'readwrite');
    transaction.oncomplete = () => resolve(true);
    transaction.onabort = () => resolve(false);
    transaction.objectStore('all').put(crypto.getRandomValues(new Uint8Array(size)));
  });
  let records = 0;
  for (const size of [32_768, 4_096, 512, 64]) {
    while ((await navigator.storage.estimate()).usage < most && await put(size)) records += 1;
  }
  database.close();
  return records;
}, most);
// Gives that room back. Not every Chromium counts it at once, so there is more room too.
async function makeRoom(app) {
  await app.page.evaluate(() => new Promise((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase('filler');
    deleting.onsuccess = resolve;
    deleting.onerror = reject;
  }));
  await app.room(100_000_000);
  await app.page.waitForFunction(() => document.querySelector('[data-testid=save-state]').dataset.state === 'saved', null, { timeout: 90_000 });
}

appTest('never says saved on a full disk, keeps the work, and saves it once there is room', { open: false, timeout: 240_000 }, async (app) => {
  await openWithRoom(app, 3_000_000);
  await set(app.page, 'discount', '11');
  await app.saved();
  const durable = Number(await app.page.getByTestId('save-state').getAttribute('data-rev'));
  assert.ok(await fill(app.page) > 10);
  // A document is small, and older ones make room for it: here each is larger than that.
  await app.page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    window.tooBig = true;
    IDBObjectStore.prototype.put = function (value, key) {
      return put.call(this, window.tooBig && typeof value === 'string' ? value + ' '.repeat(4_000_000) : value, key);
    };
  });
  await set(app.page, 'discount', '12');
  await state(app.page, 'error');
  await app.page.getByTestId('save-state').click();
  await app.page.getByText('storage for Perennial is full').waitFor();
  assert.equal(Number(await app.page.getByTestId('save-state').getAttribute('data-rev')), durable);
  assert.equal(await app.page.locator('[data-testid=field][data-key=discount]').inputValue(), '12');
  await app.page.evaluate(() => { window.tooBig = false; });
  await makeRoom(app);
  await app.saved();
  await app.page.reload();
  await app.ready();
  assert.equal(await app.page.locator('[data-testid=field][data-key=discount]').inputValue(), '12');
});

appTest('does not say saved while there is no room for the orders, and keeps them once there is', { open: false, timeout: 240_000 }, async (app) => {
  // Room for the document, however often a write that failed leaves something behind.
  await openWithRoom(app, 2_000_000);
  await set(app.page, 'discount', '11');
  await app.saved();
  await fill(app.page, 1_000_000);
  // Nothing to pack: names that do not repeat.
  const noise = () => Array.from({ length: 5 }, () => Math.random().toString(36).slice(2)).join(' ');
  const rows = Array.from({ length: 50_000 }, (_, at) => `${noise()},${at},2025-03-01,10.00`);
  await app.importFiles(file('noise.csv', `Customer,Order No,Order Date,Net Amount\n${rows.join('\n')}\n`));
  assert.equal(await outcome(app), 50_000);
  await use(app);
  await accounts(app, 50_000);
  await state(app.page, 'error');
  await app.page.getByTestId('save-state').click();
  await app.page.getByText('The order files are not saved').waitFor();
  await app.page.getByText('No order files are kept in this browser').waitFor();
  await makeRoom(app);
  await app.page.reload();
  await app.ready();
  await accounts(app, 50_000);
});
