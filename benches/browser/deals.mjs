// A deal with four scenarios of it: a step of a slider on the deal, side by side, and with the tornado
// and the grid in view; and 10,000 draws of its five years, month by month.
import { measure, median, open, quantile, table, timed } from './measure.mjs';
import { drive, steps } from './slider.mjs';

const project = {
  assumptions: { timing: 'monthly', horizon: 5, deal_discount: 7.3, discount: 9.7 },
  scenarios: {
    list: [['Dearer', { deal_discount: 2 }], ['Cheaper', { deal_discount: 13 }], ['Larger', { deal_volume: 20_000 }], ['Kept longer', { deal_retention: 95 }]]
      .map(([name, changes], at) => ({ id: at + 1, name, changes })),
    ranges: { deal_retention: '70 to 95', deal_volume: '8000 to 16000', deal_cost: '2 to 3' },
    simulation: { metric: 'deal_npv', shape: 'pert', draws: 10_000, seed: 1, within_months: 24, of: null },
  },
};
const views = [
  ['the deal', '#/deals', '.deal .field-body:has([data-key=deal_discount]) input[type=range]', '[data-metric=deal_npv]'],
  ['four scenarios side by side', '#/scenarios', '.panel .field-body:has([data-key=discount]) input[type=range]', 'main .compare'],
  ['tornado and grid', '#/scenarios?tab=sensitivity', '.panel .field-body:has([data-key=discount]) input[type=range]', 'main svg[role=img]'],
];

export async function benchDeals(server) {
  const session = await open(`${server.url}dist/index.html`, { unlimited: true });
  const { page } = session;
  try {
    await page.locator('body[data-lock=on]').waitFor({ state: 'attached' });
    await page.getByTestId('share').click();
    await page.getByTestId('project-open').setInputFiles({ name: 'deal.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(project)) });
    await page.getByTestId('preview-keep').click();
    const rows = [];
    for (const [name, hash, slider, figure] of views) {
      await page.evaluate((to) => { location.hash = to; }, hash);
      await page.locator(slider).first().waitFor({ state: 'attached' });
      await page.locator(figure).first().waitFor({ state: 'attached' });
      await page.evaluate(drive, [slider, figure, steps]);
      const times = await page.evaluate(drive, [slider, figure, steps]);
      rows.push({ '': name, 'median ms': median(times).toFixed(1), 'p95 ms': quantile(times, 0.95).toFixed(1), 'worst ms': Math.max(...times).toFixed(1) });
    }
    table(`slider step of a deal with four scenarios (input to painted frame, ${steps} steps)`, rows);

    await page.evaluate(() => { location.hash = '#/scenarios?tab=uncertainty'; });
    await page.getByTestId('simulated').waitFor();
    const walls = [];
    for (let at = 0; at < 9; at += 1) {
      await page.waitForTimeout(200);
      const found = await measure(session, () => timed(
        page,
        () => {
          window.before = document.querySelector('[data-testid=simulated]').innerText;
          [...document.querySelectorAll('main button')].find((button) => button.textContent === 'Draw others').click();
        },
        () => document.querySelector('[data-testid=simulated]')?.innerText !== window.before,
      ));
      walls.push(found.wall * 1000);
    }
    table('10,000 draws of a deal of 60 months, from the click to the figures', [{ 'median ms': median(walls).toFixed(0), 'worst ms': Math.max(...walls).toFixed(0) }]);
  } finally {
    await session.browser.close();
  }
}
