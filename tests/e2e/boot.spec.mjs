// Starting, the content policy, the lock of all connections, and failing readably.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { appTest } from './support/app.mjs';

const flip = (pattern) => (name, bytes) => {
  if (!pattern.test(name)) return bytes;
  const altered = Buffer.from(bytes);
  altered[altered.length - 1] ^= 1;
  return altered;
};
const title = (app) => app.page.locator('#boot-message h1').innerText();

appTest('starts under a sub-path, from its own files alone', async (app) => {
  await app.locked();
  assert.equal(await app.page.locator('#boot').count(), 0);
  const home = app.url();
  assert.deepEqual(app.requests.filter((url) => !url.startsWith(home)), []);
  assert.equal(app.requests.length, new Set(app.requests).size, 'something was fetched twice');
  assert.equal(await app.page.evaluate(() => perennial.safe), false);
});

appTest('makes no request once it is locked, and workers start and answer all the same', async (app) => {
  await app.locked();
  const before = app.requests.length;
  const served = app.server.requests.length;
  const kinds = await app.page.evaluate(async () => {
    const answers = [];
    for (const kind of ['worker', 'workbook', 'worker']) {
      const worker = await perennial.startWorker(kind);
      answers.push([kind, worker.inline]);
      worker.terminate();
    }
    return answers;
  });
  assert.deepEqual(kinds, [['worker', false], ['workbook', false], ['worker', false]]);
  assert.equal(app.requests.length, before);
  assert.equal(app.server.requests.length, served);
});

appTest('refuses every connection once it is locked', { complaints: /Content Security Policy|ERR_|Failed to load/ }, async (app) => {
  await app.locked();
  const foreign = createServer((request, response) => response.end('reached'));
  await new Promise((resolve) => foreign.listen(0, '127.0.0.1', resolve));
  const reached = [];
  foreign.on('request', (request) => reached.push(request.url));
  const out = `http://127.0.0.1:${foreign.address().port}/`;
  const served = app.server.requests.length;
  await app.page.evaluate(async (address) => {
    const quietly = (action) => Promise.resolve().then(action).catch(() => {});
    for (const base of [address, location.href.replace(/#.*/, '')]) {
      await quietly(() => fetch(`${base}?fetch`));
      await quietly(() => navigator.sendBeacon(`${base}?beacon`, 'x'));
      await quietly(() => new EventSource(`${base}?events`));
      await quietly(() => new WebSocket(base.replace('http', 'ws')));
      await quietly(() => { const request = new XMLHttpRequest(); request.open('GET', `${base}?xhr`); request.send(); });
    }
    await quietly(() => { new Image().src = `${address}?image`; });
    const add = (name, fields) => document.body.append(Object.assign(document.createElement(name), fields));
    add('script', { src: `${address}?script` });
    add('iframe', { src: `${address}?frame` });
    add('link', { rel: 'stylesheet', href: `${address}?style` });
    add('link', { rel: 'prefetch', href: `${address}?prefetch` });
    const code = new Blob([`fetch('${address}?worker').catch(() => {}).finally(() => postMessage(0))`]);
    const worker = new Worker(URL.createObjectURL(code));
    await new Promise((resolve) => { worker.onmessage = resolve; });
    await new Promise((resolve) => { setTimeout(resolve, 500); });
  }, out);
  foreign.closeAllConnections();
  foreign.close();
  assert.deepEqual(reached, []);
  assert.equal(app.server.requests.length, served);
});

appTest('runs no inline script and no injected handler', { complaints: /Content Security Policy/ }, async (app) => {
  const ran = await app.page.evaluate(async () => {
    const host = document.createElement('div');
    host.innerHTML = '<img src="data:," onerror="window.pwned = 1">';
    document.body.append(host, Object.assign(document.createElement('script'), { textContent: 'window.pwned = 2' }));
    await new Promise((resolve) => { setTimeout(resolve, 200); });
    return window.pwned;
  });
  assert.equal(ran, undefined);
});

for (const [what, pattern] of [
  ['the program', /^perennial-.*\.wasm$/],
  ['the glue of the program', /^perennial-.*\.js$/],
]) {
  appTest(`says so when ${what} was altered`, { wait: false, change: flip(pattern), complaints: /integrity|ERR_|Failed to/i }, async (app) => {
    await app.page.locator('#boot-message').waitFor();
    assert.match(await title(app), /could not be loaded/);
    assert.equal(await app.page.getByRole('button', { name: 'Reload' }).count(), 1);
    assert.equal(await app.page.evaluate(() => document.body.dataset.app), 'failed');
    assert.deepEqual(await app.axe(), []);
  });
}

appTest('says so when a file is missing, and starts once it is there', {
  wait: false,
  complaints: /404|integrity/,
  change: (name, bytes) => {
    if (appTest.missing && /^perennial-.*\.wasm$/.test(name)) throw new Error('missing');
    return bytes;
  },
  open: false,
}, async (app) => {
  appTest.missing = true;
  app.page = await app.open();
  await app.page.locator('#boot-message').waitFor();
  assert.match(await app.page.locator('#boot-message').innerText(), /new version may have been published/);
  appTest.missing = false;
  await app.page.getByRole('button', { name: 'Reload' }).click();
  await app.ready();
});

for (const ending of ['wasm', 'css']) {
  appTest(`a first screen works without the rest of the page (${ending}), and says what is missing`, {
    complaints: /404|integrity|Failed to (load|fetch)|could not be loaded/,
    change: (name, bytes) => {
      if (name.startsWith('rest-') && name.endsWith(ending)) throw new Error('missing');
      return bytes;
    },
  }, async (app) => {
    await app.page.getByRole('alert').filter({ hasText: 'A part of Perennial could not be loaded' }).waitFor();
    assert.match(await app.page.locator('[data-metric=lifetime_value]').first().innerText(), /\$/);
    await app.page.locator('[data-testid=save-state][data-state=memory]').waitFor();
  });
}

appTest('work that is kept is left alone while what restores it is missing', {
  complaints: /ERR_FAILED|Failed to (load|fetch)/,
}, async (app) => {
  const entry = app.page.locator('[data-testid=field][data-key=cac]');
  await entry.fill('4321');
  await entry.press('Enter');
  await app.page.locator('[data-testid=save-state][data-state=saved][data-edit="1"]').waitFor();
  await app.page.route(/\/rest-.*\.wasm$/, (route) => route.abort());
  await app.page.reload();
  await app.ready();
  await app.page.getByRole('alert').filter({ hasText: 'could not be loaded' }).waitFor();
  await app.page.unrouteAll();
  await app.page.reload();
  await app.ready();
  await app.page.waitForFunction(() => document.querySelector('[data-testid=field][data-key=cac]')?.dataset.value === '4321');
});

appTest('shows only a link in a frame of another page', { open: false }, async (app) => {
  const host = createServer((request, response) => {
    response.setHeader('content-type', 'text/html').end(`<!doctype html><iframe src="${app.url()}"></iframe>`);
  });
  await new Promise((resolve) => host.listen(0, '127.0.0.1', resolve));
  const page = await app.context.newPage();
  app.watch(page);
  await page.goto(`http://127.0.0.1:${host.address().port}/`);
  const frame = page.frameLocator('iframe');
  await frame.locator('body[data-app=framed]').waitFor();
  assert.equal(await frame.locator('body').innerText(), 'Open Perennial in a window of its own');
  assert.equal(await frame.locator('button, input').count(), 0);
  host.closeAllConnections();
  host.close();
});

appTest('works without a worker, on the page itself', {
  init: () => { window.Worker = class { constructor() { throw new Error('no workers here'); } }; },
}, async (app) => {
  const inline = await app.page.evaluate(async () => (await perennial.startWorker('worker')).inline);
  assert.equal(inline, true);
});

appTest('shows that something broke, with ways out', { complaints: /./ }, async (app) => {
  await app.page.evaluate(() => perennial.crashed('told by the test'));
  assert.equal(await title(app), 'Something broke');
  assert.equal(await app.page.evaluate(() => document.body.dataset.app), 'crashed');
  const download = app.page.waitForEvent('download');
  await app.page.getByRole('button', { name: 'Download my data' }).click();
  const stream = await (await download).createReadStream();
  const saved = JSON.parse(Buffer.concat(await stream.toArray()).toString());
  assert.equal(saved.kind, 'rescue');
  assert.ok(Array.isArray(saved.saved));
  await app.page.getByRole('button', { name: 'Reload' }).click();
  await app.ready();
});

appTest('starts in safe mode after two starts that failed', { complaints: /./, open: false }, async (app) => {
  const page = await app.context.newPage();
  app.watch(page);
  app.page = page;
  let broken = true;
  await page.route(/perennial-.*\.wasm$/, (route) => (broken ? route.abort() : route.continue()));
  for (let start = 0; start < 2; start += 1) {
    await page.goto('about:blank');
    await page.goto(app.url());
    await page.locator('#boot-message').waitFor();
  }
  broken = false;
  await page.goto('about:blank');
  await page.goto(app.url());
  await app.ready();
  assert.equal(await page.evaluate(() => perennial.safe), true);
  await page.reload();
  await app.ready();
  assert.equal(await page.evaluate(() => perennial.safe), false);
});
