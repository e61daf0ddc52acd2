// Project files: with the orders inside or without, opened in another browser, beside the work.
import assert from 'node:assert/strict';
import { appTest } from './support/app.mjs';
import { accounts, downloaded, file, lines, outcome, use } from './support/orders.mjs';

const field = (page, key) => page.locator(`[data-testid=field][data-key=${key}]`);
const set = async (page, key, value) => {
  await field(page, key).fill(value);
  await field(page, key).press('Enter');
};
const save = (app, testid) => downloaded(app, async () => {
  await app.page.getByTestId('share').click();
  await app.page.getByTestId(testid).click();
});
const open = async (app, text) => {
  await app.page.getByTestId('share').click();
  await app.page.getByTestId('project-open').setInputFiles(file('plan.ltv.json', text, 'application/json'));
  await app.page.getByTestId('link-preview').waitFor();
};

// The same app with nothing saved, as another person has it.
async function elsewhere(app, body) {
  const { page, context } = app;
  app.context = await context.browser().newContext();
  try {
    app.page = await app.open();
    await body();
  } finally {
    await app.context.close();
    Object.assign(app, { page, context });
  }
}

appTest('a project saved with its orders restores both in another browser', { timeout: 240_000 }, async (app) => {
  const { text, rows } = lines(200_000);
  await app.importFiles(file('orders.csv', text));
  await outcome(app);
  await use(app);
  await accounts(app, 90);
  await set(app.page, 'discount', '17');
  await app.saved();
  const value = await app.metric('lifetime_value');
  const project = await save(app, 'project-save-orders');
  assert.equal(JSON.parse(project).files[0].text, text);
  await elsewhere(app, async () => {
    await open(app, project);
    assert.match(await app.page.getByTestId('link-preview').innerText(), /orders\.csv|1 file/);
    await app.page.getByTestId('preview-keep').click();
    await accounts(app, 90);
    await app.page.waitForFunction((was) => document.querySelector('[data-metric=lifetime_value]').dataset.value === was, value);
    await app.saved();
    await app.page.reload();
    await app.ready();
    await accounts(app, 90);
    assert.equal(await app.metric('lifetime_value'), value);
    await app.page.goto(app.url('#/orders'));
    await app.page.locator(`[data-testid=import-result][data-rows="${rows}"]`).waitFor();
  });
});

appTest('a project saved without its orders holds none of them', async (app) => {
  const { text } = lines(20_000);
  await app.importFiles(file('orders.csv', text));
  await outcome(app);
  await use(app);
  await accounts(app, 90);
  const project = await save(app, 'project-save');
  assert.doesNotMatch(project, /Customer \d/);
  await elsewhere(app, async () => {
    await open(app, project);
    await app.page.getByTestId('preview-keep').click();
    await app.page.getByTestId('trouble').waitFor();
    assert.match(await app.page.getByTestId('trouble').innerText(), /orders\.csv.*[Cc]hoose the file again/);
  });
});

appTest('says when a project file was saved last', async (app) => {
  await app.page.getByTestId('save-state').click();
  await app.page.getByText('No project file was saved from this browser yet.').waitFor();
  await app.page.keyboard.press('Escape');
  await save(app, 'project-save');
  await app.page.keyboard.press('Escape');
  await app.page.reload();
  await app.ready();
  await app.page.getByTestId('save-state').click();
  await app.page.getByText(/Last project file saved: today/).waitFor();
});

appTest('shows what was opened and the work side by side', async (app) => {
  await set(app.page, 'discount', '12');
  await app.saved();
  const mine = await app.metric('lifetime_value');
  await open(app, JSON.stringify({ app: 'perennial', kind: 'project', schema: 1, assumptions: { discount: '19' } }));
  const row = app.page.getByTestId('side-by-side').locator('[data-figure=lifetime_value]');
  await row.locator('td[data-value]').first().waitFor();
  const [now, then] = await row.locator('td[data-value]').evaluateAll((cells) => cells.map((cell) => cell.dataset.value));
  assert.equal(now, mine);
  assert.notEqual(then, mine);
  assert.match(await row.innerText(), /−.*%/);
  // It follows an edit.
  await set(app.page, 'discount', '15');
  await app.page.waitForFunction((was) => document.querySelector('[data-testid=side-by-side] [data-figure=lifetime_value] td').dataset.value !== was, now);
  assert.equal(await row.locator('td[data-value]').first().getAttribute('data-value'), await app.metric('lifetime_value'));
  await app.page.getByTestId('preview-compare').click();
  await app.page.waitForFunction((was) => document.querySelector('[data-metric=lifetime_value]').dataset.value === was, then);
  await app.page.getByTestId('preview-keep').click();
  await app.page.waitForFunction((was) => document.querySelector('[data-metric=lifetime_value]').dataset.value === was, then);
});
