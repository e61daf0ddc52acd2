// Saving: what is shown as saved survives, storage that is denied or damaged costs no work, and two
// tabs lose nothing.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { serveFolder } from '../../script/server.mjs';
import { appTest, basePath, dist, openProfile, patience } from './support/app.mjs';
import { newest, put, records } from './support/database.mjs';

const field = (page, key) => page.locator(`[data-testid=field][data-key="${key}"]`).first();

async function type(page, key, value) {
  await field(page, key).fill(value);
  await field(page, key).press('Enter');
  await field(page, key).blur();
}

const value = (page, key) => field(page, key).inputValue();

const state = (page) => page.locator('[data-testid=save-state]').first().evaluate((el) => ({ ...el.dataset }));

async function shows(page, key, wanted) {
  await page.waitForFunction(([key, wanted]) => {
    const found = document.querySelector(`[data-testid=field][data-key="${key}"]`);
    return found?.value.startsWith(wanted);
  }, [key, wanted], { timeout: patience });
}

appTest('an edit is saved and a reload shows it, with its undo step', async (app) => {
  await type(app.page, 'retention', '71');
  await app.saved();
  await app.page.reload();
  await app.ready();
  await shows(app.page, 'retention', '71');
  await app.page.locator('body').press('Control+z');
  await app.page.waitForFunction(() => !document.querySelector('[data-testid=field][data-key=retention]').value.startsWith('71'));
});

appTest('storage that is denied costs nothing but the saving', {
  complaints: /./,
  init: () => {
    const denied = { get() { throw new DOMException('denied', 'SecurityError'); } };
    Object.defineProperty(window, 'indexedDB', denied);
    Object.defineProperty(window, 'localStorage', denied);
  },
}, async (app) => {
  await type(app.page, 'retention', '64');
  await app.page.waitForFunction(() => document.querySelector('[data-testid=save-state]').dataset.state === 'memory');
  await shows(app.page, 'retention', '64');
});

appTest('a damaged record is set aside and the one before it is opened', async (app) => {
  await type(app.page, 'retention', '61');
  await app.saved();
  await type(app.page, 'retention', '62');
  await app.saved();
  await app.page.goto('about:blank');
  await app.page.goto(app.url('#/nowhere'), { waitUntil: 'commit' });
  await app.page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.endsWith(':document')) localStorage.removeItem(key);
  });
  const { key, text } = await newest(app.page);
  await put(app.page, key, text.slice(0, text.length / 2));
  await app.page.reload();
  await app.ready();
  const found = await value(app.page, 'retention');
  assert.ok(!found.startsWith('62'), found);
  const { keys: kept } = await records(app.page);
  assert.ok(kept.some((key) => key.startsWith('lost-')), String(kept));
});

appTest('what one tab saves the other shows', async (app) => {
  const other = await app.open();
  await type(app.page, 'retention', '57');
  await app.saved();
  await shows(other, 'retention', '57');
  await type(other, 'discount', '13');
  await app.saved(other);
  await shows(app.page, 'discount', '13');
  assert.equal((await state(app.page)).state, 'saved');
});

appTest('of two tabs that edit at once both versions are kept', async (app) => {
  const other = await app.open();
  await Promise.all([type(app.page, 'retention', '51'), type(other, 'retention', '52')]);
  await Promise.all([app.saved(), app.saved(other)]);
  const both = async () => {
    const all = (await records(app.page)).texts.join('\n');
    return all.includes('"51"') && all.includes('"52"');
  };
  const end = Date.now() + patience;
  while (!await both()) assert.ok(Date.now() < end, 'both versions must be kept');
});

appTest('imported orders are there after a reload', async (app) => {
  const lines = ['Order;Date;Customer;Net revenue;Cost'];
  for (let i = 1; i <= 40; i += 1) lines.push(`${i};2025-03-${String(1 + (i % 28)).padStart(2, '0')};Customer ${i % 7};${i * 10},50;${i * 6},00`);
  await app.importFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
  await app.page.locator('[data-testid=import-commit]').click();
  const accounts = () => app.page.waitForFunction(() => document.querySelector('[data-metric=accounts]')?.dataset.value === '7');
  await accounts();
  await app.saved();
  await app.page.reload();
  await app.ready();
  await accounts();
});

appTest('orders that are not kept are not called saved', async (app) => {
  const lines = ['Order;Date;Customer;Net revenue'];
  for (let i = 1; i <= 9; i += 1) lines.push(`${i};2025-03-0${i};Customer ${i};${i * 10},50`);
  const face = app.page.getByTestId('save-state');
  await app.page.getByRole('button', { name: 'Display settings' }).click();
  await app.page.getByTestId('keep-orders').uncheck();
  await app.page.keyboard.press('Escape');
  await app.saved();
  assert.equal(await face.innerText(), 'Saved');
  await app.importFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
  await app.page.locator('[data-testid=import-commit]').click();
  await app.saved();
  assert.equal(await face.innerText(), 'Saved without orders');
  await app.page.getByRole('button', { name: 'Saved without orders: where your work is kept' }).click();
  await app.page.getByText('Your orders are not saved: they are in memory only').waitFor();
  assert.deepEqual(await app.axe(), []);
  await app.page.keyboard.press('Escape');
  await app.page.getByRole('button', { name: 'Display settings' }).click();
  await app.page.getByTestId('keep-orders').check();
  await app.page.keyboard.press('Escape');
  await app.saved();
  assert.equal(await face.innerText(), 'Saved');
  await app.page.reload();
  await app.ready();
  await face.click();
  await app.page.getByText('Your order files are kept in this browser.').waitFor();
});

appTest('an import whose files were not saved when the page crashed gives way to the orders before it', async (app) => {
  const orders = (count) => Array.from({ length: count }, (_, i) => `${i};2025-03-0${1 + (i % 9)};Customer ${i};${i * 10},50`);
  const take = async (name, count) => {
    const text = ['Order;Date;Customer;Net revenue', ...orders(count)].join('\n');
    await app.importFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    await app.page.locator('[data-testid=import-commit]').click();
    await accounts(count);
  };
  const accounts = (count) => app.page.waitForFunction((wanted) => document.querySelector('[data-metric=accounts]')?.dataset.value === wanted, String(count));
  await take('old.csv', 7);
  await app.saved();
  // The file system that never answers is one that is slower than the crash.
  await app.page.evaluate(() => { FileSystemFileHandle.prototype.createWritable = () => new Promise(() => {}); });
  await take('new.csv', 9);
  const session = await app.context.newCDPSession(app.page);
  const crashed = app.page.waitForEvent('crash');
  session.send('Page.crash').catch(() => {});
  await crashed;
  app.page = await app.open();
  await accounts(7);
  await app.page.getByTestId('notice').filter({ hasText: 'Import them again' }).waitFor();
  assert.equal(await app.page.getByTestId('trouble').count(), 0);
  await app.saved();
});

test('what was shown as saved survives a killed browser', { timeout: 180_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-'));
  const server = await serveFolder({ folder: dist, base: basePath });
  try {
    for (let trial = 0; trial < 3; trial += 1) {
      const context = await openProfile(folder);
      const page = await context.newPage();
      await page.goto(server.url);
      await page.locator('body[data-app=ready]').waitFor({ timeout: patience });
      for (let step = 0; step < 8; step += 1) await type(page, 'retention', String(40 + trial * 10 + step));
      await page.waitForFunction(() => {
        const { rev, edit } = document.querySelector('[data-testid=save-state]').dataset;
        return Number(rev) >= Number(edit);
      });
      const last = await value(page, 'retention');
      const session = await context.newCDPSession(page);
      await session.send('Browser.crash').catch(() => {});
      await context.close().catch(() => {});
      const again = await openProfile(folder);
      const restored = await again.newPage();
      await restored.goto(server.url);
      await restored.locator('body[data-app=ready]').waitFor({ timeout: patience });
      assert.equal(await value(restored, 'retention'), last);
      await again.close();
    }
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
});

// When each browser is killed: so many edits after so many were acknowledged as saved.
const kills = [{ saves: 0, edits: 3 }, { saves: 1, edits: 1 }, { saves: 2, edits: 6 }, { saves: 3, edits: 15 }];

test('edits that were acknowledged survive a browser killed at any moment', { timeout: 240_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-'));
  const server = await serveFolder({ folder: dist, base: basePath });
  let typed = 100;
  try {
    for (const { saves, edits } of kills) {
      const context = await openProfile(folder);
      const page = await context.newPage();
      const acknowledged = new Set();
      await page.exposeFunction('acknowledge', (edit) => acknowledged.add(edit));
      await page.goto(server.url);
      await page.locator('body[data-app=ready]').waitFor({ timeout: patience });
      // The assumptions follow the first screen: only then can edits be made.
      await page.locator('[data-testid=field][data-key=cac]').waitFor({ state: 'attached', timeout: patience });
      await page.evaluate(() => {
        const face = document.querySelector('[data-testid=save-state]');
        let known = face.dataset.rev;
        new MutationObserver(() => {
          if (face.dataset.rev !== known) window.acknowledge(Number(known = face.dataset.rev));
        }).observe(face, { attributes: true });
      });
      const session = await context.newCDPSession(page);
      const made = new Map();
      let left = edits;
      let killed;
      for (;;) {
        typed += 1;
        const edit = await page.evaluate((text) => {
          const entry = document.querySelector('[data-testid=field][data-key=cac]');
          entry.focus();
          entry.value = text;
          entry.dispatchEvent(new Event('input', { bubbles: true }));
          entry.dispatchEvent(new Event('change', { bubbles: true }));
          entry.blur();
          return new Promise((resolve) => {
            setTimeout(() => resolve(Number(document.querySelector('[data-testid=save-state]').dataset.edit)), 20);
          });
        }, String(typed)).catch(() => null);
        if (edit === null) break;
        made.set(edit, typed);
        if (acknowledged.size >= saves) left -= 1;
        // Not awaited: it falls among the edits that follow, until the page no longer answers.
        if (left <= 0) killed ??= session.send('Browser.crash').catch(() => {});
      }
      await killed;
      await context.close().catch(() => {});
      const again = await openProfile(folder);
      const restored = await again.newPage();
      await restored.goto(server.url);
      await restored.locator('body[data-app=ready]').waitFor({ timeout: patience });
      await restored.locator('[data-testid=field][data-key=cac]').waitFor({ state: 'attached', timeout: patience });
      const found = Number((await value(restored, 'cac')).replace(/\D/g, ''));
      const safe = Math.max(0, ...[...acknowledged].map((edit) => made.get(edit) ?? 0));
      if (saves > 0) assert.ok(safe > 0, 'no acknowledged edit');
      assert.ok(found >= safe, `${found} was restored, ${safe} was acknowledged`);
      await again.close();
    }
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
});
