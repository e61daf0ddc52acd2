// Today: who should have ordered by now, what the user does about it, and the analyses beside it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { appTest } from './support/app.mjs';

const tasks = (app) => app.page.getByTestId('task');
const nameOf = (task) => task.getByRole('link').first().innerText();
const tabs = { Rhythm: 5, Retention: 3, 'Lost accounts': 2, 'Where to put effort': 2 };

appTest('lists who should have ordered, the most money at stake first', { hash: '#/today' }, async (app) => {
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
    const captions = app.page.locator('.sheet .sheet-head');
    await captions.nth(count - 1).waitFor();
    assert.equal(await captions.count(), count);
    await app.page.locator('.sheet tbody tr').first().waitFor();
  }
});

appTest('an account shows when it orders, with the window ahead', { hash: '#/accounts/0' }, async (app) => {
  const rhythm = app.page.getByTestId('rhythm');
  await rhythm.getByText(/Still buys/).waitFor();
  await rhythm.locator('svg .c-band').first().waitFor({ state: 'attached' });
});
