// Today: who should have ordered by now, what the user does about it, and the analyses beside it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { appTest } from './support/app.mjs';
import { pdfText } from './support/pdf.mjs';

const tasks = (app) => app.page.getByTestId('task');
/** Waits for the forecast: with it the list stands as it is. */
async function fitted(app) {
  await app.page.locator('[data-testid=forecast][data-state=done]').waitFor({ state: 'attached' });
  await app.page.locator('.page > .stack:not(.stale):not([hidden])').first().waitFor();
}
const nameOf = (task) => task.getByRole('link').first().innerText();
const tabs = { Rhythm: 5, Retention: 3, 'Lost accounts': 2, 'Where to put effort': 2 };

appTest('lists who should have ordered, the most money at stake first', { hash: '#/today' }, async (app) => {
  await fitted(app);
  await tasks(app).first().waitFor();
  const shown = await tasks(app).count();
  assert.ok(shown > 3, `${shown} accounts`);
  await app.page.getByRole('heading', { name: /accounts? to turn to, .+ at stake/ }).waitFor();
  assert.match(await tasks(app).first().innerText(), /usually|every|expected/i);
  const amounts = await app.page.locator('.task .at-stake dd').allInnerTexts();
  const values = amounts.map((text) => Number(text.replace(/[^\d.]/g, '')));
  assert.deepEqual(values, [...values].sort((a, b) => b - a));
  await app.page.getByRole('button', { name: 'Overdue' }).click();
  await app.page.waitForFunction(() => location.hash.includes('state=overdue'));
  const states = await app.page.locator('.task .chip.bad').allInnerTexts();
  assert.equal(states.length, await tasks(app).count());
});

appTest('what is put off or has ceased leaves the list, and comes back', { hash: '#/today' }, async (app) => {
  await fitted(app);
  await tasks(app).first().waitFor();
  const first = await nameOf(tasks(app).first());
  await app.page.getByRole('button', { name: `Snooze ${first}` }).click();
  await app.page.getByRole('button', { name: '2 weeks' }).click();
  const row = tasks(app).filter({ has: app.page.getByRole('link', { name: first, exact: true }) });
  await row.waitFor({ state: 'detached' });
  const left = app.page.getByTestId('left-out');
  await left.getByText('1 snoozed').waitFor();
  await app.page.keyboard.press('Control+z');
  await row.waitFor();
  await app.page.getByRole('button', { name: `${first} has ceased` }).click();
  await row.waitFor({ state: 'detached' });
  await app.saved();
  await app.page.reload();
  await app.ready();
  await left.getByText('1 marked as ceased').click();
  await left.getByRole('button', { name: 'Bring back' }).click();
  await row.waitFor();
});

appTest('a note stays with its account', { hash: '#/today' }, async (app) => {
  await fitted(app);
  await tasks(app).first().waitFor();
  const first = await nameOf(tasks(app).first());
  await app.page.getByRole('button', { name: `Note on ${first}` }).click();
  await app.page.getByRole('textbox', { name: /note/i }).fill('Asked for a quote on <b>rails</b>');
  await app.page.keyboard.press('Tab');
  await app.page.locator('.task-note', { hasText: 'quote on <b>rails</b>' }).waitFor();
  await app.saved();
  await app.page.reload();
  await app.ready();
  await app.page.locator('.task-note', { hasText: 'quote on <b>rails</b>' }).waitFor();
});

appTest('writes the list as a table and as calendar entries', { hash: '#/today' }, async (app) => {
  await fitted(app);
  await tasks(app).first().waitFor();
  const first = await nameOf(tasks(app).first());
  const saved = async (name) => {
    const download = app.page.waitForEvent('download');
    await app.page.getByTestId('today').getByRole('button', { name }).click();
    const file = await download;
    return [file.suggestedFilename(), await readFile(await file.path(), 'utf8')];
  };
  const [table, csv] = await saved('CSV');
  assert.equal(table, 'today.csv');
  assert.ok(csv.includes(first));
  const [calendar, text] = await saved('Calendar');
  assert.equal(calendar, 'today.ics');
  assert.match(text, /^BEGIN:VCALENDAR\r\n/);
  assert.ok((text.match(/BEGIN:VEVENT/g) ?? []).length >= await tasks(app).count());
});

appTest('shows rhythm, retention and losses as tables that can be saved', { hash: '#/today' }, async (app) => {
  for (const [tab, count] of Object.entries(tabs)) {
    await app.page.getByRole('navigation', { name: 'Today' }).getByRole('link', { name: tab }).click();
    await app.page.locator('a[aria-current=page]', { hasText: tab }).waitFor();
    // The tables of the tab before may still be there for a moment.
    await app.page.waitForFunction((wanted) => document.querySelectorAll('.sheet .sheet-head').length === wanted, count);
    await app.page.locator('.sheet tbody tr').first().waitFor();
  }
});

appTest('an account shows when it orders, with the window ahead', { hash: '#/accounts/0' }, async (app) => {
  const rhythm = app.page.getByTestId('rhythm');
  await rhythm.getByText(/Still buys/).waitFor();
  await rhythm.locator('svg .c-band').first().waitFor({ state: 'attached' });
  await rhythm.getByRole('heading', { name: 'Chance that it still buys' }).waitFor();
  await rhythm.locator('svg .c-line-1').first().waitFor({ state: 'attached' });
  await rhythm.getByText(/Next order: about .+ four of five between/).first().waitFor();
  // No sentence has a date that no reader writes.
  assert.doesNotMatch(await rhythm.innerText(), /\d{4}-\d{2}-\d{2}/);
});

appTest('the forecast shows what was held out, its calibration and who still buys', { hash: '#/today?tab=forecast' }, async (app) => {
  await fitted(app);
  const chart = (title) => app.page.locator('figure.chart').filter({ has: app.page.getByRole('heading', { name: title }) });
  const tracked = chart('Orders that came beside those expected');
  await tracked.locator('svg .c-line-2').first().waitFor({ state: 'attached' });
  await tracked.locator('svg text', { hasText: 'held out' }).waitFor();
  await tracked.getByText(/were forecast for these 26 weeks; \d+ came/).waitFor();
  await chart('As many as were forecast').locator('svg .c-fill-1').first().waitFor({ state: 'attached' });
  const map = chart('Recency and frequency: who still buys');
  await map.locator('svg .c-heat-5').first().waitFor({ state: 'attached' });
  for (const one of [tracked, map]) {
    await one.locator('.chart-stage').focus();
    await app.page.keyboard.press('ArrowRight');
    await one.locator('.chart-caption', { hasText: /\w/ }).waitFor();
    await one.getByRole('button', { name: 'Show as a table' }).click();
    await one.locator('tbody tr').first().waitFor();
  }
  assert.deepEqual(await app.axe(), []);
});

appTest('what the user knows of a rhythm comes before its orders', { hash: '#/today' }, async (app) => {
  await fitted(app);
  await tasks(app).first().waitFor();
  const first = await nameOf(tasks(app).first());
  const row = tasks(app).filter({ has: app.page.getByRole('link', { name: first, exact: true }) });
  const choice = app.page.getByRole('combobox', { name: 'What you know of its orders' });
  const open = async () => {
    await row.getByRole('button', { name: `Rhythm of ${first}` }).click();
    await choice.waitFor();
  };
  const day = app.page.getByLabel('Day', { exact: true });
  const keep = app.page.getByRole('button', { name: 'Keep', exact: true });
  await open();
  assert.ok(await day.isHidden());
  await choice.selectOption('contract');
  await day.fill('2020-02-03');
  // Nothing is said before it is kept.
  await app.page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await choice.waitFor({ state: 'detached' });
  await open();
  assert.equal(await choice.inputValue(), '');
  await choice.selectOption('contract');
  await day.fill('');
  await keep.click();
  await app.page.getByText(/^This needs a day/).waitFor();
  await day.fill('2020-02-03');
  await keep.click();
  await choice.waitFor({ state: 'detached' });
  await open();
  assert.equal(await choice.inputValue(), 'contract');
  assert.equal(await day.inputValue(), '2020-02-03');
  await choice.selectOption('projects');
  await keep.click();
  await row.waitFor({ state: 'detached' });
  await app.page.keyboard.press('Control+z');
  await row.waitFor();
});

appTest('an item that has ceased is left out and comes back', { hash: '#/today' }, async (app) => {
  await fitted(app);
  const button = app.page.getByRole('button', { name: /^Items of / }).first();
  await button.waitFor();
  await button.click();
  const item = app.page.getByRole('button', { name: / has ceased$/ }).and(app.page.locator('.popover button')).first();
  await item.click();
  const left = app.page.getByTestId('left-out');
  await left.getByText(/1 item/).click();
  await left.getByRole('button', { name: 'Bring back' }).click();
  await left.waitFor({ state: 'detached' });
});

appTest('whose turn a cause is, is said once and kept', { hash: '#/today?tab=lost' }, async (app) => {
  const causes = app.page.getByTestId('causes');
  await causes.locator('tbody tr').first().waitFor();
  const name = await causes.locator('tbody th').first().innerText();
  await causes.getByRole('combobox').first().selectOption('Marketing');
  await causes.getByRole('checkbox').first().check();
  const judged = app.page.locator('.sheet tbody tr', { hasText: name }).filter({ hasText: 'Cannot be fixed' });
  await judged.waitFor();
  assert.match(await judged.innerText(), /Marketing/);
  await app.saved();
  await app.page.reload();
  await app.ready();
  await judged.waitFor();
});

appTest('a programme is measured against accounts that were left out', { hash: '#/today?tab=programme' }, async (app) => {
  const form = app.page.getByTestId('programme');
  const set = async (label, value) => {
    const field = form.getByLabel(label, { exact: true });
    await field.fill(value);
    await field.press('Tab');
  };
  await set('Name', 'Spring mailing');
  await set('What it cost', '1250.5');
  await form.getByLabel('Accounts it reached: by').selectOption('Segment is');
  await set('Accounts it reached', 'Energy');
  const result = app.page.locator('.sheet').first();
  await result.getByText(/^Weak: there is no control group/).waitFor();
  await form.getByLabel('Accounts left out, to compare with: by').selectOption('Segment is');
  await set('Accounts left out, to compare with', 'Aerospace');
  await result.getByText(/Spring mailing, .+ accounts in it, [1-9]\d* left out/).waitFor();
  assert.equal(await result.locator('tbody tr').count(), 4);
  await app.saved();
  await app.page.reload();
  await app.ready();
  await app.page.locator('.sheet').first().getByText(/Spring mailing, /).waitFor();
  assert.deepEqual(await app.axe(), []);
});

appTest('prints the list on one or two sheets, without controls', { hash: '#/today' }, async (app) => {
  await fitted(app);
  await tasks(app).first().waitFor();
  const names = await app.page.locator('.task .strong').allInnerTexts();
  const bytes = await app.page.pdf({ format: 'A4' });
  const sheets = bytes.toString('latin1').match(/\/Type \/Page\b/g).length;
  assert.ok(sheets <= 2, `${sheets} sheets`);
  const text = pdfText(bytes).replace(/\s+/g, '');
  for (const name of names) assert.ok(text.includes(name.replace(/\s+/g, '')), name);
  assert.match(text, /\d+moreareonthelist/);
  assert.doesNotMatch(text, /Snooze|Ceased|Salesperson|Show\d/);
});
