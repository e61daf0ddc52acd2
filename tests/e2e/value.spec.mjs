// The Value page: every number of its tables answers why, and every table can be saved.
import assert from 'node:assert/strict';
import { appTest } from './support/app.mjs';
import { downloaded } from './support/orders.mjs';

const hash = '#/value';
const methods = (app) => app.page.getByRole('region', { name: 'Methods' });
const waterfall = (app) => app.page.getByRole('region', { name: 'Price waterfall' });
const entry = (app, key) => app.page.locator(`[data-testid=field][data-key=${key}]`);
const ready = (app) => methods(app).locator('[data-metric=l10][data-value]').waitFor();

appTest('answers why of each method and each step, once a page', { hash }, async (app) => {
  await ready(app);
  const keys = (root) => root.locator('[data-metric]').evaluateAll((all) => all.map((it) => it.dataset.metric));
  assert.deepEqual(await keys(methods(app)), ['l1', 'l2', 'l3', 'l4', 'l5', 'l6', 'l7', 'l8', 'l9', 'l10']);
  assert.deepEqual(await keys(waterfall(app)), [
    'list', 'discount_given', 'revenue', 'rebates', 'freight', 'terms', 'pocket', 'cost', 'gross_profit',
    'tooling', 'service', 'depreciation', 'contribution',
  ]);
  for (const key of ['l4', 'revenue', 'contribution', 'gp_percent']) {
    const found = app.page.locator(`[data-metric=${key}]`);
    assert.equal(await found.count(), 1, key);
    assert.ok(Number.isFinite(Number(await found.getAttribute('data-value'))), key);
  }
  const shown = await methods(app).locator('[data-method=L4]').getAttribute('data-value');
  assert.equal(await app.metric('l4'), shown);

  await methods(app).getByRole('button', { name: 'Why? L12 Fitted model' }).waitFor();
  const why = methods(app).getByRole('button', { name: 'Why? L4 Discounted, after one renewal' });
  await why.press('Enter');
  const formula = app.page.getByTestId('formula');
  await formula.waitFor();
  const panel = app.page.locator('.why').filter({ has: formula });
  assert.match(await panel.innerText(), /Retention of these accounts\s+[\d.,~]+/);
  assert.match(await panel.innerText(), /Discount rate\s+[\d.,]+/);
  // The numbers are live.
  const before = await app.metric('l4');
  await app.page.keyboard.press('Escape');
  await entry(app, 'discount').fill('20');
  await entry(app, 'discount').press('Enter');
  await app.page.waitForFunction((was) => document.querySelector('[data-metric=l4]').dataset.value !== was, before);
  await why.press('Enter');
  assert.match(await panel.innerText(), /Discount rate\s+20/);
});

appTest('answers why after another page whose figures have their own source', { hash: '#/deals' }, async (app) => {
  await app.page.locator('[data-metric=deal_npv][data-value]').waitFor();
  await app.page.evaluate(() => { location.hash = '#/value'; });
  await ready(app);
  await methods(app).getByRole('button', { name: 'Why? L4 Discounted, after one renewal' }).click();
  const panel = app.page.locator('.why').filter({ has: app.page.getByTestId('formula') });
  await panel.waitFor();
  // Of the book, not of the deal.
  assert.match(await panel.innerText(), /Retention of these accounts\s+[\d.,~]+/);
});

appTest('says beside a method how much of its cost is recorded', { hash }, async (app) => {
  await ready(app);
  const covered = methods(app).getByRole('row', { name: /L4/ }).getByTestId('covered');
  assert.match(await covered.innerText(), /^\d+\s?% real cost$/);
});

appTest('says what L3 counts where nobody leaves', { hash }, async (app) => {
  await ready(app);
  const label = methods(app).getByRole('rowheader', { name: /^L3/ });
  assert.match(await label.innerText(), /no horizon/);
  await entry(app, 'retention').fill('100');
  await entry(app, 'retention').press('Enter');
  await label.filter({ hasText: 'no churn: 5 years' }).waitFor();
});

appTest('saves every table as CSV and as a workbook', { hash }, async (app) => {
  await ready(app);
  const csv = async (name) => downloaded(app, () => app.page.getByRole('button', { name: `CSV: ${name}` }).click());
  const exact = await app.metric('l4');
  const table = await csv('Lifetime value by every method');
  const line = table.split(/\r?\n/).find((row) => row.includes('L4 '));
  assert.ok(line.includes(exact), `${line} does not hold ${exact}`);
  assert.match(await csv('Price waterfall'), /Contribution/);

  await app.page.goto(app.url('#/orders'));
  assert.match(await csv('What became of every row'), /In the book/);
  assert.match(await csv('What the data holds'), /Share of revenue/);

  await app.page.goto(app.url('#/accounts/0'));
  const detail = app.page.getByTestId('account-detail');
  await detail.getByRole('button', { name: /^CSV: Lifetime value/ }).waitFor();
  const buttons = detail.getByRole('button', { name: /^XLSX: / });
  assert.ok(await buttons.count() >= 2, 'its orders and its methods');
  const saving = app.page.waitForEvent('download');
  await buttons.first().click();
  const download = await saving;
  assert.match(download.suggestedFilename(), /\.xlsx$/);
  const bytes = Buffer.concat(await (await download.createReadStream()).toArray());
  assert.equal(bytes.subarray(0, 2).toString(), 'PK');
});
