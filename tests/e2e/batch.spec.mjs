// The same numbers from a terminal: the saved project and the same orders, to the last digit.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { report } from '../suites/batch.mjs';
import { appTest } from './support/app.mjs';
import { accounts, downloaded, file, lines, outcome, use } from './support/orders.mjs';

const set = async (app, key, value) => {
  const field = app.page.locator(`[data-testid=field][data-key=${key}]`);
  await field.fill(value);
  await field.press('Enter');
};
const shown = (app, within = 'body') => app.page.locator(within).first().evaluate((root) => Object.fromEntries(
  [...root.querySelectorAll('[data-metric][data-value]')].map(({ dataset }) => [dataset.metric, dataset.value]),
));
const methods = (app) => app.page.evaluate(() => Object.fromEntries(
  [...document.querySelectorAll('main [data-method][data-value]')].map(({ dataset }) => [dataset.method, dataset.value]),
));
const quiet = (app) => app.page.locator('.kpi-strip[aria-busy=false]').waitFor();

// The report writes a number that JSON readers would cut as text; others are equal bit by bit.
function same(found, expected, what) {
  assert.ok(Object.keys(found).length > 0, `${what}: no figure is on screen`);
  for (const [key, text] of Object.entries(found)) {
    const value = expected[key]?.value ?? expected[key];
    assert.ok(typeof value === 'string' ? text === value : Number(text) === value, `${what}: ${key} is ${text} here, ${value} there`);
  }
}

async function compare(app, orders) {
  const project = await downloaded(app, async () => {
    await app.page.getByTestId('share').click();
    await app.page.getByTestId('project-save').click();
  });
  await app.page.keyboard.press('Escape');
  const told = report(project, orders);
  await app.page.goto(app.url('#/value'));
  await app.page.locator('main [data-method][data-value]').first().waitFor();
  await app.page.locator('main [data-method=L12]').filter({ hasNotText: 'being fitted' }).waitFor();
  await quiet(app);
  same(await shown(app), told.metrics, 'the book');
  const book = Object.fromEntries(told.methods.filter(({ value }) => value !== null).map(({ id, value }) => [id, value]));
  assert.deepEqual(Object.keys(await methods(app)).sort(), Object.keys(book).sort());
  same(await methods(app), book, 'methods of the book');
  for (const at of [0, told.accounts.length - 1]) {
    const { name } = told.accounts[at];
    await app.page.goto(app.url(`#/accounts/${at}`));
    await app.page.getByTestId('account-detail').getByRole('heading', { name, level: 2, exact: true }).waitFor();
    await quiet(app);
    same(await shown(app, '[data-testid=account-detail]'), told.accounts[at].figures, name);
  }
}

// The first waits for the compiler.
appTest('the figures of the page are those of a terminal, with the sample', { timeout: 900_000 }, async (app) => {
  await set(app, 'discount', '12.5');
  await quiet(app);
  await compare(app, []);
});

appTest('the figures of the page are those of a terminal, with imported orders', async (app) => {
  const { text } = lines(300_000);
  await app.importFiles(file('orders.csv', text));
  await outcome(app);
  await use(app);
  await accounts(app, 90);
  await set(app, 'retention', '83.3');
  await quiet(app);
  await compare(app, [['orders.csv', text]]);
});

for (const name of ['german_cp1252.csv', 'shopify.csv', 'sap.csv']) {
  appTest(`the figures of the page are those of a terminal, with ${name}`, async (app) => {
    const bytes = readFileSync(join(import.meta.dirname, '../fixtures/orders', name));
    await app.importFiles(file(name, bytes));
    await outcome(app);
    await use(app);
    await app.page.getByTestId('matching').waitFor();
    await quiet(app);
    await compare(app, [[name, bytes]]);
  });
}
