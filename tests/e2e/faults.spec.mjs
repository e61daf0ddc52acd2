// What can go wrong around the page: nothing is lost, and the user is told what happened.
import assert from 'node:assert/strict';
import { appTest, denyStorage } from './support/app.mjs';

const entry = (page, key) => page.locator(`[data-testid=field][data-key=${key}]`);
const state = (page) => page.getByTestId('save-state').getAttribute('data-state');
const become = (page, wanted) => page.locator(`[data-testid=save-state][data-state=${wanted}]`).waitFor({ state: 'attached' });
const set = async (page, key, value) => {
  await entry(page, key).fill(value);
  await entry(page, key).press('Enter');
};

appTest('goes on in memory where storage is denied, and says so', {
  init: denyStorage,
}, async (app) => {
  await become(app.page, 'memory');
  await set(app.page, 'discount', '13');
  assert.equal(await state(app.page), 'memory');
  await app.page.getByTestId('save-state').click();
  await app.page.getByText('in memory only', { exact: false }).first().waitFor();
  const saving = app.page.waitForEvent('download');
  await app.page.getByRole('button', { name: 'Save project file' }).first().click();
  const stream = await (await saving).createReadStream();
  const project = JSON.parse(Buffer.concat(await stream.toArray()).toString());
  assert.equal(project.app, 'perennial');
});

appTest('keeps both versions when two tabs change the same work', async (app) => {
  const second = await app.open();
  await set(app.page, 'discount', '11');
  await app.saved();
  await second.waitForFunction(() => document.querySelector('[data-testid=field][data-key=discount]').value === '11');
  await set(second, 'discount', '12');
  await app.saved(second);
  await app.page.waitForFunction(() => document.querySelector('[data-testid=field][data-key=discount]').value === '12');
});

appTest('opens a link of a newer version to look at, and says so', { hash: '#/value?v=99&discount=21&unknown=1&c=00000000' }, async (app) => {
  const preview = app.page.getByTestId('link-preview');
  await preview.waitFor();
  assert.match(await preview.innerText(), /newer version/);
  await preview.getByRole('button', { name: 'Discard' }).click();
  assert.equal(await preview.count(), 0);
  assert.equal(await entry(app.page, 'discount').inputValue(), '10');
});

appTest('works without a worker, import included', {
  init: () => { window.Worker = class { constructor() { throw new Error('no workers here'); } }; },
}, async (app) => {
  assert.ok(Number(await app.metric('lifetime_value')) > 0);
  await app.importFiles({
    name: 'orders.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Customer,Order Date,Net Amount\nAcme,2025-03-15,100.00\nBorg,2025-04-20,200.00\n'),
  });
  await app.page.locator('[data-testid=import-result][data-state=ok]').waitFor();
});

appTest('names what is wrong with a project file, and opens a good one beside the work', async (app) => {
  const open = async (name, text) => {
    await app.page.getByTestId('share').click();
    await app.page.getByTestId('project-open').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  };
  await open('cut.json', '{"app":"perennial","schema":1,');
  await app.page.getByTestId('notice').filter({ hasText: 'ends in the middle' }).waitFor();
  await open('plan.json', JSON.stringify({ app: 'perennial', kind: 'project', schema: 1, assumptions: { discount: '19' } }));
  await app.page.getByTestId('link-preview').waitFor();
  assert.equal(await entry(app.page, 'cac').count(), 1);
  await app.page.getByRole('button', { name: 'Discard' }).click();
});
