// The pages as a user sees them: first visit, tuning, undo, places, sharing, reach.
import assert from 'node:assert/strict';
import { appTest } from './support/app.mjs';

const entry = (app, key) => app.page.locator(`[data-testid=field][data-key=${key}]`);
const settled = (app, key, was) => app.page.waitForFunction(
  ([name, old]) => document.querySelector(`[data-metric=${name}]`)?.dataset.value !== old, [key, was],
);
const places = ['#/orders', '#/accounts', '#/accounts/0', '#/today', '#/today?tab=rhythm', '#/today?tab=retention', '#/value', '#/value?tab=segments', '#/value?tab=reshuffle'];

appTest('shows a real result of sample data at the first visit', async (app) => {
  for (const key of ['lifetime_value', 'future_value', 'past_value', 'ltv_cac', 'accounts']) {
    assert.ok(Number.isFinite(Number(await app.metric(key))), key);
  }
  await app.page.getByText('This is sample data of a machine shop').waitFor();
  await app.page.getByRole('button', { name: 'Clear sample' }).click();
  await app.page.getByText('There are no orders yet.').waitFor();
  await app.page.getByRole('button', { name: 'Bring back sample' }).click();
  await app.page.getByText('This is sample data of a machine shop').waitFor();
});

appTest('shows at most eight inputs at first, and folded ones count', async (app) => {
  const visible = await app.page.locator('[data-testid=field]:visible').count();
  assert.ok(visible > 0 && visible <= 8, `${visible} are visible`);
  const before = await app.metric('lifetime_value');
  await app.page.getByText('More assumptions').click();
  await app.page.getByText('How the future is valued').click();
  await entry(app, 'growth').fill('5');
  await settled(app, 'lifetime_value', before);
});

appTest('follows a typed assumption and undoes it by name', async (app) => {
  const before = await app.metric('lifetime_value');
  await entry(app, 'discount').fill('20');
  await entry(app, 'discount').press('Enter');
  await settled(app, 'lifetime_value', before);
  await app.page.getByRole('button', { name: /^Undo: discount rate/i }).click();
  await app.page.waitForFunction((was) => document.querySelector('[data-metric=lifetime_value]').dataset.value === was, before);
  await app.page.locator('body').press('Control+Shift+z');
  await settled(app, 'lifetime_value', before);
  await app.page.locator('body').press('Control+z');
  await app.page.waitForFunction((was) => document.querySelector('[data-metric=lifetime_value]').dataset.value === was, before);
});

appTest('never fights the user while typing', async (app) => {
  const field = entry(app, 'discount');
  const before = await app.metric('lifetime_value');
  for (const text of ['-', '', '1.', '1.5']) {
    await field.fill(text);
    assert.equal(await field.inputValue(), text);
  }
  await settled(app, 'lifetime_value', before);
  await field.fill('1000');
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  // A part of what is no value may have been one: what held before the typing holds again.
  await field.press('ControlOrMeta+a');
  await field.pressSequentially('500');
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  await app.page.locator('[data-testid=field][data-key=discount][data-value="10"]').waitFor();
  await app.page.waitForFunction((was) => document.querySelector('[data-metric=lifetime_value]').dataset.value === was, before);
});

appTest('offers the names of the data where a rate is given by name', async (app) => {
  await app.page.getByText('More assumptions').click();
  await app.page.getByText('How the future is valued').click();
  const field = app.page.getByRole('combobox', { name: 'Retention of groups' });
  const names = () => field.evaluate((it) => [...it.list.options].map((option) => [option.label, option.value]));
  await field.focus();
  await app.page.waitForFunction((it) => it.list.options.length > 0, await field.elementHandle());
  const offered = await names();
  assert.ok(offered.some(([label, value]) => label === 'Aerospace' && value === 'Aerospace = '), JSON.stringify(offered));
  const before = await app.metric('lifetime_value');
  await field.fill('Aerospace = 40');
  await settled(app, 'lifetime_value', before);
  const next = await names();
  assert.equal(next.some(([label]) => label === 'Aerospace'), false);
  assert.ok(next.some(([, value]) => value === 'Aerospace = 40; Energy = '), JSON.stringify(next));
  await field.press('Enter');
  assert.equal(await field.inputValue(), 'Aerospace = 40');
});

appTest('draws long names clear of the bars', { hash: '#/value?tab=segments' }, async (app) => {
  for (const width of [1440, 360]) {
    await app.page.setViewportSize({ width, height: 900 });
    await app.page.locator('.chart-stage svg .c-strong').first().waitFor();
    await app.page.waitForTimeout(300);
    const touching = await app.page.evaluate(() => {
      const svg = document.querySelector('.chart-stage svg');
      const bars = [...svg.querySelectorAll('path[class^=c-fill], path.c-level')].map((it) => it.getBBox());
      const texts = [...svg.querySelectorAll('text')].map((it) => [it.textContent, it.getBBox()]);
      return texts.filter(([, text]) => bars.some((bar) => bar.y < text.y + text.height && text.y < bar.y + bar.height
        && bar.x < text.x + text.width + 4 && text.x < bar.x + bar.width + 4)).map(([text]) => text);
    });
    assert.deepEqual(touching, [], `${width} px`);
  }
});

appTest('makes one step of undo of a whole drag', async (app) => {
  const slider = app.page.getByRole('slider', { name: /^Retention/ });
  const before = await app.metric('lifetime_value');
  await slider.focus();
  for (let step = 0; step < 5; step += 1) await app.page.keyboard.down('ArrowLeft');
  await app.page.keyboard.up('ArrowLeft');
  await settled(app, 'lifetime_value', before);
  await app.page.getByTestId('undo').click();
  await app.page.waitForFunction((was) => document.querySelector('[data-metric=lifetime_value]').dataset.value === was, before);
});

appTest('answers why', async (app) => {
  await app.page.getByRole('button', { name: /^Why\? Lifetime value/ }).first().press('Enter');
  const formula = app.page.getByTestId('formula');
  await formula.waitFor();
  assert.ok((await formula.innerText()).length > 10);
});

appTest('keeps work and place over a reload', async (app) => {
  await entry(app, 'discount').fill('17');
  await entry(app, 'discount').press('Enter');
  await app.page.goto(app.url('#/accounts?sort=revenue&q=a'));
  await app.saved();
  const value = await app.metric('lifetime_value');
  await app.page.reload();
  await app.ready();
  await app.page.waitForFunction((was) => document.querySelector('[data-metric=lifetime_value]').dataset.value === was, value);
  assert.equal(await entry(app, 'discount').inputValue(), '17');
  assert.equal(await app.page.getByLabel('Search accounts').inputValue(), 'a');
  assert.equal(await app.page.locator('th[aria-sort=descending]').innerText().then((text) => text.trim().startsWith('Revenue')), true);
});

appTest('opens an account by its link and by the keyboard alone', async (app) => {
  await app.page.goto(app.url('#/accounts'));
  const grid = app.page.getByRole('group', { name: 'Accounts' });
  await grid.getByRole('rowheader').first().waitFor();
  await grid.focus();
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Enter');
  await app.page.getByTestId('account-detail').waitFor();
  assert.match(app.page.url(), /#\/accounts\/\d+/);
  await app.page.reload();
  await app.ready();
  await app.page.getByTestId('account-detail').getByRole('heading', { level: 2 }).waitFor();
});

appTest('exports the accounts as CSV', { hash: '#/accounts' }, async (app) => {
  const saving = app.page.waitForEvent('download');
  await app.page.getByTestId('export-csv').click();
  const stream = await (await saving).createReadStream();
  const lines = Buffer.concat(await stream.toArray()).toString().trim().split(/\r?\n/);
  assert.match(lines[0], /Account/);
  assert.equal(lines.length - 1 >= Number(await app.metric('accounts')), true);
});

appTest('shares a link that a fresh profile opens beside its own work', async (app) => {
  const before = await app.metric('lifetime_value');
  await entry(app, 'discount').fill('21');
  await entry(app, 'discount').press('Enter');
  await settled(app, 'lifetime_value', before);
  const value = await app.metric('lifetime_value');
  await app.page.getByTestId('share').click();
  const url = await app.page.getByTestId('share-url').inputValue();
  assert.match(url, /discount=21/);

  const browser = app.context.browser();
  const fresh = await browser.newContext();
  try {
    const page = await fresh.newPage();
    app.watch(page);
    await page.goto(url);
    await app.ready(page);
    const preview = page.getByTestId('link-preview');
    await preview.waitFor();
    assert.match(await preview.innerText(), /Discount rate/);
    assert.doesNotMatch(page.url(), /discount/, 'the fragment is cleared');
    await preview.getByRole('button', { name: 'Keep' }).click();
    await page.waitForFunction((was) => document.querySelector('[data-metric=lifetime_value]').dataset.value === was, value);
    await page.getByTestId('undo').click();
    await page.waitForFunction((was) => document.querySelector('[data-metric=lifetime_value]').dataset.value !== was, value);
  } finally {
    await fresh.close();
  }
});

appTest('says so when a link was cut short, and keeps the work', { hash: '#/value?v=1&discount=21&c=00000000' }, async (app) => {
  await app.page.getByTestId('notice').filter({ hasText: 'cut short' }).waitFor();
  assert.equal(await app.page.getByTestId('link-preview').count(), 0);
});

// A notice that is fading in has the contrast of no moment that lasts.
const still = (colorScheme) => ({ colorScheme, reducedMotion: 'reduce' });

for (const colorScheme of ['light', 'dark']) {
  for (const hash of places) {
    appTest(`gives axe nothing to find at ${hash}, ${colorScheme}`, { context: still(colorScheme), hash, timeout: 240_000 }, async (app) => {
      await app.page.waitForTimeout(400);
      assert.deepEqual(await app.axe(), []);
    });
  }
}

for (const colorScheme of ['light', 'dark']) {
  appTest(`gives axe nothing to find in what opens, ${colorScheme}`, { context: still(colorScheme), timeout: 240_000 }, async (app) => {
    const clean = async (what) => assert.deepEqual(await app.axe(), [], what);
    for (const name of ['Share', 'Display settings', 'Help and shortcuts']) {
      await app.page.getByRole('button', { name, exact: true }).click();
      await app.page.getByRole('dialog').waitFor();
      await clean(name);
      await app.page.keyboard.press('Escape');
    }
    await app.page.getByRole('button', { name: /^Why\? Lifetime value/ }).first().click();
    await clean('why');
    await app.page.keyboard.press('Escape');
    await app.page.getByText('More assumptions').click();
    for (const part of await app.page.locator('.panel details.panel-group details > summary').all()) await part.click();
    await clean('all assumptions');
    const text = 'Customer,Order No,Order Date,Net Amount\nAcme,1,03/02/2025,100.00\nBorg,2,05/04/2025,200.00\nBorg,3,never,20.00\n';
    await app.importFiles({ name: 'ambiguous.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await app.page.getByTestId('question').waitFor();
    for (const part of await app.page.locator('main details > summary:visible').all()) await part.click();
    await clean('a question');
    await app.page.getByTestId('question').getByRole('radio').first().check();
    await app.page.locator('[data-testid=import-result][data-state=ok]').waitFor();
    await clean('a report');
    await app.page.goto(app.url('#/value?v=99&discount=21&c=00000000'));
    await app.page.getByTestId('link-preview').waitFor();
    await clean('what a link would change');
    await app.page.getByRole('button', { name: 'Discard' }).click();
    await app.page.goto(app.url('#/orders'));
    await app.page.getByRole('button', { name: /^Cancel/ }).click();
    await app.page.getByRole('button', { name: 'Clear sample' }).click();
    for (const place of ['#/orders', '#/accounts', '#/value']) {
      await app.page.goto(app.url(place));
      await app.page.waitForTimeout(300);
      await clean(`${place} without orders`);
    }
  });
}

for (const [width, height] of [[360, 740], [320, 256]]) {
  appTest(`does not scroll sideways at ${width} px`, { context: { viewport: { width, height } } }, async (app) => {
    for (const place of places) {
      await app.page.goto(app.url(place));
      await app.page.waitForTimeout(300);
      const wide = await app.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wide <= 0, `${place} is ${wide} px too wide`);
    }
  });
}

appTest('remembers theme, language and currency', async (app) => {
  await app.page.getByRole('button', { name: 'Display settings' }).click();
  await app.page.getByTestId('theme').selectOption('dark');
  await app.page.getByTestId('locale').selectOption('de-DE');
  await app.page.keyboard.press('Escape');
  await app.saved();
  await app.page.reload();
  await app.ready();
  assert.equal(await app.page.locator('html').getAttribute('data-theme'), 'dark');
  const shown = await app.page.locator('[data-metric=past_value]').first().innerText();
  assert.match(shown, /,|\./);
});

appTest('a link in a tab that is open leads to its page', { hash: '#/deals' }, async (app) => {
  await app.page.evaluate(() => { location.hash = '#/value?v=99&discount=21&c=00000000'; });
  await app.page.getByTestId('link-preview').waitFor();
  await app.page.locator('.tab[aria-current=page]', { hasText: 'Value' }).waitFor();
});

appTest('undo keeps the keyboard\'s place when there is nothing more to undo', async (app) => {
  const undo = app.page.getByTestId('undo');
  await app.page.locator('[data-testid=field][data-key=discount]').fill('11');
  await app.page.locator('[data-testid=field][data-key=discount]').press('Enter');
  await undo.and(app.page.locator('[aria-disabled=false]')).waitFor();
  await undo.press('Enter');
  await undo.and(app.page.locator('[aria-disabled=true]')).waitFor();
  assert.ok(await undo.evaluate((button) => button === document.activeElement));
});

appTest('prints the figures and the assumptions', async (app) => {
  await app.page.goto(app.url('#/value'));
  await app.page.waitForTimeout(300);
  const pdf = await app.page.pdf({ format: 'A4' });
  assert.ok(pdf.length > 10_000);
});

appTest('keys without Ctrl can be switched off', async (app) => {
  await app.page.getByRole('button', { name: 'Display settings' }).click();
  await app.page.getByTestId('single-keys').uncheck();
  await app.page.keyboard.press('Escape');
  await app.saved();
  await app.page.reload();
  await app.ready();
  await app.page.locator('body').press('?');
  await app.page.keyboard.press('Control+k');
  await app.page.getByRole('dialog', { name: 'Go to or do' }).waitFor();
  assert.equal(await app.page.getByRole('dialog').count(), 1);
});

appTest('shows every shortcut by one key', async (app) => {
  await app.page.locator('body').press('?');
  await app.page.getByRole('dialog', { name: 'Help and shortcuts' }).waitFor();
  await app.page.keyboard.press('Escape');
  await app.page.locator('body').press('/');
  await app.page.waitForFunction(() => document.activeElement?.id === 'account-search');
});
