// An old tab beside a newer version: it stops writing, says so, and nothing of either is lost.
import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import { appTest } from './support/app.mjs';
import { newest } from './support/database.mjs';

const field = (page, key) => page.locator(`[data-testid=field][data-key=${key}]`);
const set = async (page, key, value) => {
  await field(page, key).fill(value);
  await field(page, key).press('Enter');
};
const inMemory = (page) => page.locator('[data-testid=save-state][data-state=memory]').waitFor({ state: 'attached' });

// A tab of the same origin that runs nothing of ours.
async function bystander(app) {
  const page = await app.context.newPage();
  await page.goto(new URL('nowhere', app.url()).href, { waitUntil: 'commit' });
  return page;
}

appTest('an old tab gives way to a newer form of the storage, and says so', { complaints: /404/ }, async (app) => {
  await set(app.page, 'discount', '11');
  await app.saved();
  const other = await bystander(app);
  const opened = await other.evaluate(async () => {
    const [{ name, version }] = (await indexedDB.databases()).filter((it) => it.name.startsWith('perennial'));
    return new Promise((resolve) => {
      const opening = indexedDB.open(name, version + 1);
      opening.onsuccess = () => { window.held = opening.result; resolve('opened'); };
      opening.onblocked = () => resolve('blocked');
    });
  });
  assert.equal(opened, 'opened', 'the old tab must not hold the newer one up');
  await inMemory(app.page);
  await set(app.page, 'discount', '12');
  await app.page.getByTestId('save-state').click();
  await app.page.getByText('A newer version of Perennial was opened in another tab').first().waitFor();
  assert.equal(await field(app.page, 'discount').inputValue(), '12', 'the work goes on');
  assert.doesNotMatch((await newest(other)).text, /"12"/, 'nothing may be written by the old version');

  // The old version started again: it must not overwrite what the newer one keeps.
  const copy = await other.evaluate(() => Object.entries(localStorage).find(([key]) => key.endsWith(':document'))?.[1]);
  await app.page.reload();
  await app.ready();
  await inMemory(app.page);
  await set(app.page, 'discount', '13');
  await app.page.getByTestId('save-state').click();
  await app.page.getByText('newer version').first().waitFor();
  assert.equal(await other.evaluate(() => Object.entries(localStorage).find(([key]) => key.endsWith(':document'))?.[1]), copy);
});

appTest('what a newer version saved is shown, and not overwritten', { complaints: /404/ }, async (app) => {
  await set(app.page, 'discount', '11');
  await app.saved();
  const { text } = await newest(app.page);
  const [head, rest] = text.split(',"body":');
  const body = rest.slice(0, -1).replace('"11"', '"14"');
  const rev = JSON.parse(`${head}}`).rev + 5;
  const sum = crc32(body).toString(16).padStart(8, '0');
  const record = `{"app":"perennial","schema":99,"rev":${rev},"crc32":"${sum}","body":${body}}`;
  const other = await bystander(app);
  const name = await other.evaluate(async ([text, revision]) => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const [{ name }] = (await indexedDB.databases()).filter((it) => it.name.startsWith('perennial'));
    const database = await done(indexedDB.open(name));
    const key = `gen-${String(revision).padStart(12, '0')}`;
    await done(database.transaction('documents', 'readwrite').objectStore('documents').put(text, key));
    database.close();
    new BroadcastChannel(name).postMessage(['saved', revision]);
    return name;
  }, [record, rev]);
  assert.ok(name);
  await inMemory(app.page);
  await set(app.page, 'discount', '12');
  await app.page.waitForTimeout(500);
  assert.equal((await newest(other)).text, record, 'the newer version must stay as it is');
  await app.page.reload();
  await app.ready();
  assert.equal(await field(app.page, 'discount').inputValue(), '14');
  await inMemory(app.page);
  await app.page.getByTestId('save-state').click();
  await app.page.getByText('made by a newer version').first().waitFor();
});
