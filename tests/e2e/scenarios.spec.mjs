// Scenarios: side by side with the base, what moves a figure, what would reach a goal, and how
// uncertain it is.
import assert from 'node:assert/strict';
import { appTest } from './support/app.mjs';

const comparison = (app) => app.page.getByTestId('comparison');
const figure = async (app, row, column) => {
  const value = await comparison(app).locator('tbody tr', { has: app.page.getByRole('rowheader', { name: row, exact: true }) })
    .locator('td').nth(column).locator('[data-value]').getAttribute('data-value');
  return Number(value);
};
const add = async (app) => {
  const before = await app.page.getByTestId('scenario').count();
  await app.page.getByRole('button', { name: 'Add a scenario' }).click();
  await app.page.waitForFunction((n) => document.querySelectorAll('[data-testid=scenario]').length === n + 1, before);
  return app.page.getByTestId('scenario').nth(before);
};
const change = async (card, label, key, value) => {
  await card.getByLabel('Change another assumption').selectOption({ label });
  const field = card.locator(`[data-testid=field][data-key=${key}]`);
  await field.fill(value);
  await field.press('Enter');
};

appTest('a scenario stands beside the base, with its difference and where that comes from', { hash: '#/scenarios?of=book' }, async (app) => {
  const card = await add(app);
  await change(card, 'Basics: Retention', 'retention', '95');
  await change(card, 'Basics: Discount rate', 'discount', '8');
  await app.page.waitForFunction(() => document.querySelectorAll('[data-testid=comparison] thead th').length === 3);
  await card.getByText(/more in Scenario A than in the base, because of/).waitFor();
  const [base, scenario] = [await figure(app, 'Lifetime value', 0), await figure(app, 'Lifetime value', 1)];
  assert.ok(scenario > base, `${scenario} > ${base}`);
  assert.equal(await app.page.locator('.compare td.best').count() > 0, true);
  // The base is what the rest of the page shows.
  assert.equal(base, Number(await app.metric('lifetime_value')));
  await card.getByText('Step by step').click();
  await card.getByRole('group', { name: /from the base to Scenario A/ }).waitFor();
  // Adopted, its figures are the base's.
  await card.getByRole('button', { name: 'Actions for Scenario A' }).click();
  await app.page.getByRole('button', { name: 'Make it the base' }).click();
  await app.page.waitForFunction((wanted) => Number(document.querySelector('[data-metric=lifetime_value]').dataset.value) === wanted, scenario);
  assert.equal(await app.page.getByTestId('scenario').count(), 0);
  await app.page.keyboard.press('Control+z');
  await app.page.waitForFunction((wanted) => Number(document.querySelector('[data-metric=lifetime_value]').dataset.value) === wanted, base);
  assert.equal(await app.page.getByTestId('scenario').count(), 1);
});

appTest('scenarios are renamed, copied, moved and deleted, and survive a reload', { hash: '#/scenarios?of=book' }, async (app) => {
  const first = await add(app);
  await first.getByLabel('Name of the scenario').fill('Longer');
  await first.getByLabel('Name of the scenario').press('Tab');
  await change(first, 'Basics: Horizon', 'horizon', '10');
  await first.getByRole('button', { name: 'Actions for Longer' }).click();
  await app.page.getByRole('button', { name: 'Duplicate' }).click();
  const names = () => app.page.getByLabel('Name of the scenario').evaluateAll((all) => all.map((one) => one.value));
  await app.page.waitForFunction(() => document.querySelectorAll('[data-testid=scenario]').length === 2);
  assert.deepEqual(await names(), ['Longer', 'Longer copy']);
  await app.page.getByRole('button', { name: 'Actions for Longer copy' }).click();
  await app.page.getByRole('button', { name: 'Move left' }).click();
  await app.page.waitForFunction(() => document.querySelector('.scenario-name').value === 'Longer copy');
  await app.saved();
  await app.page.reload();
  await app.ready();
  await app.page.getByTestId('scenario').nth(1).waitFor();
  assert.deepEqual(await names(), ['Longer copy', 'Longer']);
  await app.page.getByRole('button', { name: 'Actions for Longer copy' }).click();
  await app.page.getByRole('button', { name: 'Delete' }).click();
  await app.page.waitForFunction(() => document.querySelectorAll('[data-testid=scenario]').length === 1);
});

appTest('two scenarios of a deal are held against each other, with price and volume', { hash: '#/scenarios' }, async (app) => {
  const between = app.page.getByTestId('between');
  assert.ok(await between.isHidden());
  const first = await add(app);
  await change(first, 'Price: Discount off list', 'deal_discount', '13');
  const second = await add(app);
  await change(second, 'Volume and order size: Pieces a year', 'deal_volume', '100000');
  await between.getByText(/in Scenario B than in Scenario A, because of .*100,000/).waitFor();
  await between.getByText(/^A year's revenue: .+ more in Scenario B than in Scenario A \(price \+.+, volume \+.+\)\.$/).waitFor();
  await between.locator('label', { hasText: /^From/ }).locator('select').selectOption('base');
  await between.getByText(/in Scenario B than in the base, because of/).waitFor();
  await between.getByText(/\(volume \+.+\)\.$/).waitFor();
  await between.getByRole('group', { name: /from the base to Scenario B/ }).waitFor();
});

appTest('the tornado names what matters, and an end of it becomes a scenario', { hash: '#/scenarios?tab=sensitivity&of=book' }, async (app) => {
  await app.page.getByTestId('strongest').getByText(/Lifetime value hangs most on/).waitFor();
  await app.page.getByText('Keep one of these as a scenario').click();
  await app.page.getByRole('button', { name: /^Keep Retention .+ as a scenario$/ }).first().click();
  await app.page.getByTestId('grid').locator('td button').first().click();
  await app.page.getByRole('link', { name: 'Side by side' }).click();
  await app.page.getByTestId('scenario').nth(1).waitFor();
  assert.equal(await app.page.getByTestId('scenario').count(), 2);
});

appTest('a goal is reached by one input, or the nearest is said', { hash: '#/scenarios?tab=goal&of=book' }, async (app) => {
  const base = Number(await app.metric('lifetime_value'));
  const answer = app.page.getByTestId('answer');
  await app.page.getByLabel('By changing').selectOption({ label: 'Basics: Discount rate' });
  await app.page.getByTestId('target').fill(String(Math.round(base * 1.05)));
  await app.page.getByTestId('target').press('Tab');
  await answer.getByText(/^Lifetime value is .+ at discount rate/).waitFor();
  await app.page.getByRole('button', { name: 'Use this value' }).click();
  await app.page.waitForFunction((was) => Number(document.querySelector('[data-metric=lifetime_value]').dataset.value) > was * 1.03, base);
  await app.page.getByTestId('target').fill('1e15');
  await app.page.getByTestId('target').press('Tab');
  assert.equal(await app.page.getByTestId('target').getAttribute('aria-invalid'), 'true');
  await app.page.getByTestId('target').fill('999999999999');
  await app.page.getByTestId('target').press('Tab');
  await answer.getByText(/^No discount rate that is allowed .+ The nearest is/).waitFor();
});

appTest('ranges give a spread, the same for the same seed', { hash: '#/scenarios?tab=uncertainty&of=book' }, async (app) => {
  await app.page.getByLabel('Another input').selectOption({ label: 'Basics: Retention' });
  const range = app.page.locator('[data-testid=range][data-key=retention]');
  await range.fill('70 to 90');
  await range.press('Tab');
  const simulated = app.page.getByTestId('simulated');
  await simulated.waitFor();
  await app.page.locator('label', { hasText: /^Draws/ }).locator('select').selectOption('1000');
  await app.page.getByRole('heading', { name: /in 1000 draws/ }).waitFor();
  const facts = () => simulated.innerText();
  const first = await facts();
  await app.page.getByRole('button', { name: 'Draw others' }).click();
  await app.page.waitForFunction((was) => document.querySelector('[data-testid=simulated]').innerText !== was, first);
  await app.page.keyboard.press('Control+z');
  await app.page.waitForFunction((was) => document.querySelector('[data-testid=simulated]').innerText === was, first);
  await range.fill('90 to 70');
  await range.press('Tab');
  await app.page.getByText(/low end must be below/).waitFor();
});

for (const tab of ['', '?tab=sensitivity', '?tab=goal', '?tab=uncertainty']) {
  appTest(`is accessible and fits a telephone: ${tab || 'side by side'}`, { hash: `#/scenarios${tab}${tab ? '&' : '?'}of=book` }, async (app) => {
    if (!tab) await change(await add(app), 'Basics: Retention', 'retention', '95');
    if (tab.includes('uncertainty')) await app.page.getByLabel('Another input').selectOption({ label: 'Basics: Retention' });
    await app.page.emulateMedia({ reducedMotion: 'reduce' });
    await app.page.waitForTimeout(500);
    for (const colorScheme of ['light', 'dark']) {
      await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      assert.deepEqual(await app.axe(), []);
    }
    await app.page.setViewportSize({ width: 360, height: 740 });
    assert.ok(await app.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  });
}
