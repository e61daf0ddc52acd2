// The deal desk: an answer before any input and without orders, what moves it, price breaks, filling it
// from the orders.
import assert from 'node:assert/strict';
import { appTest } from './support/app.mjs';
import { pdfText } from './support/pdf.mjs';

const desk = { hash: '#/deals' };
const verdict = (app) => app.page.getByTestId('verdict');
const keys = { 'Discount off list': 'deal_discount', 'Price breaks': 'deal_breaks', 'Unit cost': 'deal_cost' };
const box = (app, name) => app.page.locator(`[data-testid=field][data-key=${keys[name]}]`);
const figure = async (app, key) => Number(await app.metric(key));
const settles = (app, key, expected) => app.page.waitForFunction(([key, expected]) => {
  const value = document.querySelector(`[data-metric="${key}"]`)?.dataset.value;
  return value !== undefined && Math.abs(Number(value) - expected) < 0.01;
}, [key, expected]);
const board = (app, name) => app.page.getByRole('navigation', { name: 'Deals' }).getByRole('link', { name }).click();

appTest('answers before anything is entered, and says how it got there', desk, async (app) => {
  await verdict(app).filter({ hasText: /Worth .*39,213 over 5 years; it pays back in\s1\.8\syears; you may go down to .*9\.69 a piece/ }).waitFor();
  await settles(app, 'deal_npv', 39_212.79);
  assert.equal(await app.page.getByTestId('approval').innerText(), 'You may agree');
  await app.page.getByRole('button', { name: 'Why? Worth of the deal' }).click();
  const formula = app.page.getByTestId('formula');
  await formula.waitFor();
  assert.match(await formula.innerText(), /worth today of what the deal leaves\s*-\s*laid out at the start/);
  await app.page.keyboard.press('Escape');
  const years = app.page.getByRole('row', { name: /^Year 5/ }).first();
  await years.waitFor();
});

appTest('writes parts of cents, rounds a floor price up, and lets nobody agree to a loss', desk, async (app) => {
  await settles(app, 'deal_npv', 39_212.79);
  for (const [key, value] of [['deal_list', '0.0431'], ['deal_cost', '0.0222']]) {
    const field = app.page.locator(`[data-testid=field][data-key=${key}]`);
    await field.fill(value);
    await field.press('Enter');
  }
  const takes = /^Loses .*it takes \S?(\d\.\d+) a piece/;
  await verdict(app).filter({ hasText: takes }).waitFor();
  await app.page.waitForFunction(() => Number(document.querySelector('[data-metric=deal_floor_price]')?.dataset.value) < 9);
  const floor = await figure(app, 'deal_floor_price');
  const said = Number(takes.exec(await verdict(app).innerText())[1]);
  assert.ok(said >= floor && said - floor <= 0.01, `${said} for ${floor}`);
  await app.page.getByTestId('approval').filter({ hasText: 'Finance must agree' }).waitFor();
  await board(app, 'For the customer');
  await app.page.getByRole('article', { name: 'Offer' }).getByText(/0\.0431/).first().waitFor();
});

appTest('follows what is entered, and undo takes it back', desk, async (app) => {
  await settles(app, 'deal_npv', 39_212.79);
  await box(app, 'Discount off list').fill('13');
  await box(app, 'Discount off list').press('Enter');
  await settles(app, 'deal_npv', 21_824.94);
  await app.page.getByTestId('approval').filter({ hasText: 'A manager must agree' }).waitFor();
  await box(app, 'Discount off list').fill('25');
  await verdict(app).filter({ hasText: /^Loses .*it takes .*9\.69 a piece/ }).waitFor();
  await app.page.getByTestId('approval').filter({ hasText: 'Finance must agree' }).waitFor();
  await box(app, 'Discount off list').press('Enter');
  await app.page.getByTestId('undo').click();
  await app.page.getByTestId('undo').click();
  await settles(app, 'deal_npv', 39_212.79);
});

appTest('a price with three decimals is one number, typed key by key', desk, async (app) => {
  await settles(app, 'deal_npv', 39_212.79);
  const cost = box(app, 'Unit cost');
  await cost.click();
  await cost.press('ControlOrMeta+a');
  await cost.pressSequentially('7.125');
  await cost.press('Enter');
  assert.equal(await cost.inputValue(), '7.125');
  assert.equal(await cost.getAttribute('data-value'), '7.125');
  await app.saved();
  await app.page.reload();
  await app.page.locator('[data-testid=field][data-key=deal_cost][data-value="7.125"]').waitFor();
});

appTest('price breaks are read, drawn and warned of', desk, async (app) => {
  await board(app, 'Price breaks and order size');
  const breaks = box(app, 'Price breaks');
  await breaks.fill('1-9: 12; 11+: 10');
  await app.page.getByText(/no quantity be missing/).waitFor();
  await breaks.fill('1-799: 12; 800+: 10');
  await breaks.press('Enter');
  await app.page.getByRole('cell', { name: '800 pieces cost less in total than 667 to 799.' }).waitFor();
  await app.page.getByRole('img', { name: /What an order costs/ }).first().waitFor();
  await settles(app, 'deal_list_price', 10);
  assert.equal(await app.page.getByRole('row', { name: /12 \(the deal\)/ }).count(), 1);
});

appTest('needs no orders', desk, async (app) => {
  await settles(app, 'deal_npv', 39_212.79);
  await app.page.goto(app.url('#/orders'));
  await app.page.getByRole('button', { name: 'Clear sample' }).click();
  await app.page.goto(app.url('#/deals'));
  await settles(app, 'deal_npv', 39_212.79);
  await box(app, 'Unit cost').fill('8');
  await settles(app, 'deal_unit', 2.69);
  assert.ok(await app.page.getByLabel('Fill from your orders').isHidden());
});

appTest('can be filled from an account, and says so', desk, async (app) => {
  await settles(app, 'deal_npv', 39_212.79);
  const choice = app.page.getByLabel('Fill from your orders');
  await choice.locator('optgroup[label="One account"] option').first().waitFor({ state: 'attached' });
  const name = await choice.locator('optgroup[label="One account"] option').first().innerText();
  await choice.selectOption({ label: name });
  await app.page.getByRole('button', { name: 'Fill', exact: true }).click();
  await app.page.getByText(`Filled from ${name}; each field says where it came from.`).waitFor();
  const field = app.page.locator('.field', { has: app.page.locator('[data-key=deal_volume]') });
  await field.getByText('from your orders').waitFor();
  await app.page.getByTestId('undo').click();
  await settles(app, 'deal_npv', 39_212.79);
});

appTest('a link opens the deal', desk, async (app) => {
  await box(app, 'Discount off list').fill('13');
  await box(app, 'Discount off list').press('Enter');
  await settles(app, 'deal_npv', 21_824.94);
  await app.page.getByTestId('share').click();
  const url = await app.page.getByTestId('share-url').getAttribute('data-url');
  assert.match(url, /#\/deals\?.*deal_discount=13/);
  await app.page.keyboard.press('Escape');
  await app.page.getByTestId('undo').click();
  await settles(app, 'deal_npv', 39_212.79);
  await app.page.goto(url);
  await app.page.getByTestId('preview-keep').click();
  await settles(app, 'deal_npv', 21_824.94);
});

for (const [name, context] of Object.entries({
  'desktop': { viewport: { width: 1440, height: 1000 } },
  '360 px': { viewport: { width: 360, height: 740 } },
  'dark': { viewport: { width: 1440, height: 1000 }, colorScheme: 'dark' },
})) {
  appTest(`each board is accessible and fits: ${name}`, { ...desk, context }, async (app) => {
    for (const tab of ['The deal', 'Price breaks and order size', 'Promise and high demand', 'Effort and learning', 'Dated cash flows', 'For the customer', 'On one page']) {
      await board(app, tab);
      await app.page.locator('.figure-row, .offer').first().waitFor();
      if (tab.startsWith('Price')) {
        await box(app, 'Price breaks').fill('1-799: 12; 800+: 10');
        await app.page.getByRole('img', { name: /What an order costs/ }).first().waitFor();
      }
      if (process.env.SHOTS) await app.page.screenshot({ path: `${process.env.SHOTS}/deals-${name}-${tab}.png`.replaceAll(' ', '-'), fullPage: true });
      assert.deepEqual(await app.axe(), []);
      const wide = await app.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${tab}: ${wide} px too wide`);
    }
  });
}

appTest('another place may be gone to while something is being typed', desk, async (app) => {
  await settles(app, 'deal_npv', 39_212.79);
  await box(app, 'Discount off list').fill('13');
  await app.page.evaluate(() => { location.hash = '#/deals?tab=sheet'; });
  await app.page.getByTestId('deal-sheet').getByRole('row', { name: /^Discount off list/ }).getByText('set by you').waitFor();
  await app.page.goBack();
  await settles(app, 'deal_npv', 21_824.94);
});

appTest('the deal stands on one page with its assumptions and where they come from', desk, async (app) => {
  await settles(app, 'deal_npv', 39_212.79);
  await box(app, 'Discount off list').fill('13');
  await box(app, 'Discount off list').press('Enter');
  await settles(app, 'deal_npv', 21_824.94);
  await board(app, 'On one page');
  const sheet = app.page.getByTestId('deal-sheet');
  const row = (name) => sheet.getByRole('row', { name: new RegExp(`^${name}`) });
  await row('Discount off list').getByText('set by you').waitFor();
  await row('Unit cost').getByText('default').waitFor();
  await sheet.getByText(/^As of /).waitFor();
  await sheet.getByRole('textbox', { name: 'For whom, and what' }).fill('Nord GmbH, bracket 17');
  await sheet.locator('svg[role=img]').waitFor();
  for (const format of ['A4', 'Letter']) {
    const pdf = await app.page.pdf({ format });
    // Fonts join letters: ff is one character then.
    const text = pdfText(pdf).normalize('NFKC').replace(/\s+/g, '');
    for (const words of ['Worthofthedeal', 'Floorprice', 'Discountofflist', 'setbyyou', 'Worth']) assert.ok(text.includes(words), words);
    assert.equal((pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length, 1, `${format}: one page`);
  }
});

appTest('presenter mode holds nothing of ours: not in the page, not on paper, not in the address', { ...desk, context: { colorScheme: 'dark' } }, async (app) => {
  await settles(app, 'deal_npv', 39_212.79);
  await board(app, 'For the customer');
  await app.page.getByRole('link', { name: 'Present to the customer' }).click();
  await app.page.getByTestId('present').getByText('11.04').first().waitFor();
  await app.page.getByRole('textbox', { name: 'For whom, and what' }).fill('Nord GmbH, bracket 17');
  await app.page.locator('.offer .chart svg[role=img]').waitFor();
  const ours = /\bcosts?\b|margin|commission|contribution|retention|39[,.]?212|7\.1\b|9\.69|33[,.]?200/i;
  assert.doesNotMatch(await app.page.locator('body').evaluate((body) => body.outerHTML), ours);
  assert.equal(new URL(app.page.url()).hash, '#/deals?tab=customer&present=on');
  assert.deepEqual(await app.axe(), []);
  for (const key of ['Control+k', 'Control+z', '?']) await app.page.keyboard.press(key);
  assert.equal(await app.page.getByRole('dialog').count(), 0);
  for (const format of ['A4', 'Letter']) {
    const pdf = await app.page.pdf({ format });
    const text = pdfText(pdf);
    assert.doesNotMatch(text, ours);
    assert.match(text.replace(/\s+/g, ''), /11\.04/);
    assert.equal((pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length, 1, `${format}: one page`);
  }
  await app.page.getByRole('link', { name: 'Leave presenter mode' }).click();
  await app.page.getByRole('heading', { name: 'Deals' }).waitFor();
});

appTest('a link for the customer opens as the offer alone, now and after a reload', desk, async (app) => {
  await box(app, 'Unit cost').fill('6.66');
  await box(app, 'Unit cost').press('Enter');
  const list = app.page.locator('[data-testid=field][data-key=deal_list]');
  await list.fill('17.35');
  await list.press('Enter');
  await app.saved();
  await app.page.getByTestId('share').click();
  await app.page.getByText('A link for the customer').click();
  const url = await app.page.getByTestId('share-url-customer').getAttribute('data-url');
  const mine = app.context;
  app.context = await mine.browser().newContext();
  try {
    const theirs = await app.open(url.slice(url.indexOf('#')));
    const seen = async () => {
      await theirs.getByTestId('present').getByText(/15\.96/).first().waitFor();
      assert.equal(await theirs.getByRole('link').count(), 0, 'no way to the pages of the seller');
      assert.doesNotMatch(await theirs.locator('body').innerText(), /\bcosts?\b|margin|floor price|6\.66/i);
    };
    await seen();
    await theirs.reload();
    await seen();
  } finally {
    await app.context.close();
    app.context = mine;
  }
});
