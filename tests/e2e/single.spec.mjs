// The one file that holds everything, opened from a disk as by a double click: a user's way through it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { singleFile } from '../../script/single.mjs';
import { workbook } from '../suites/workbook.mjs';
import { App, denyStorage, dist, patience, sharedBrowser } from './support/app.mjs';
import { accounts, downloaded, file, outcome } from './support/orders.mjs';

const html = singleFile(dist);
const path = (app) => app.page.url().replace(/#.*/, '');
const retention = (app) => app.page.getByRole('textbox', { name: /^(changed: )?Retention$/ });
const button = (app, name) => app.page.getByRole('button', { name });

/** A test on the file in a folder of its own. Options: `change(html)`, `init`, `complaints`, `wait` as in appTest. */
function singleTest(name, options, body) {
  if (typeof options === 'function') [options, body] = [{}, options];
  test(name, { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'perennial single-'));
    const at = join(folder, 'perennial.html');
    writeFileSync(at, options.change?.(html) ?? html);
    const browser = await sharedBrowser();
    const context = await browser.newContext();
    try {
      if (options.init) await context.addInitScript(options.init);
      const app = new App(context, { url: pathToFileURL(at).href }, options);
      app.page = await app.open();
      await body(app);
      assert.deepEqual(app.requests.filter((url) => url.replace(/#.*/, '') !== app.url()), [], 'something else was asked for');
      const unexpected = app.complaints.filter((line) => !options.complaints?.test(line));
      assert.deepEqual(unexpected, [], 'the page complained');
    } finally {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function importAndUse(app, chosen, rows, count) {
  await app.page.getByRole('link', { name: 'Orders', exact: true }).click();
  await app.page.locator('[data-testid=import-file]').setInputFiles(chosen);
  assert.equal(await outcome(app), rows);
  await button(app, /^Use these orders/).click();
  await accounts(app, count);
}

singleTest('shows the sample, from the file alone', async (app) => {
  await app.locked();
  await app.page.getByRole('heading', { name: 'Orders', level: 1 }).waitFor();
  await app.page.getByText('This is sample data of a machine shop').waitFor();
  await app.page.getByRole('region', { name: 'Key figures of the whole book' }).getByText(/^\$[\d.]+M$/).first().waitFor();
  assert.deepEqual(app.requests, [app.url()]);
  const kinds = await app.page.evaluate(async () => {
    const inline = [];
    for (const kind of ['worker', 'workbook']) {
      const worker = await perennial.startWorker(kind);
      inline.push(worker.inline);
      worker.terminate();
    }
    return inline;
  });
  assert.deepEqual(kinds, [false, false], 'no worker could be started');
  assert.deepEqual(await app.axe(), []);
});

singleTest('takes an export and a workbook', async (app) => {
  await app.page.locator('[data-testid=import-file]').setInputFiles('tests/fixtures/orders/shopify.csv');
  const rows = await outcome(app);
  assert.ok(rows > 0);
  await button(app, /^Use these orders/).click();
  await app.page.getByRole('heading', { name: 'Accounts', level: 1 }).waitFor();
  const sheet = [
    ['Customer', 'Order No', 'Order Date', 'Net Amount', 'Cost'],
    ['Acme Gears', 1001, { date: 45337 }, 1200.5, 700],
    ['Borg Tools', 1003, { date: 45423 }, 4300, 2500],
    ['Cole AG', 1004, { date: 45424 }, 300, 200],
  ];
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  await app.page.getByRole('link', { name: 'Orders', exact: true }).click();
  await app.page.locator('[data-testid=import-file]').setInputFiles([file('orders.xlsx', workbook({ Orders: sheet }), type)]);
  await app.page.getByText('3 rows read = 3 in the book').first().waitFor();
  await button(app, /^(Use these orders|Replace)/).first().click();
  await app.page.getByRole('rowheader', { name: 'Cole AG' }).waitFor();
});

singleTest('keeps what was tuned, and orders only where that is wished', async (app) => {
  await retention(app).fill('81');
  await retention(app).press('Enter');
  await app.saved();
  await app.page.reload();
  await app.ready();
  assert.equal(await retention(app).inputValue(), '81');

  const text = 'Customer,Order No,Order Date,Net Amount\nAcme,1,2025-03-15,100.00\nBorg,2,2025-04-20,200.00\n';
  await importAndUse(app, [file('orders.csv', text)], 2, 2);
  await button(app, 'Saved without orders').click();
  await app.page.getByText(/opened from a disk\. Other pages opened from a disk .* may be able to read/).waitFor();
  await app.page.keyboard.press('Escape');

  await button(app, 'Display settings').click();
  await app.page.getByText('orders are kept only if you say so').waitFor();
  await app.page.getByRole('checkbox', { name: /^Keep the order files in this browser/ }).check();
  await app.page.keyboard.press('Escape');
  await button(app, /^Saved: where your work is kept/).waitFor();
  await app.saved();
  await app.page.reload();
  await app.ready();
  await accounts(app, 2);
});

singleTest('saves a project file with the orders, and says what links are good for', async (app) => {
  const text = 'Customer,Order No,Order Date,Net Amount\nAcme,1,2025-03-15,100.00\nBorg,2,2025-04-20,200.00\n';
  await importAndUse(app, [file('orders.csv', text)], 2, 2);
  await button(app, 'Share').click();
  await app.page.getByText(/open on this device only/).waitFor();
  const project = await downloaded(app, () => button(app, 'Save with the orders').click());
  assert.equal(JSON.parse(project).app, 'perennial');
  await app.page.getByRole('link', { name: 'Orders', exact: true }).waitFor();
  await app.page.reload();
  await app.ready();
  await button(app, 'Share').click();
  await app.page.getByLabel('Open a project file').setInputFiles([file('perennial.ltv.json', project, 'application/json')]);
  await button(app, 'Keep').click();
  await accounts(app, 2);
});

singleTest('opens a place and a link by its address', async (app) => {
  await app.page.goto(`${path(app)}#/accounts`);
  await app.page.getByRole('heading', { name: 'Accounts', level: 1 }).waitFor();
  await app.page.getByRole('link', { name: 'Value', exact: true }).click();
  await app.page.getByRole('heading', { name: 'Value', level: 1 }).waitFor();
  await app.page.reload();
  await app.ready();
  await app.page.getByRole('heading', { name: 'Value', level: 1 }).waitFor();
});

singleTest('refuses every connection and foreign script from the start', { complaints: /Content Security Policy|ERR_|Failed to load/ }, async (app) => {
  const reached = [];
  const foreign = createServer((request, response) => { reached.push(request.url); response.end('reached'); });
  await new Promise((resolve) => { foreign.listen(0, '127.0.0.1', resolve); });
  const asked = app.requests.length;
  const ran = await app.page.evaluate(async (address) => {
    const quietly = (action) => Promise.resolve().then(action).catch(() => {});
    await quietly(() => fetch(`${address}?fetch`));
    await quietly(() => navigator.sendBeacon(`${address}?beacon`, 'x'));
    await quietly(() => { new Image().src = `${address}?image`; });
    const add = (name, fields) => document.body.append(Object.assign(document.createElement(name), fields));
    add('script', { src: `${address}?script` });
    add('script', { textContent: 'window.pwned = 1' });
    add('style', { textContent: 'body { --pwned: 1 }' });
    add('iframe', { src: `${address}?frame` });
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    return [window.pwned, getComputedStyle(document.body).getPropertyValue('--pwned')];
  }, `http://127.0.0.1:${foreign.address().port}/`);
  foreign.closeAllConnections();
  foreign.close();
  assert.deepEqual(reached, []);
  assert.deepEqual(ran, [undefined, '']);
  // Chromium tells of what it refused as if it were asked for.
  app.requests.length = asked;
});

const says = async (app, pattern) => {
  await app.page.getByRole('alertdialog', { name: 'Perennial could not be loaded' }).getByText(pattern).waitFor();
};

for (const [what, change] of [
  ['ends early', (whole) => whole.slice(0, whole.indexOf('id="page-rest"') + 500_000)],
  ['ends after its script', (whole) => whole.slice(0, whole.indexOf('<script type="application/octet-stream"'))],
  ['was altered', (whole) => whole.replace(/id="page-wasm">.{5000}/, (part) => part.slice(0, -40) + 'A'.repeat(40))],
]) {
  singleTest(`says so when the file ${what}`, { change, wait: false, complaints: /./ }, (app) => (
    what === 'ends early'
      // The first screen is there, what follows is not.
      ? app.page.getByRole('alert').filter({ hasText: 'could not be loaded' }).first().waitFor({ timeout: patience })
      : says(app, /This file is not whole/)));
}

singleTest('says so where the browser cannot unpack it', {
  init: () => { delete window.DecompressionStream; }, wait: false, complaints: /./,
}, (app) => says(app, /This browser cannot open Perennial as one file.*Firefox 113/));

singleTest('goes on in memory where storage is denied, and says so', {
  init: denyStorage,
}, async (app) => {
  await button(app, /^In memory only/).click();
  const project = await downloaded(app, () => button(app, 'Save project file').first().click());
  assert.equal(JSON.parse(project).app, 'perennial');
});

test('works from a server too', { timeout: 120_000 }, async () => {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const context = await (await sharedBrowser()).newContext();
  try {
    const app = new App(context, { url: `http://127.0.0.1:${server.address().port}/tools/perennial.html` }, {});
    app.page = await app.open();
    await app.locked();
    assert.deepEqual(app.requests, [app.url()]);
    assert.deepEqual(app.complaints, []);
    await button(app, 'Display settings').click();
    assert.equal(await app.page.getByRole('checkbox', { name: /^Keep the order files/ }).isChecked(), true);
  } finally {
    await context.close();
    server.closeAllConnections();
    server.close();
  }
});
