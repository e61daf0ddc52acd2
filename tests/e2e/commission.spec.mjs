// Commission: a scheme from a ready one to its statements, beside others, and what it tempts to.
import assert from 'node:assert/strict';
import { appTest } from './support/app.mjs';

const begin = async (app, key) => {
  await app.page.locator(`[data-ready=${key}]`).click();
  await app.page.getByTestId('scheme-form').waitFor();
};
const add = async (app, name) => {
  await app.page.getByRole('button', { name: 'Add a scheme' }).click();
  await app.page.getByRole('button', { name, exact: true }).click();
  await app.page.getByTestId('scheme-names').getByRole('button', { name, pressed: true }).waitFor();
};
const choice = (app, label) => app.page.locator('label', { hasText: new RegExp(`^${label}`) }).locator('select');
const field = (app, key) => app.page.getByTestId('scheme-form').locator(`[data-testid=field][data-key=${key}]`);

appTest('a scheme begins ready made, is changed, and says so in plain words', { hash: '#/commission' }, async (app) => {
  await begin(app, 'all');
  const words = app.page.getByTestId('words');
  await words.getByText(/3 %/).first().waitFor();
  await field(app, 'rate').fill('4');
  await field(app, 'rate').press('Enter');
  await words.getByText(/4 %/).first().waitFor();
  await app.page.getByLabel('Name of the scheme').fill('Ours');
  await app.page.getByLabel('Name of the scheme').press('Tab');
  await app.page.getByTestId('scheme-names').getByRole('button', { name: /^Ours/ }).waitFor();
  await app.saved();
  await app.page.reload();
  await app.ready();
  await app.page.getByTestId('scheme-names').getByRole('button', { name: /^Ours/ }).waitFor();
  await words.getByText(/4 %/).first().waitFor();
});

appTest('what contradicts itself is refused with the reason', { hash: '#/commission' }, async (app) => {
  await begin(app, 'quota');
  const quota = field(app, 'quota');
  await quota.fill('0');
  await quota.press('Enter');
  const refused = app.page.getByTestId('refused');
  await refused.getByText(/quota/i).first().waitFor();
  await app.page.keyboard.press('Control+z');
  await refused.waitFor({ state: 'hidden' });
});

appTest('schemes stand side by side on the orders, with bands', { hash: '#/commission' }, async (app) => {
  await begin(app, 'all');
  await add(app, '5 % of first orders');
  await add(app, 'Tiers on all sales');
  await app.page.getByRole('link', { name: 'Side by side' }).click();
  const table = app.page.getByRole('region', { name: 'Schemes side by side' });
  await table.getByText('3 % of everything (in use)').waitFor();
  const rows = table.locator('tbody tr');
  assert.equal(await rows.count(), 3);
  // The bands come a little later than the rest.
  await app.page.waitForFunction(() => {
    const cells = [...document.querySelectorAll('[aria-label="Schemes side by side"] tbody tr td:nth-child(3)')];
    return cells.length === 3 && cells.every((cell) => /\d/.test(cell.textContent));
  });
  await app.page.getByRole('region', { name: 'Commission by scheme' }).getByText('Total').waitFor();
  await app.page.getByRole('region', { name: 'What the deal pays' }).waitFor();
});

appTest('a statement names the order, rule and rounding of each line, and can be saved', { hash: '#/commission' }, async (app) => {
  await begin(app, 'tiers');
  await app.page.getByRole('link', { name: 'Statements' }).click();
  await choice(app, 'Person').selectOption('Ana Ruiz');
  const table = app.page.getByRole('region', { name: /^Ana Ruiz, .+ under “Rising tiers”/ });
  await table.getByText('Payout').waitFor();
  await app.page.waitForFunction(() => document.querySelectorAll('[aria-label*="under “Rising tiers”"] tbody tr').length > 1);
  const download = app.page.waitForEvent('download');
  await app.page.getByRole('button', { name: 'CSV' }).first().click();
  assert.equal((await download).suggestedFilename(), 'statement-Ana-Ruiz-2026-10-under-Rising-tiers.csv');
});

appTest('a cliff is found, and marginal tiers are not blamed for it', { hash: '#/commission' }, async (app) => {
  await begin(app, 'cliff');
  await add(app, 'Rising tiers');
  await app.page.getByRole('link', { name: 'Incentives' }).click();
  const findings = app.page.getByTestId('findings');
  await choice(app, 'Scheme').selectOption({ label: 'Tiers on all sales' });
  await findings.getByText('A cliff', { exact: true }).first().waitFor();
  await choice(app, 'Scheme').selectOption({ label: 'Rising tiers' });
  await app.page.waitForFunction(() => {
    const found = [...document.querySelectorAll('[data-testid=findings] .chip')];
    return !found.some((chip) => chip.textContent === 'A cliff');
  });
});

appTest('a curve of bonuses is set by points, drawn, undone and kept', { hash: '#/commission' }, async (app) => {
  await begin(app, 'all');
  await app.page.goto(app.url('#/commission?tab=accounts'));
  const curve = app.page.locator('[data-testid=curve][data-key=target_bonus]');
  const at = (number) => curve.getByRole('textbox', { name: `Target reached, %, point ${number}` });
  const pays = (number) => curve.getByRole('textbox', { name: `Bonus, point ${number}` });
  await curve.getByRole('button', { name: /^Begin with/ }).click();
  await at(2).waitFor();
  await pays(2).fill('4500');
  await pays(2).press('Enter');
  // The new point is the lowest: the others move down.
  await curve.getByRole('textbox', { name: 'Target reached, %, new point' }).fill('60');
  await curve.getByRole('textbox', { name: 'Bonus, new point' }).fill('200');
  await curve.getByRole('button', { name: 'Add point' }).click();
  await at(3).waitFor();
  await app.page.waitForFunction(() => {
    const fields = [...document.querySelectorAll('[data-key=target_bonus] tbody tr:not(:last-child) input')];
    return fields.map((field) => field.value.replace(/\D/g, '')).join() === '60,200,80,1000,100,4500';
  });
  const table = app.page.getByRole('region', { name: 'Targets for returning customers' });
  await table.getByRole('columnheader', { name: /^Bonus/ }).waitFor();
  await app.page.getByRole('heading', { name: 'What the bonus costs, and what it is paid for' }).waitFor();
  await app.page.getByText(/In the last year all together reached/).first().waitFor();
  await curve.getByRole('button', { name: 'Delete point 1' }).click();
  await at(3).waitFor({ state: 'detached' });
  await app.saved();
  await app.page.reload();
  await app.ready();
  await at(2).waitFor();
  assert.equal(await at(3).count(), 0);
  const response = app.page.locator('[data-testid=curve][data-key=response]');
  await response.getByRole('button', { name: /^Begin with/ }).click();
  await app.page.getByRole('heading', { name: 'What a rate on repeat orders must bring' }).waitFor();
  await response.getByRole('button', { name: 'Remove the curve' }).click();
  await app.page.getByRole('heading', { name: 'What a rate on repeat orders must bring' }).waitFor({ state: 'hidden' });
});

appTest('what the orders do not say is said, with how many lines lack it', { hash: '#/commission' }, async (app) => {
  await begin(app, 'all');
  await app.page.getByTestId('scheme-form').locator('label.segment', { hasText: 'Delivery and invoice' }).click();
  await app.page.getByTestId('assumed').getByText(/all \d+ order lines are taken to be 30 days after their order/).waitFor();
});

appTest('a link carries the schemes', { hash: '#/commission' }, async (app) => {
  await begin(app, 'lifetime');
  const link = await app.page.evaluate(() => location.href.split('#')[0]);
  assert.ok(link);
  await app.page.getByRole('button', { name: 'Share' }).click();
  await app.page.getByText('Scheme First and repeat, with lifetime milestones').waitFor();
});

for (const tab of ['', '?tab=compare', '?tab=statements', '?tab=incentives', '?tab=accounts']) {
  appTest(`is accessible and fits a telephone: ${tab || 'schemes'}`, { hash: '#/commission' }, async (app) => {
    await begin(app, 'lifetime');
    await add(app, 'Tiers on all sales');
    await app.page.emulateMedia({ reducedMotion: 'reduce' });
    await app.page.goto(app.url(`#/commission${tab}`));
    await app.page.waitForTimeout(2_000);
    for (const colorScheme of ['light', 'dark']) {
      await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      assert.deepEqual(await app.axe(), []);
    }
    await app.page.setViewportSize({ width: 360, height: 740 });
    assert.ok(await app.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  });
}
