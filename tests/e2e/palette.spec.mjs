// The palette: a page, an account, an assumption or an action by name, with the keyboard alone.
import assert from 'node:assert/strict';
import { appTest } from './support/app.mjs';

const open = async (app) => {
  await app.page.locator('[data-testid=field][data-key=discount]').waitFor({ state: 'attached' });
  await app.page.keyboard.press('Control+k');
  const input = app.page.getByRole('combobox', { name: /^A page, an account/ });
  await input.waitFor();
  await app.page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox');
  return input;
};
const options = (app) => app.page.getByRole('listbox', { name: 'Matches' }).getByRole('option');
const chosen = (app) => app.page.getByRole('listbox', { name: 'Matches' }).getByRole('option', { selected: true });

appTest('goes to a page and an analysis by name', async (app) => {
  await open(app);
  await app.page.keyboard.type('val');
  await chosen(app).filter({ hasText: 'Value' }).waitFor();
  await app.page.keyboard.press('Enter');
  await app.page.waitForFunction(() => location.hash === '#/value');
  await open(app);
  await app.page.keyboard.type('segm');
  await app.page.keyboard.press('Enter');
  await app.page.waitForFunction(() => location.hash === '#/value?tab=segments');
});

appTest('lets order files be chosen from any page', { hash: '#/value' }, async (app) => {
  await open(app);
  await app.page.keyboard.type('order files');
  await chosen(app).filter({ hasText: 'Choose order files' }).waitFor();
  const chooser = app.page.waitForEvent('filechooser');
  await app.page.keyboard.press('Enter');
  assert.equal((await chooser).isMultiple(), true);
  await app.page.waitForFunction(() => location.hash === '#/orders');
});

appTest('goes to an assumption in a folded group, and to an account', async (app) => {
  await app.page.getByRole('button', { name: 'Show or hide the assumptions' }).click();
  await open(app);
  await app.page.keyboard.type('margin growth');
  await app.page.keyboard.press('Enter');
  await app.page.waitForFunction(() => document.activeElement?.dataset.key === 'growth');
  await app.page.goto(app.url('#/accounts'));
  const name = (await app.page.getByRole('group', { name: 'Accounts' }).getByRole('rowheader').nth(2).innerText()).trim();
  await open(app);
  await app.page.keyboard.type(name);
  await app.page.getByRole('option', { name: `${name} Account` }).first().waitFor();
  await app.page.keyboard.press('Enter');
  await app.page.getByTestId('account-detail').getByRole('heading', { level: 2, name }).waitFor();
});

appTest('runs actions, and Escape gives the focus back', async (app) => {
  const help = app.page.getByRole('button', { name: 'Help and shortcuts' });
  await help.focus();
  await open(app);
  await app.page.keyboard.press('Escape');
  await app.page.getByTestId('palette').waitFor({ state: 'hidden' });
  assert.equal(await help.evaluate((it) => it === document.activeElement), true);

  await open(app);
  await app.page.keyboard.type('dark');
  await app.page.keyboard.press('Enter');
  await app.page.locator('html[data-theme=dark]').waitFor();

  const field = app.page.locator('[data-testid=field][data-key=discount]');
  await field.fill('20');
  await field.press('Enter');
  await open(app);
  await app.page.keyboard.type('undo');
  await app.page.keyboard.press('Enter');
  await app.page.waitForFunction(() => !document.querySelector('[data-testid=field][data-key=discount]').value.startsWith('20'));

  await open(app);
  await app.page.keyboard.type('share');
  await app.page.keyboard.press('Enter');
  await app.page.getByTestId('share-url').waitFor();
  await app.page.keyboard.press('Escape');

  await open(app);
  await app.page.keyboard.type('export');
  const [saved] = await Promise.all([app.page.waitForEvent('download'), app.page.keyboard.press('Enter')]);
  assert.match(saved.suggestedFilename(), /\.csv$/);
});

appTest('chooses with the arrows in a circle, and with a click', async (app) => {
  await open(app);
  const first = await chosen(app).innerText();
  await app.page.keyboard.press('ArrowUp');
  const last = await options(app).last().innerText();
  assert.equal(await chosen(app).innerText(), last);
  await app.page.keyboard.press('ArrowDown');
  assert.equal(await chosen(app).innerText(), first);
  await app.page.keyboard.type('zzz');
  await app.page.getByText('0 matches').waitFor();
  await app.page.keyboard.press('Enter');
  await app.page.keyboard.press('Control+a');
  await app.page.keyboard.type('accounts');
  await options(app).first().click();
  await app.page.waitForFunction(() => location.hash === '#/accounts');
});

for (const colorScheme of ['light', 'dark']) {
  appTest(`gives axe nothing to find, ${colorScheme}`, { context: { colorScheme } }, async (app) => {
    await open(app);
    assert.deepEqual(await app.axe(), []);
    await app.page.keyboard.type('zzz');
    await app.page.getByText('0 matches').waitFor();
    assert.deepEqual(await app.axe(), []);
  });
}

appTest('fits a small window', { context: { viewport: { width: 320, height: 256 } } }, async (app) => {
  await open(app);
  for (let step = 0; step < 11; step += 1) await app.page.keyboard.press('ArrowDown');
  // What is chosen is scrolled into view in the frame after.
  const fits = (box) => box.x >= 0 && box.x + box.width <= 320 && box.y >= 0 && box.y + box.height <= 256;
  let box = await chosen(app).boundingBox();
  for (let tries = 0; tries < 50 && !fits(box); tries += 1) {
    await app.page.evaluate(() => new Promise(requestAnimationFrame));
    box = await chosen(app).boundingBox();
  }
  assert.ok(fits(box), JSON.stringify(box));
});
