// Workbooks in the browser: read by a worker of its own, refused when hostile, written on export.
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { workbook } from '../suites/workbook.mjs';
import { appTest } from './support/app.mjs';

const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const file = (name, buffer) => ({ name, mimeType: type, buffer });
const headers = ['Customer', 'Order No', 'Order Date', 'Net Amount', 'Cost'];
// 45337 is 2024-02-15.
const orders = [
  ['Open orders, all plants'],
  headers,
  ['Acme Gears', 1001, { date: 45337 }, 1200.5, 700],
  ['Acme Gears', 1002, { date: 45524 }, 900, 520],
  ['Borg Tools', 1003, { date: 45423 }, '4300.00', 2500],
];
const older = [headers, ['Cole AG', 1, { date: 44000 }, 10, 5]];
const outcome = async (app, state) => {
  const found = app.page.locator(`[data-testid=import-result][data-state=${state}]`);
  await found.waitFor({ state: 'attached' });
  return Number(await found.getAttribute('data-rows'));
};
const holdsAccounts = (app, count) => app.page.waitForFunction(
  (wanted) => document.querySelector('[data-metric=accounts]')?.dataset.value === wanted, String(count),
);

appTest('reads a sheet of a workbook, with its dates and its numbers stored as text', async (app) => {
  await app.importFiles(file('orders.xlsx', workbook({ Orders: orders, 'Older orders': older })));
  assert.equal(await outcome(app, 'ok'), 3);
  await app.page.getByRole('button', { name: /^Use these orders/ }).click();
  await holdsAccounts(app, 2);
});

appTest('reads a workbook that was packed with gzip, and text that was', async (app) => {
  const packed = gzipSync(workbook({ Orders: orders, 'Older orders': older }));
  await app.importFiles({ name: 'orders.xlsx.gz', mimeType: 'application/gzip', buffer: packed });
  assert.equal(await outcome(app, 'ok'), 3);
  await app.page.getByLabel('Sheet').selectOption('Older orders');
  await app.page.waitForFunction(() => document.querySelector('[data-testid=import-result]')?.dataset.rows === '1');
  await app.page.getByRole('button', { name: /^Cancel/ }).click();
  for (const [bytes, why] of [[packed.subarray(0, packed.length - 20), /damaged/], [gzipSync(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0])), /picture/]]) {
    await app.importFiles({ name: 'export.gz', mimeType: 'application/gzip', buffer: bytes });
    assert.equal(await outcome(app, 'error'), 0);
    await app.page.getByText(why).first().waitFor();
    await app.page.getByRole('button', { name: /^Cancel/ }).click();
  }
});

appTest('refuses hostile workbooks, says why, and goes on', { timeout: 300_000 }, async (app) => {
  const before = await app.metric('accounts');
  const whole = workbook({ Orders: orders });
  const hostile = {
    'cut.xlsx': [whole.subarray(0, whole.length - 300), /damaged/],
    'count.xlsx': [workbook({ Orders: orders }, { 'xl/sharedStrings.xml': '<sst uniqueCount="4294967295"><si><t>a</t></si></sst>' }), /damaged/],
    'type.xlsx': [workbook({ Orders: orders }, { 'xl/styles.xml': '<!DOCTYPE a [<!ENTITY b "c">]><styleSheet/>' }), /document type/],
    'text.xlsx': [workbook({ Orders: orders }, { 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${' '.repeat(5 << 20)}</sheetData></worksheet>` }), /4 MB/],
    'none.xlsx': [workbook({}), /no sheet/],
  };
  for (const [name, [bytes, why]] of Object.entries(hostile)) {
    await app.importFiles(file(name, bytes));
    await app.page.getByText(why).first().waitFor();
    assert.equal(await app.metric('accounts'), before);
    await app.page.getByRole('button', { name: /^Cancel/ }).click();
  }
  await app.importFiles(file('orders.xlsx', whole));
  assert.equal(await outcome(app, 'ok'), 3);
});

appTest('writes the accounts as a workbook', { hash: '#/accounts' }, async (app) => {
  const saving = app.page.waitForEvent('download');
  await app.page.getByTestId('export-xlsx').first().click();
  const download = await saving;
  assert.match(download.suggestedFilename(), /\.xlsx$/);
  const bytes = Buffer.concat(await (await download.createReadStream()).toArray());
  assert.equal(bytes.subarray(0, 2).toString(), 'PK');
  assert.ok(bytes.includes('xl/worksheets/sheet2.xml'));
  await app.importFiles(file('accounts.xlsx', bytes));
  await app.page.locator('option', { hasText: 'About' }).waitFor({ state: 'attached' });
});
