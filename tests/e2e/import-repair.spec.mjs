// What is not plain in a file: rates, repairs of whole groups, rejected rows, more files for a book.
import assert from 'node:assert/strict';
import { appTest } from './support/app.mjs';
import { accounts, downloaded, file, outcome, use } from './support/orders.mjs';

const head = 'Customer,Order No,Order Date,Net Amount,Cost,Currency';
const mixed = `${head}
Acme Gears,1,2025-02-15,1000.00,700.00,EUR
Acme Gears,2,2025-03-20,100.00,50.00,USD
Borg Tools,3,2025-04-20,10.00,5.00,CHF
Borg Tools,4,2025-05-20,200.00,90.00,EUR
`;
const plain = `Customer,Order No,Order Date,Net Amount
Acme Gears,1,2025-02-15,1000.00
Borg Tools,2,2025-03-20,100.00
`;

appTest('asks for a rate of every other currency, and converts at it', async (app) => {
  await app.importFiles(file('mixed.csv', mixed));
  await outcome(app, 'error');
  await app.page.getByText(/Enter a rate for (USD, CHF|CHF, USD) first/).waitFor();
  assert.equal(await app.page.getByTestId('import-commit').isDisabled(), true);
  const rates = app.page.getByRole('group', { name: 'Currencies' });
  await rates.getByLabel('Show everything in').selectOption('EUR');
  await rates.getByLabel('1 USD =').fill('0.9');
  await rates.getByLabel('1 CHF =').fill('1.1');
  await rates.getByLabel('on the day of the USD rate (optional)').fill('2025-02-03');
  await rates.getByRole('button', { name: 'Convert at these rates' }).click();
  assert.equal(await outcome(app), 4);
  assert.match(await app.page.getByTestId('rates-used').innerText(), /1 USD = 0\.9 EUR, the rate of .*2025.*\n1 CHF = 1\.1 EUR\./);
  await use(app);
  await accounts(app, 2);
  assert.equal(Number(await app.metric('past_value')) > 0, true);
  await app.page.goto(app.url('#/orders'));
  await app.page.getByText(/1 USD = 0\.9 EUR, the rate of/).waitFor();
  const project = await downloaded(app, async () => {
    await app.page.getByTestId('share').click();
    await app.page.getByTestId('project-save').click();
  });
  assert.match(project, /"date":\s*"2025-02-03"/);
  await app.page.keyboard.press('Escape');
  await app.page.goto(app.url('#/accounts/0'));
  const revenue = app.page.getByTestId('account-detail').locator('[data-metric=revenue]');
  await revenue.waitFor();
  const both = [];
  for (const account of [0, 1]) {
    await app.page.goto(app.url(`#/accounts/${account}`));
    await app.page.waitForFunction((before) => {
      const found = document.querySelector('[data-testid=account-detail] [data-metric=revenue]')?.dataset.value;
      return found && found !== before;
    }, both[0]);
    both.push(await revenue.getAttribute('data-value'));
  }
  assert.deepEqual(both.map(Number).toSorted((a, b) => a - b), [211, 1090]);
});

appTest('says what is wrong with a rate', async (app) => {
  await app.importFiles(file('mixed.csv', mixed));
  await outcome(app, 'error');
  const rates = app.page.getByRole('group', { name: 'Currencies' });
  await rates.getByLabel('Show everything in').selectOption('EUR');
  await rates.getByLabel('1 USD =').fill('-3');
  await rates.getByLabel('1 CHF =').fill('1.1');
  await rates.getByText('A rate is a number above 0, such as 0.92.').waitFor();
  assert.deepEqual(await app.axe(), []);
  await rates.getByRole('button', { name: 'Convert at these rates' }).click();
  await app.page.getByText('Enter a rate for USD first').waitFor();
  assert.equal(await app.page.getByTestId('import-commit').isDisabled(), true);
});

appTest('adds a file to the current book, and counts what repeats once', async (app) => {
  await app.importFiles(file('first.csv', plain));
  await outcome(app);
  await use(app);
  await accounts(app, 2);
  await app.page.goto(app.url('#/orders'));
  await app.importFiles(file('second.csv', `${plain}Cole AG,3,2025-04-20,50.00\n`));
  await outcome(app);
  await app.page.getByRole('radio', { name: /Keep them and add these/ }).check();
  await app.page.getByRole('button', { name: /Add to the current book \(3 rows in all\)/ }).click();
  await accounts(app, 3);
  await app.page.getByTestId('undo').click();
  await accounts(app, 2);
});

appTest('repairs all rows of a group by one rule, and takes it back', async (app) => {
  const good = Array.from({ length: 1498 }, (_, at) => `Borg Tools,${5000 + at},2025-06-${10 + (at % 20)},5.00`).join('\n');
  const bad = Array.from({ length: 1000 }, (_, at) => `Acme Gears,${100 + at},31.02.2025,10.00`).join('\n');
  await app.importFiles(file('bad.csv', `${plain}${good}\n${bad}\n`));
  assert.equal(await outcome(app), 1500);
  const problems = app.page.locator('.problem');
  assert.equal(await problems.count(), 1, 'one group for all rows of a kind');
  assert.match(await problems.innerText(), /1,000 rows rejected/);
  await problems.getByRole('textbox', { name: 'Read "31.02.2025" as …' }).fill('2025-02-28');
  await problems.getByRole('button', { name: /^Apply/ }).click();
  await app.page.waitForFunction(() => document.querySelector('[data-testid=import-result]')?.dataset.rows === '2500');
  const agreed = app.page.getByRole('group', { name: 'Agreed repairs' });
  assert.deepEqual(await app.axe(), []);
  await agreed.getByRole('button', { name: 'Take back: read "31.02.2025" as "2025-02-28"' }).click();
  await app.page.waitForFunction(() => document.querySelector('[data-testid=import-result]')?.dataset.rows === '1500');
  assert.equal(await agreed.count(), 0);
  assert.match(await problems.innerText(), /1,000 rows rejected/);
  await problems.getByRole('textbox', { name: 'Read "31.02.2025" as …' }).fill('2025-02-27');
  await problems.getByRole('button', { name: /^Apply/ }).click();
  await app.page.waitForFunction(() => document.querySelector('[data-testid=import-result]')?.dataset.rows === '2500');
  await use(app);
  await accounts(app, 2);
  await app.page.goto(app.url('#/orders'));
  await app.page.getByText('Agreed: read "31.02.2025" as "2025-02-27".').waitFor();
});

appTest('takes the currency of a file that has no column for it', async (app) => {
  await app.importFiles(file('mixed.csv', `${head}\nAcme Gears,1,2025-02-15,1000.00,700.00,EUR\n`), file('plain.csv', plain.replaceAll('Acme', 'Cole')));
  assert.equal(await outcome(app), 1);
  const problem = app.page.locator('.problem[data-code=unknown_currency]');
  await problem.getByText(/"Currency of this file", under "Columns and what they mean"/).waitFor();
  assert.equal(await app.page.getByRole('group', { name: 'Currencies' }).count(), 0, 'there is no other currency to enter a rate for');
  const named = app.page.getByRole('article', { name: 'mixed.csv' });
  const unnamed = app.page.getByRole('article', { name: 'plain.csv' });
  await unnamed.getByText('Columns and what they mean').click();
  assert.equal(await named.getByLabel('Currency of this file').count(), 0);
  const currency = unnamed.getByLabel('Currency of this file');
  assert.equal(await currency.inputValue(), '', 'nothing is taken for granted');
  await currency.selectOption('EUR');
  await app.page.waitForFunction(() => document.querySelector('[data-testid=import-result]')?.dataset.rows === '3');
  await unnamed.getByText('All amounts are read as EUR, as you say.').waitFor();
  assert.equal(await problem.count(), 0);
  assert.deepEqual(await app.axe(), []);
  await use(app);
  await accounts(app, 3);
  await app.page.goto(app.url('#/orders'));
  await app.importFiles(file('later.csv', plain.replaceAll('2025', '2024')));
  await outcome(app);
  await app.page.getByText('All amounts are read as EUR, as you said before for the same columns.').waitFor();
});

appTest('gives the rejected rows as a file that can be mended and imported', async (app) => {
  await app.importFiles(file('bad.csv', `${plain}Acme Gears,5,never,10.00\n"Borg, Tools",6,2025-06-01,"=1+1"\n`));
  assert.equal(await outcome(app), 2);
  const text = await downloaded(app, () => app.page.getByTestId('rejected-download').click());
  const rows = text.trim().split(/\r?\n/);
  assert.equal(rows.length, 3, text);
  assert.match(rows[0], /Customer,Order No,Order Date,Net Amount/);
  assert.match(rows[1], /never/);
  assert.match(rows[1], /date/i, 'the reason stands beside the row');
  assert.doesNotMatch(text, /(^|,)"?=/m, 'no cell may run as a formula');
  await app.page.getByTestId('import-cancel').click();
  await app.importFiles(file('mended.csv', text.replace('never', '2025-06-01')));
  assert.equal(await outcome(app), 1);
});

appTest('lists an order that two systems have with both amounts, and counts the one that is right', async (app) => {
  const crm = 'Deal Owner,Customer,Order No,Order Date,Net Amount\nIda,Acme Gears,17,2025-02-15,1000.00\nIda,Borg Tools,18,2025-03-20,100.00\n';
  const erp = 'Customer,Order No,Order Date,Net Amount,Cost\n"Acme Gears, ",17,2025-02-17,900.00,500.00\nCole AG,19,2025-03-01,50.00,20.00\n';
  await app.importFiles(file('crm.csv', crm), file('erp.csv', erp));
  assert.equal(await outcome(app), 4);
  const inCrm = app.page.locator('.problem[data-code=elsewhere]').filter({ hasText: 'in the book, with a warning crm.csv' });
  await inCrm.getByText('order 17: 1000.00 in crm.csv, 900.00 in erp.csv').waitFor();
  await inCrm.getByRole('button', { name: /^The other file is right/ }).click();
  await app.page.waitForFunction(() => document.querySelector('[data-testid=import-result]')?.dataset.rows === '3');
  assert.equal(await app.page.locator('.problem').count(), 0);
  await app.page.getByText('rows left out on purpose: 1').waitFor();
  assert.deepEqual(await app.axe(), []);
  await app.page.getByRole('button', { name: /^Take back/ }).click();
  await app.page.waitForFunction(() => document.querySelector('[data-testid=import-result]')?.dataset.rows === '4');
  assert.equal(await app.page.locator('.problem[data-code=elsewhere]').count(), 2);
});
