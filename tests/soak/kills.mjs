// Kills the browser again and again while it saves, and looks at what is left: every edit that was
// shown as saved is there, and the orders are the old ones or the new ones, never a part of them.
//
//   script/soak kills            200 kills: half of the browser, a quarter each of renderers and page
//   KILLS=20 SEED=7 script/soak kills
//   TRIAL=57 script/soak kills   that one alone
//
// The moments follow from the seed; what the machine does at them does not, so that a fault found once
// may need several runs of its trial to come again.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { serveFolder } from '../../script/server.mjs';
import { Browser, until } from './browser.mjs';

const seed = Number(process.env.SEED ?? 1);
const count = Number(process.env.KILLS ?? 200);
const only = process.env.TRIAL ? Number(process.env.TRIAL) : null;
const patience = 60_000;

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function random(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** An order file of its own for each number: so many accounts, so many lines. */
function orders(number) {
  const accounts = 20 + (number % 70);
  const lines = ['Customer,Order No,Order Date,Item,Quantity,Net Amount,Cost'];
  for (let at = 0; at < 4_000; at += 1) {
    const day = `${2021 + (at % 4)}-${String(1 + (at % 12)).padStart(2, '0')}-${String(1 + (at % 28)).padStart(2, '0')}`;
    lines.push(`Customer ${at % accounts},${number}-${at},${day},P-${at % 300},${1 + (at % 9)},${100 + ((at * 7 + number) % 977)}.50,60.25`);
  }
  return { accounts: String(accounts), file: { name: `orders-${number}.csv`, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) } };
}

/** In the page: reports each edit and each save; types numbers as a user would who never stops. */
function watch() {
  const face = document.querySelector('[data-testid=save-state]');
  let known = 0;
  const look = () => {
    if (Number(face.dataset.rev) > known) window.report('saved', known = Number(face.dataset.rev), 0);
  };
  new MutationObserver(look).observe(face, { attributes: true });
  look();
  window.type = (number, field = 'cac') => {
    const entry = document.querySelector(`[data-testid=field][data-key=${field}]`);
    entry.focus();
    entry.value = String(number);
    entry.dispatchEvent(new Event('input', { bubbles: true }));
    entry.dispatchEvent(new Event('change', { bubbles: true }));
    entry.blur();
    setTimeout(() => window.report('edit', Number(face.dataset.edit), number), 0);
  };
}

const shown = (page) => page.evaluate(() => ({
  cac: Number(document.querySelector('[data-testid=field][data-key=cac]')?.dataset.value),
  accounts: document.querySelector('[data-metric=accounts]')?.dataset.value,
  past: document.querySelector('[data-metric=past_value]')?.dataset.value,
  state: document.querySelector('[data-testid=save-state]')?.dataset.state,
  trouble: document.querySelector('[data-testid=trouble]')?.innerText,
  notice: document.querySelector('[data-testid=notice]')?.innerText,
}));

/** What the page is known to have saved, and what it may have. */
class Known {
  constructor() {
    this.typed = 1_000;
  }

  /** A new page begins: what was found is what counts from here on. */
  begin(found) {
    this.safe = found.cac;
    this.rev = 0;
    this.edits = new Map();
    // Every state of the orders that may be found: the safe one, and those on their way.
    this.orders = [{ edit: 0, accounts: found.accounts }];
    this.last = { cac: found.cac, at: Date.now() };
  }

  report(kind, edit, number) {
    if (kind === 'saved') this.rev = Math.max(this.rev, edit);
    else {
      this.edits.set(edit, { number, at: Date.now() });
      this.last = { cac: number, at: Date.now() };
    }
  }

  /** The last number that was shown as saved. */
  number() {
    const saved = [...this.edits].filter(([edit]) => edit <= this.rev).map(([, { number }]) => number);
    return Math.max(this.safe, ...saved);
  }

  /** The orders that may be found. */
  accounts() {
    const at = this.orders.findLastIndex(({ edit }) => edit !== null && edit <= this.rev);
    return this.orders.slice(Math.max(0, at)).map((each) => each.accounts);
  }
}

const server = await serveFolder({ folder: process.env.DIST ?? 'dist', base: '/some/path/' });
const profile = await mkdtemp(join(tmpdir(), 'perennial-soak-'));
const known = new Known();
const tails = [];
const counts = {};
let browser;
let failed = 0;

/** Opens the page anew and waits until it shows what was kept. */
async function open() {
  browser ??= await Browser.start(profile);
  const page = await browser.context.newPage();
  page.setDefaultTimeout(patience);
  await page.exposeFunction('report', (...what) => known.report(...what));
  await page.goto(server.url);
  await page.locator('body[data-app=ready]').waitFor();
  await page.locator('[data-testid=field][data-key=cac]').waitFor({ state: 'attached' });
  await page.locator('[data-metric=accounts]').first().waitFor({ state: 'attached' });
  return page;
}

/** What was restored from the copy in local storage is not durable at once. */
const saved = (page) => page.waitForFunction(() => {
  const { state, rev, edit } = document.querySelector('[data-testid=save-state]').dataset;
  return state === 'saved' && Number(rev) >= Number(edit);
});

const doing = {
  /** Types a number every 40 ms. */
  async edits(page, over) {
    while (!over()) {
      known.typed += 1;
      await page.evaluate((number) => window.type(number), known.typed);
      await pause(40);
    }
  },
  /** Imports new orders, and goes on typing. */
  async import(page, over, trial) {
    const { accounts, file } = orders(trial);
    await page.locator('[data-testid=import-file]').setInputFiles(file);
    await page.locator('[data-testid=import-result][data-state=ok]').waitFor({ state: 'attached' });
    if (over()) return;
    const entry = { edit: null, accounts };
    known.orders.push(entry);
    entry.edit = await page.evaluate(async () => {
      const face = document.querySelector('[data-testid=save-state]');
      const before = Number(face.dataset.edit);
      document.querySelector('[data-testid=import-commit]').click();
      while (Number(face.dataset.edit) === before) await new Promise((resolve) => setTimeout(resolve, 1));
      // A layout that is remembered is an edit too, and comes first.
      await new Promise((resolve) => setTimeout(resolve, 5));
      return Number(face.dataset.edit);
    });
    await doing.edits(page, over);
  },
  /** Saves the project with its orders, and tables, and goes on typing. */
  async export(page, over) {
    while (!over()) {
      await page.evaluate(() => document.querySelector('[data-testid=share]').click());
      const withOrders = page.locator('[data-testid=project-save-orders]');
      await page.locator('[data-testid=project-save]').waitFor();
      await (await withOrders.count() ? withOrders : page.locator('[data-testid=project-save]')).click();
      await page.keyboard.press('Escape');
      for (let step = 0; step < 4 && !over(); step += 1) {
        known.typed += 1;
        await page.evaluate((number) => window.type(number), known.typed);
        await pause(40);
      }
    }
  },
};

const kinds = [
  ['browser', async () => browser.kill()],
  ['renderers', async () => browser.killRenderers()],
  ['browser', async () => browser.kill()],
  ['page', async (page) => {
    const session = await page.context().newCDPSession(page);
    session.send('Page.crash').catch(() => {});
    await pause(100);
  }],
];

/** What is found has to be the known state or one after it; said in words where it is not. */
async function check(page, what) {
  const whole = (found) => found.cac >= known.number() && known.accounts().includes(found.accounts) && !found.trouble;
  let found;
  await until(async () => whole(found = await shown(page)), '').catch(() => {});
  assert.ok(found.cac >= known.number(), `${what}: ${found.cac} was found, ${known.number()} was saved; ${JSON.stringify(found)}`);
  assert.ok(!found.trouble, `${what}: ${found.trouble}`);
  assert.ok(known.accounts().includes(found.accounts), `${what}: ${found.accounts} accounts were found, not one of ${known.accounts()}; ${JSON.stringify(found)}`);
  return found;
}

async function trial(number) {
  const chance = random(seed * 100_003 + number);
  const [kind, kill] = kinds[number % kinds.length];
  const act = ['edits', 'import', 'edits', 'export', 'import'][Math.floor(chance() * 5)];
  const moment = 300 + chance() * 2_700;
  const what = `trial ${number}: ${kind} killed ${Math.round(moment)} ms into ${act}`;
  let page = await open();
  await saved(page);
  known.begin(await shown(page));
  await page.evaluate(watch);
  let over = false;
  const busy = doing[act](page, () => over, number).catch((error) => error);
  await pause(moment);
  await kill(page).catch(() => {});
  const last = { ...known.last };
  over = true;
  if (kind === 'browser') browser = null;
  await Promise.race([busy, pause(5_000)]);
  await page.close().catch(() => {});
  page = await open().catch(async (error) => {
    assert.fail(`${what}: it does not start again: ${error}`);
  });
  const found = await check(page, what);
  const restored = [...known.edits.values()].find((edit) => edit.number === found.cac);
  if (restored && last.cac >= found.cac) tails.push(last.at - restored.at);
  counts[`${kind} / ${act}`] = (counts[`${kind} / ${act}`] ?? 0) + 1;
  await page.close();
}

try {
  // Something to begin with.
  const page = await open();
  known.begin(await shown(page));
  await page.evaluate(watch);
  await page.evaluate(() => window.type(1_000));
  await until(() => known.rev >= 1, 'the first edit is saved');
  await page.close();
  for (let number = only ?? 0; number < (only === null ? count : only + 1); number += 1) {
    try {
      await trial(number);
    } catch (error) {
      failed += 1;
      console.error(String(error.message ?? error));
      await browser?.kill();
      browser = null;
    }
    if ((number + 1) % 20 === 0) console.log(`${number + 1} kills, ${failed} failed`);
  }
} finally {
  await browser?.kill();
  await server.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}
tails.sort((a, b) => a - b);
const tail = (part) => tails[Math.min(tails.length - 1, Math.floor(tails.length * part))] ?? 0;
console.log(JSON.stringify(counts, null, 1));
console.log(`unsaved at the kill: median ${tail(0.5)} ms, p95 ${tail(0.95)} ms, most ${tail(1)} ms of typing`);
console.log(`${only === null ? count : 1} kills (seed ${seed}): ${failed} lost something or did not start again`);
process.exit(failed ? 1 : 0);
