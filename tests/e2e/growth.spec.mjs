// Growth: the upsell catalogue, the customer's own case, the record, and the levers.
import assert from 'node:assert/strict';
import { appTest } from './support/app.mjs';

const value = async (app, id) => Number(await app.page.locator(`[data-testid=offers] tr[data-offer="${id}"] [data-value]`).getAttribute('data-value'));

appTest('the catalogue follows its figures, and the best mix fits into the hours', { hash: '#/growth' }, async (app) => {
  const mix = app.page.getByTestId('mix');
  await mix.getByText(/best mix/i).waitFor();
  const before = await value(app, 1);
  const card = app.page.getByTestId('offer-card').first();
  await card.locator('[data-testid=field][data-key=fee]').fill('24000');
  await card.locator('[data-testid=field][data-key=fee]').press('Enter');
  await app.page.waitForFunction((was) => Number(document.querySelector('tr[data-offer="1"] [data-value]').dataset.value) > was, before);
  const hours = app.page.locator('[aria-labelledby=business-title] [data-testid=field][data-key=hours]');
  await hours.fill('100000');
  await hours.press('Enter');
  await mix.getByText(/All offers of any worth fit/).waitFor();
  await app.page.getByRole('button', { name: 'Add an offer' }).click();
  await app.page.waitForFunction(() => document.querySelectorAll('[data-testid=offers] tbody tr').length === 5);
  await app.page.keyboard.press('Control+z');
  await app.page.waitForFunction(() => document.querySelectorAll('[data-testid=offers] tbody tr').length === 4);
  await app.saved();
  await app.page.reload();
  await app.ready();
  await mix.getByText(/All offers of any worth fit/).waitFor();
  await app.page.getByRole('button', { name: 'The examples again' }).click();
  await app.page.waitForFunction((was) => Number(document.querySelector('tr[data-offer="1"] [data-value]').dataset.value) === was, before);
});

appTest('an offer goes with the deal, and the customer sees when it pays', { hash: '#/growth' }, async (app) => {
  await app.page.getByRole('checkbox', { name: 'Priority Quality Response goes with the deal' }).check();
  await app.page.getByTestId('beside').getByText(/^Worth .+ with them, .+ without; it pays back/).waitFor();
  const card = app.page.getByTestId('offer-card').nth(2);
  await card.getByText('What it is worth to the customer').click();
  await card.getByTestId('case').getByText('It pays if it saves 1.4 hours a month.').waitFor();
});

appTest('the value of an offer and of the levers is explained by its own values', { hash: '#/growth' }, async (app) => {
  const row = app.page.locator('[data-testid=offers] tr[data-offer="1"]');
  await row.getByRole('button', { name: 'Why? Value of the offer' }).click();
  const formula = app.page.getByTestId('formula');
  await formula.waitFor();
  assert.match(await formula.innerText(), /fees less delivery\s*\+\s*better retention\s*\+\s*more orders\s*-\s*campaign/);
  await app.page.keyboard.press('Escape');
  await app.page.goto(app.url('#/growth?tab=levers'));
  await app.page.getByRole('button', { name: 'Why? A year leaves' }).click();
  await formula.waitFor();
  await app.page.locator('.why-inputs').getByText(/25,000/).waitFor();
});

appTest('an offer goes with an account, which is worth more with it', { hash: '#/accounts/0' }, async (app) => {
  const name = await app.page.locator('#detail-title').filter({ hasText: /\w/ }).innerText();
  await app.page.getByTestId('account-detail').getByRole('link', { name: 'Upsells' }).click();
  await app.page.waitForFunction(() => location.hash === '#/growth?account=0');
  const card = app.page.getByTestId('account-upsells');
  const account = card.locator('label', { hasText: /^Account/ }).locator('select');
  await card.getByText('Tick in the table above what goes with it.').waitFor();
  await app.page.getByRole('columnheader', { name: `On ${name}` }).waitFor();
  assert.equal(await account.evaluate((one) => one.selectedOptions[0].text), name);
  await app.page.getByRole('checkbox', { name: 'Priority Quality Response goes with the account' }).check();
  await card.getByText(/^Worth .+ with them, .+ without; it pays back/).waitFor();
  await card.getByText(`Upsells are attached to ${name} (1 offer).`).waitFor();
  await account.selectOption({ label: 'Choose…' });
  await card.getByText(/^Worth/).waitFor({ state: 'hidden' });
  await card.getByText(`Upsells are attached to ${name} (1 offer).`).waitFor();
  await app.page.goto(app.url('#/accounts/0'));
  const panel = app.page.getByTestId('account-detail');
  await panel.getByText(/^Worth .+ with them, .+ without; it pays back/).waitFor();
  await app.page.goto(app.url('#/accounts/1'));
  await panel.getByTestId('rhythm').waitFor();
  await panel.getByText(/^Worth .+ with them/).waitFor({ state: 'hidden' });
});

appTest('what was offered and taken gives a share with its range', { hash: '#/growth?tab=tracker' }, async (app) => {
  const row = app.page.getByTestId('tracked').locator('tbody tr').first();
  await row.getByText('not offered yet').waitFor();
  const enter = async (month, offered, taken) => {
    await app.page.getByLabel('Month', { exact: true }).fill(month);
    await app.page.getByLabel('Offered', { exact: true }).fill(offered);
    await app.page.getByLabel('Taken', { exact: true }).fill(taken);
    await app.page.getByRole('button', { name: 'Enter' }).click();
  };
  await enter('2026-03', '20', '0');
  await row.getByText(/none yet; at most \d/).waitFor();
  await enter('2026-04', '20', '10');
  await row.getByText('25.0 % (14.2 % to 40.2 %)').waitFor();
  await row.getByText('2026-03: 0 of 20, 2026-04: 10 of 20').waitFor();
});

appTest('levers are ranked by one step of each', { hash: '#/growth?tab=levers' }, async (app) => {
  const rows = app.page.getByTestId('levers').locator('tbody tr');
  await rows.nth(4).waitFor();
  assert.equal(await rows.count(), 5);
  const plants = app.page.locator('[data-testid=field][data-key=plants]');
  await plants.fill('4');
  await plants.press('Enter');
  await app.page.getByTestId('levers').getByText('4 to 5').waitFor();
});

for (const tab of ['', '?tab=tracker', '?tab=levers']) {
  appTest(`is accessible and fits a telephone: ${tab || 'upsells'}`, { hash: `#/growth${tab}` }, async (app) => {
    await app.page.waitForTimeout(500);
    for (const colorScheme of ['light', 'dark']) {
      await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      assert.deepEqual(await app.axe(), []);
    }
    await app.page.setViewportSize({ width: 360, height: 740 });
    assert.ok(await app.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  });
}
