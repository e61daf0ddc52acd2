// A browser of its own for each measurement, and what its page cost: CPU time of all threads of the
// renderer, memory, and the longest task of the page's thread.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const args = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** Opens a page in a browser of its own; `unlimited` paints frames as soon as they are ready. */
export async function open(url, { unlimited = false } = {}) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROME ?? '/usr/bin/chromium',
    args: unlimited ? [...args, '--disable-frame-rate-limit', '--disable-gpu-vsync'] : args,
  });
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.setDefaultTimeout(600_000);
  page.on('pageerror', (error) => console.error(`${url}: ${error}`));
  await page.addInitScript(() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.longest = Math.max(window.longest, entry.duration);
    }).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(url);
  return { browser, page, cdp: await browser.newBrowserCDPSession() };
}

async function renderers({ cdp }) {
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer');
}
const cpu = async (session) => (await renderers(session)).reduce((sum, { cpuTime }) => sum + cpuTime, 0);

/** Private memory of the renderers, in bytes (Linux; NaN elsewhere). */
async function memory(session) {
  try {
    return (await renderers(session)).reduce((sum, { id }) => {
      const [, kilobytes] = /^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'));
      return sum + Number(kilobytes) * 1024;
    }, 0);
  } catch {
    return NaN;
  }
}

/**
 * Does something on the page and resolves when `holds` does, to the milliseconds that the page itself
 * saw go by: a driver that looks now and then comes late.
 */
export const timed = (page, act, holds) => page.evaluate(`new Promise((resolve) => {
  const start = performance.now();
  const observer = new MutationObserver(() => {
    if (!(${holds})()) return;
    observer.disconnect();
    resolve(performance.now() - start);
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  (${act})();
})`);

/** Runs `action` and measures it until it resolves, or as long as it says it took, in ms. */
export async function measure(session, action) {
  await session.page.evaluate(() => { window.longest = 0; });
  const idle = await memory(session);
  const before = await cpu(session);
  const start = performance.now();
  let peak = idle;
  let running = true;
  const watch = (async () => {
    while (running) {
      peak = Math.max(peak, await memory(session));
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
  })();
  const took = await action(session.page);
  const wall = took ?? performance.now() - start;
  const used = await cpu(session) - before;
  running = false;
  await watch;
  const longest = await session.page.evaluate(() => window.longest);
  return { cpu: used, wall: wall / 1000, peak, growth: peak - idle, longest };
}

export const median = (values) => quantile(values, 0.5);
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** Prints rows of equal keys as a table. */
export function table(title, rows) {
  console.log(`\n${title}`);
  const heads = Object.keys(rows[0]);
  const widths = heads.map((head) => Math.max(head.length, ...rows.map((row) => String(row[head]).length)));
  const line = (cells) => `  ${cells.map((cell, at) => (at ? String(cell).padStart(widths[at]) : String(cell).padEnd(widths[at]))).join('  ')}`;
  console.log(line(heads));
  console.log(line(widths.map((width) => '-'.repeat(width))));
  for (const row of rows) console.log(line(heads.map((head) => row[head])));
}
