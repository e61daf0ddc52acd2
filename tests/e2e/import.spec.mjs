// Bringing orders in as a user does: choose, paste, drop; answer; look; use, or cancel.
import assert from 'node:assert/strict';
import { appTest } from './support/app.mjs';

const plain = `Customer,Order No,Order Date,Net Amount,Cost
Acme Gears,1001,2024-02-15,1200.50,700.00
Acme Gears,1002,2024-08-20,900.00,520.00
Borg Tools,1003,2024-05-11,4300.00,2500.00
Borg Tools,1004,2025-03-02,150.00,90.00
`;
const ambiguous = `Customer,Order No,Order Date,Net Amount
Acme,1,03/02/2025,100.00
Borg,2,05/04/2025,200.00
`;
const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const result = (app) => app.page.locator('[data-testid=import-result]');
const outcome = async (app, state) => {
  await app.page.locator(`[data-testid=import-result][data-state=${state}]`).waitFor({ state: 'attached' });
  return Number(await result(app).getAttribute('data-rows'));
};
const use = (app) => app.page.getByRole('button', { name: /^Use these orders/ }).click();
const accounts = async (app, count) => {
  await app.page.waitForFunction(
    (wanted) => document.querySelector('[data-metric=accounts]')?.dataset.value === wanted,
    String(count),
  );
};

appTest('takes a file in one click when nothing is in doubt', async (app) => {
  await app.importFiles(file('orders.csv', plain));
  assert.equal(await outcome(app, 'ok'), 4);
  assert.match(await app.page.getByTestId('import-equation').first().innerText(), /4 rows read = 4 in the book/);
  const before = await app.metric('accounts');
  assert.notEqual(before, '2', 'nothing may change before it is agreed to');
  await use(app);
  await accounts(app, 2);
  assert.match(app.page.url(), /#\/accounts/);
  await app.page.getByRole('rowheader', { name: 'Borg Tools' }).waitFor();
  assert.equal(await outcome(app, 'ok'), 4);
});

appTest('takes pasted rows, anywhere on the page and in the box', async (app) => {
  const rows = plain.replaceAll(',', '\t');
  await app.page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, rows);
  assert.equal(await outcome(app, 'ok'), 4);
  await app.page.getByRole('button', { name: /^Cancel/ }).click();
  await app.page.getByLabel('Paste rows here').fill(rows);
  await app.page.getByRole('button', { name: 'Read pasted rows' }).click();
  assert.equal(await outcome(app, 'ok'), 4);
});

appTest('takes dropped files, several merged', async (app) => {
  const second = plain.split('\n').slice(0, 1).concat('Cole AG,2001,2025-01-09,77.00,40.00', '').join('\n');
  await app.page.evaluate((texts) => {
    const dataTransfer = new DataTransfer();
    texts.forEach((text, at) => dataTransfer.items.add(new File([text], `part${at}.csv`)));
    const drop = (type) => document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    drop('dragover');
    drop('drop');
  }, [plain, second]);
  await app.page.waitForFunction(() => document.querySelector('[data-testid=import-result]')?.dataset.rows === '5');
  await use(app);
  await accounts(app, 3);
});

appTest('asks what is ambiguous, and remembers the answer for the same columns', async (app) => {
  await app.importFiles(file('ambiguous.csv', ambiguous));
  const question = app.page.getByTestId('question');
  await question.waitFor();
  assert.equal(await result(app).count(), 0, 'nothing is read before the answer');
  assert.match(await question.innerText(), /3 February|February 3|2 March|March 2/);
  await question.getByRole('radio').first().check();
  assert.equal(await outcome(app, 'ok'), 2);
  await use(app);
  await accounts(app, 2);
  await app.page.goto(app.url('#/orders'));
  await app.importFiles(file('again.csv', ambiguous.replace('100.00', '130.00')));
  await app.page.getByRole('button', { name: /^Use these orders/ }).waitFor();
  const answered = app.page.getByTestId('question').getByRole('radio').first();
  assert.equal(await answered.count() === 0 || await answered.isChecked(), true);
  await app.page.getByText('Columns and what they mean').click();
  await app.page.getByRole('button', { name: /^Forget that/ }).click();
  await app.page.getByTestId('question').waitFor();
  assert.equal(await app.page.getByTestId('question').getByRole('radio', { checked: true }).count(), 0);
  await app.page.reload();
  await app.importFiles(file('once-more.csv', ambiguous));
  await app.page.getByTestId('question').waitFor();
  assert.equal(await result(app).count(), 0, 'it is asked again');
});

appTest('leaves everything as it was when cancelled', async (app) => {
  const before = [await app.metric('accounts'), await app.metric('lifetime_value')];
  const edit = await app.page.getByTestId('save-state').getAttribute('data-edit');
  await app.importFiles(file('orders.csv', plain));
  await outcome(app, 'ok');
  await app.page.getByRole('button', { name: /^Cancel/ }).click();
  assert.equal(await result(app).count(), 0);
  assert.deepEqual([await app.metric('accounts'), await app.metric('lifetime_value')], before);
  assert.equal(await app.page.getByTestId('save-state').getAttribute('data-edit'), edit);
});

appTest('can be undone and done again', async (app) => {
  const sample = await app.metric('accounts');
  await app.importFiles(file('orders.csv', plain));
  await outcome(app, 'ok');
  await use(app);
  await accounts(app, 2);
  await app.page.getByRole('button', { name: /^Undo: import of orders.csv/ }).click();
  await accounts(app, sample);
  await app.page.getByRole('button', { name: /^Redo/ }).click();
  await accounts(app, 2);
});

appTest('keeps the rejected rows within reach when the import is kept', async (app) => {
  await app.importFiles(file('broken.csv', `${plain}Acme Gears,1005,not a day,10.00,5.00\n`));
  await outcome(app, 'ok');
  await use(app);
  await accounts(app, 2);
  await app.saved();
  for (const again of [false, true]) {
    await app.page.goto(app.url('#/orders'));
    if (again) {
      await app.page.reload();
      await app.ready();
      await accounts(app, 2);
      // Of an import that is not kept, nothing is left.
      await app.importFiles(file('other.csv', `${plain}Acme Gears,1005,another day,10.00,5.00\n`));
      await outcome(app, 'ok');
      await app.page.getByRole('button', { name: /^Cancel/ }).click();
    }
    const saving = app.page.waitForEvent('download');
    await app.page.getByRole('button', { name: 'Download the rejected rows' }).click();
    const stream = await (await saving).createReadStream();
    assert.match(Buffer.concat(await stream.toArray()).toString(), /not a day/);
  }
});

appTest('groups problems and offers the rejected rows', async (app) => {
  const broken = `${plain}Acme Gears,1005,not a day,10.00,5.00\nAcme Gears,1006,never,11.00,5.00\n`;
  await app.importFiles(file('broken.csv', broken));
  assert.equal(await outcome(app, 'ok'), 4);
  assert.match(await app.page.getByTestId('import-equation').first().innerText(), /6 rows read = 4 in the book \+ 2 rejected/);
  const saving = app.page.waitForEvent('download');
  await app.page.getByTestId('rejected-download').click();
  const stream = await (await saving).createReadStream();
  const text = Buffer.concat(await stream.toArray()).toString();
  assert.match(text, /not a day/);
});

appTest('says what is wrong with a file it cannot read', async (app) => {
  await app.importFiles({ name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0, 1, 2, 3]) });
  assert.equal(await outcome(app, 'error'), 0);
  assert.equal(await result(app).count(), 1);
  const told = app.page.getByRole('alert').first();
  assert.ok((await told.innerText()).length > 20);
  await app.page.getByText('There is nothing to check: choose another file, or cancel.').waitFor();
});

appTest('names the refused file that others wait for, and goes on without it', async (app) => {
  const states = app.page.evaluate(() => new Promise((resolve) => {
    const seen = [];
    new MutationObserver((_, observer) => {
      const found = [...document.querySelectorAll('[data-testid=import-result]')];
      if (found.length > 1) seen.push('two at a time');
      const state = found[0]?.dataset.state;
      if (state && state !== seen.at(-1)) seen.push(state);
      if (state === 'ok') {
        observer.disconnect();
        resolve(seen);
      }
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  }));
  await app.importFiles(
    file('orders.csv', plain),
    { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0, 1, 2, 3]) },
  );
  assert.equal(await outcome(app, 'error'), 0);
  await app.page.getByRole('status').filter({ hasText: 'Leave out "photo.png" to go on.' }).waitFor();
  assert.equal(await app.page.getByRole('button', { name: 'Check these orders' }).isDisabled(), true);
  assert.deepEqual(await app.axe(), []);
  await app.page.getByRole('article', { name: 'photo.png' }).getByRole('button', { name: 'Leave out this file' }).click();
  assert.equal(await outcome(app, 'ok'), 4);
  const seen = await states;
  assert.equal(seen[0], 'working');
  assert.ok(seen.includes('error') && !seen.includes('two at a time'), seen.join());
});

appTest('finds the imported orders again after a reload', async (app) => {
  await app.importFiles(file('orders.csv', plain));
  await outcome(app, 'ok');
  await use(app);
  await accounts(app, 2);
  await app.saved();
  const value = await app.metric('lifetime_value');
  await app.page.reload();
  await app.ready();
  await accounts(app, 2);
  assert.equal(await app.metric('lifetime_value'), value);
});
