// What every end-to-end test starts from: a browser, a server for dist/ under a sub-path, and a page
// of a fresh profile that fails its test on any console error or uncaught exception.
//
//   import { appTest } from './support/app.mjs';
//   appTest('boots', async (app) => {
//     await app.page.getByRole('heading', { name: 'Perennial' }).waitFor();
//   });
//
// Run one file against the build in dist/: script/e2e boot   (HEADED=1 to watch it, ONLY=name for
// one test of it).
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { serveFolder } from '../../../script/server.mjs';

export const dist = process.env.DIST ?? 'dist';
/** The app must not care where it is hosted. */
export const basePath = '/some/path/';
/** For machines that run several things at once. */
export const patience = 30_000;

const launchOptions = {
  executablePath: process.env.CHROME ?? '/usr/bin/chromium',
  headless: !process.env.HEADED,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
};

let shared;
/** The browser that the tests of this file share; each test has a context of its own. */
export function sharedBrowser() {
  shared ??= chromium.launch(launchOptions);
  return shared;
}
/** A browser on a profile folder, for tests that kill it or look at what it left behind. */
export function openProfile(folder, options = {}) {
  return chromium.launchPersistentContext(folder, { ...launchOptions, ...options });
}
after(async () => (await shared)?.close());

/** A page under test, with what it asked of the network and what it complained about. */
export class App {
  constructor(context, server, options) {
    Object.assign(this, { context, server, options, page: null, complaints: [], requests: [] });
  }

  /** Where the app is; `hash` as in '#/accounts'. */
  url(hash = '') {
    return this.server.url + hash;
  }

  /** Opens a tab on the app and waits until its first screen works. */
  async open(hash = '') {
    const page = await this.context.newPage();
    page.setDefaultTimeout(patience);
    this.watch(page);
    await page.goto(this.url(hash));
    if (this.options.wait !== false) await this.ready(page);
    return page;
  }

  /** Waits for body[data-app=ready]; says what the page shows when it is something else. */
  async ready(page = this.page) {
    const stop = new AbortController();
    const broken = once(page, 'pageerror', { signal: stop.signal }).catch(() => {});
    const decided = page.locator('body:not([data-app=loading])').waitFor({ timeout: patience });
    try {
      await Promise.race([decided, broken.then((error) => error && assert.fail(`the page does not start: ${error}`))]);
    } finally {
      stop.abort();
      decided.catch(() => {});
    }
    const state = await page.evaluate(() => document.body.dataset.app);
    if (state !== 'ready') assert.fail(`the page is ${state}: ${await page.locator('body').innerText()}`);
  }

  /** Waits until everything is fetched and connections are forbidden. */
  async locked(page = this.page) {
    await page.locator('body[data-lock=on]').waitFor({ timeout: patience });
  }

  watch(page) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`uncaught: ${error}`));
    page.on('request', (request) => {
      if (!/^(blob|data):/.test(request.url())) this.requests.push(request.url());
    });
  }

  /** What axe finds, as readable lines; none is what we want. */
  async axe(page = this.page) {
    // What fades while figures are on their way is no state to judge.
    await page.waitForFunction(() => {
      const moving = document.getAnimations().some((one) => one instanceof CSSTransition && one.playState === 'running');
      return !moving && !document.querySelector('.stale');
    });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`));
  }

  /** Sets files on the file input of the import. */
  async importFiles(...files) {
    await this.page.locator('[data-testid=import-file]').setInputFiles(files);
  }

  /** The exact value of a figure on screen. */
  async metric(key) {
    return this.page.locator(`[data-metric="${key}"]`).first().getAttribute('data-value');
  }

  /** Waits until every edit is durable. */
  async saved(page = this.page) {
    await page.waitForFunction(() => {
      const state = document.querySelector('[data-testid=save-state]')?.dataset;
      return state?.state === 'saved' && Number(state.rev) >= Number(state.edit);
    }, null, { timeout: patience });
  }
}

/** Runs before the page does: a browser that lets it store nothing. */
export function denyStorage() {
  const deny = () => { throw new DOMException('denied', 'SecurityError'); };
  Object.defineProperty(window, 'indexedDB', { get: deny });
  Object.defineProperty(window, 'localStorage', { get: deny });
  navigator.storage.getDirectory = () => Promise.reject(new DOMException('denied', 'SecurityError'));
}

/**
 * A test on a fresh page. Options: `wait: false` not to wait for the first screen; `hash` to open
 * with; `complaints`: a pattern of console errors that this test provokes; `context`: options of the
 * browser's context (viewport, colorScheme ...); `init`: a function run in each page before its
 * scripts, given `initArg`; `change(name, bytes)`: alters files as they are served; `open: false` to open no page.
 */
export function appTest(name, options, body) {
  if (typeof options === 'function') [options, body] = [{}, options];
  test(name, { timeout: options.timeout ?? 120_000 }, async (t) => {
    const server = await serveFolder({ folder: dist, base: basePath, change: options.change });
    const browser = await sharedBrowser();
    const context = await browser.newContext(options.context);
    try {
      if (options.init) await context.addInitScript(options.init, options.initArg);
      const app = new App(context, server, options);
      if (options.open !== false) app.page = await app.open(options.hash);
      await body(app, t);
      const unexpected = app.complaints.filter((line) => !options.complaints?.test(line));
      assert.deepEqual(unexpected, [], 'the page complained');
    } finally {
      await context.close();
      await server.close();
    }
  });
}
