// A step of a slider: from the input event to the painted frame that shows its figures, in
// Perennial and in a plain-JavaScript page that does the same, in the same run. Frames are painted as
// soon as they are ready, so the wait for the screen's own rhythm is left out.
import { importOrders, openSlider } from './perennial.mjs';
import { median, open, quantile, table } from './measure.mjs';

export const steps = 60;

/** Runs in the page: moves the slider, waits until the figure changed and that frame was painted. */
export const drive = async ([inputSelector, figureSelector, count]) => {
  const input = document.querySelector(inputSelector);
  const figure = () => {
    const shown = document.querySelector(figureSelector);
    return shown?.dataset.value ?? shown?.textContent;
  };
  const painted = () => new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    });
  });
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  const [low, high] = [Number(input.min), Number(input.max)];
  const times = [];
  for (let step = 0; step < count; step += 1) {
    const before = figure();
    const start = performance.now();
    const changed = new Promise((resolve, reject) => {
      const observer = new MutationObserver(() => {
        if (figure() === before) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      setTimeout(() => { observer.disconnect(); reject(new Error('the figure did not change')); }, 20_000);
    });
    write.call(input, String(low + (high - low) * (0.2 + 0.6 * ((step * 37) % count) / count)));
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await changed;
    await painted();
    times.push(performance.now() - start);
    await new Promise((resolve) => { setTimeout(resolve, 30); });
  }
  return times;
};

export async function benchSlider(server, books) {
  for (const { accounts, file } of books) {
    const rows = [];
    const run = async (name, url, prepare) => {
      const session = await open(url, { unlimited: true });
      try {
        const selectors = await prepare(session.page);
        await session.page.evaluate(drive, [...selectors, 10]);
        const times = await session.page.evaluate(drive, [...selectors, steps]);
        rows.push({
          '': name,
          'median ms': median(times).toFixed(1),
          'p95 ms': quantile(times, 0.95).toFixed(1),
          'worst ms': Math.max(...times).toFixed(1),
        });
      } finally {
        await session.browser.close();
      }
    };
    await run('Perennial', `${server.url}dist/index.html`, async (page) => {
      await importOrders(page, file);
      return openSlider(page);
    });
    await run('plain JavaScript', `${server.url}benches/browser/slider.html?accounts=${accounts}`, async (page) => {
      await page.locator('body[data-app=ready]').waitFor();
      return ['input', 'output'];
    });
    table(`slider step with ${accounts} accounts (input to painted frame, ${steps} steps)`, rows);
  }
}
