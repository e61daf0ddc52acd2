// A worker that breaks: nothing is lost, the user is told, and the next one takes over.
import assert from 'node:assert/strict';
import { appTest } from './support/app.mjs';
import { accounts, duringTheCheck, file, lines, onDisk, outcome, use } from './support/orders.mjs';

// Keeps hold of the workers, to break them.
const init = () => {
  window.workers = [];
  window.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      window.workers.push(this);
    }
  };
};
const breakTheLast = () => {
  const worker = window.workers.at(-1);
  worker.terminate();
  worker.dispatchEvent(new ErrorEvent('error', { message: 'unreachable', cancelable: true }));
  return window.workers.length;
};
const breakDown = (page) => page.evaluate(breakTheLast);
const discount = (page) => page.locator('[data-testid=field][data-key=discount]');

appTest('starts another worker where one breaks in the middle of an import', { init, timeout: 240_000 }, async (app) => {
  await discount(app.page).fill('13');
  await discount(app.page).press('Enter');
  await app.saved();
  const before = await app.metric('lifetime_value');
  const { text, rows } = lines(20 << 20);
  const workers = await duringTheCheck(app, onDisk('large.csv', text), breakTheLast);
  await app.page.locator('[data-testid=import-result][data-state=error]').waitFor();
  const told = await app.page.getByRole('alert').first().innerText();
  assert.match(told, /stopped/);
  assert.match(told, /work is safe/);
  assert.equal(await app.metric('lifetime_value'), before, 'what was there stays');
  await app.page.getByRole('button', { name: 'Check again' }).click();
  assert.equal(await outcome(app), rows);
  assert.ok(await app.page.evaluate(() => window.workers.length) > workers);
  await use(app);
  await accounts(app, 90);
  assert.equal(await discount(app.page).inputValue(), '13');
});

appTest('computes on after a worker broke between two edits', { init }, async (app) => {
  const before = await app.metric('lifetime_value');
  await breakDown(app.page);
  await discount(app.page).fill('20');
  await discount(app.page).press('Enter');
  await app.page.waitForFunction((was) => document.querySelector('[data-metric=lifetime_value]').dataset.value !== was, before);
  assert.equal(await app.page.getByTestId('trouble').count(), 0);
});

appTest('fits the forecasts again after the worker that had them broke', { init }, async (app) => {
  const forecast = app.page.getByTestId('forecast');
  const is = (state) => app.page.waitForFunction((wanted) => document.querySelector('[data-testid=forecast]')?.dataset.state === wanted, state);
  await app.page.evaluate(() => { location.hash = '#/today?tab=forecast'; });
  await is('done');
  const words = await forecast.innerText();
  await breakDown(app.page);
  await app.page.evaluate(() => {
    window.states = new Set();
    const note = () => window.states.add(document.querySelector('[data-testid=forecast]').dataset.state);
    new MutationObserver(note).observe(document.querySelector('[data-testid=forecast]'), { attributes: true });
  });
  await discount(app.page).fill('21');
  await discount(app.page).press('Enter');
  await app.page.waitForFunction(() => window.states.has('working') && window.states.has('done'));
  assert.equal(await forecast.innerText(), words);
});

appTest('shows that something broke after a fault of its own, and loses no edit', { complaints: /./ }, async (app) => {
  await discount(app.page).fill('14');
  await discount(app.page).press('Enter');
  await app.saved();
  const started = await app.page.evaluate(() => {
    // The browser refuses an element once, which the program cannot expect.
    const broken = (owner, name) => {
      const real = owner[name];
      owner[name] = function (...given) {
        restore.forEach((back) => back());
        throw new Error(`${name} is broken`);
      };
      return () => { owner[name] = real; };
    };
    const restore = [broken(Document.prototype, 'createElement'), broken(Node.prototype, 'cloneNode'), broken(Document.prototype, 'createElementNS')];
    location.hash = '#/value';
    return performance.now();
  });
  await app.page.locator('#boot-message').waitFor();
  assert.ok(await app.page.evaluate(() => performance.now()) - started < 5_000);
  assert.equal(await app.page.locator('#boot-message h1').innerText(), 'Something broke');
  await app.page.getByRole('button', { name: 'Reload' }).click();
  await app.ready();
  assert.equal(await discount(app.page).inputValue(), '14');
});

// What a worker may lack: all but the figures of the sample.
const without = { inWorker: undefined, onThePage: () => { window.Worker = class { constructor() { throw new Error('no workers here'); } }; } };
const lacks = /could not be loaded; reload the page/;
let broken;

for (const [what, change] of [
  ['missing', () => { throw new Error('missing'); }],
  ['altered', (bytes) => { const altered = Buffer.from(bytes); altered[altered.length - 1] ^= 1; return altered; }],
]) {
  for (const [where, init] of Object.entries(without)) {
    appTest(`says so when the rest of the worker is ${what} (${where}), and loses nothing`, {
      init,
      open: false,
      complaints: /404|integrity|Failed to (load|fetch)|Content Security Policy/,
      change: (name, bytes) => (broken && /^worker-rest-/.test(name) ? change(bytes) : bytes),
    }, async (app) => {
      broken = true;
      app.page = await app.open();
      const before = Number(await app.metric('lifetime_value'));
      assert.ok(before > 0, 'the sample is shown');
      await discount(app.page).fill('17');
      await discount(app.page).press('Enter');
      await app.page.waitForFunction((was) => Number(document.querySelector('[data-metric=lifetime_value]').dataset.value) !== was, before);
      await app.saved();
      const shown = await app.metric('lifetime_value');
      await app.importFiles(file('orders.csv', 'Customer,Order Date,Net Amount\nAcme,2025-03-15,100.00\n'));
      await app.page.getByRole('alert').filter({ hasText: lacks }).first().waitFor();
      await app.page.evaluate(() => { location.hash = '#/accounts'; });
      await app.page.getByTestId('trouble').filter({ hasText: lacks }).waitFor();
      assert.equal(await app.metric('lifetime_value'), shown, 'what was there stays');
      broken = false;
      await app.page.goto(app.url());
      await app.page.reload();
      await app.ready();
      assert.equal(await discount(app.page).inputValue(), '17');
      await app.importFiles(file('orders.csv', 'Customer,Order Date,Net Amount\nAcme,2025-03-15,100.00\n'));
      assert.equal(await outcome(app), 1);
    });
  }
}

appTest('reads a file that comes before the rest of the worker', {
  init: () => {
    // The rest comes late.
    const real = WebAssembly.compileStreaming;
    WebAssembly.compileStreaming = async (response) => {
      if (/worker-rest-/.test(response.url)) await new Promise((resolve) => { window.letIn = resolve; });
      return real.call(WebAssembly, response);
    };
  },
}, async (app) => {
  assert.ok(Number(await app.metric('lifetime_value')) > 0);
  await app.importFiles(file('orders.csv', 'Customer,Order Date,Net Amount\nAcme,2025-03-15,100.00\nBorg,2025-04-20,200.00\n'));
  await app.page.waitForTimeout(500);
  assert.equal(await app.page.locator('[data-testid=import-result][data-state=ok]').count(), 0);
  await app.page.evaluate(() => window.letIn());
  assert.equal(await outcome(app), 2);
});
