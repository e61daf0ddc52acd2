// A worker that breaks: nothing is lost, the user is told, and the next one takes over.
import assert from 'node:assert/strict';
import { appTest } from './support/app.mjs';
import { accounts, lines, onDisk, outcome, use } from './support/orders.mjs';

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
const breakDown = (page) => page.evaluate(() => {
  const worker = window.workers.at(-1);
  worker.terminate();
  worker.dispatchEvent(new ErrorEvent('error', { message: 'unreachable', cancelable: true }));
  return window.workers.length;
});
const discount = (page) => page.locator('[data-testid=field][data-key=discount]');

appTest('starts another worker where one breaks in the middle of an import', { init, timeout: 240_000 }, async (app) => {
  await discount(app.page).fill('13');
  await discount(app.page).press('Enter');
  await app.saved();
  const before = await app.metric('lifetime_value');
  const { text, rows } = lines(20 << 20);
  await app.importFiles(onDisk('large.csv', text));
  await app.page.locator('[data-testid=import-result][data-state=working]').waitFor();
  const workers = await breakDown(app.page);
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
