// Ten schemes on a million order lines and 200 salespeople: the first answer with the bands of its
// totals, and the answer to one changed rate.
import { importOrders } from './perennial.mjs';
import { measure, open, table, timed } from './measure.mjs';
import { ofSalespeople } from './made.mjs';

const ready = [
  '5 % of first orders', '12 % of margin', 'By margin band', 'Rising tiers', 'Tiers on all sales',
  'Quota with gate and accelerator', 'Draw and accelerator', 'Residual over two years', 'Held back until the next order',
];
const go = (page, hash) => page.evaluate((to) => { location.hash = to; }, hash);

/** Goes to the comparison until the totals of all schemes are there, and others than before. */
const compared = (page) => timed(
  page,
  () => { location.hash = '#/commission?tab=compare'; },
  () => {
    const cells = [...document.querySelectorAll('[aria-label="Schemes side by side"] tbody td:nth-child(2)')];
    const totals = cells.map((cell) => cell.textContent).join();
    const done = document.querySelector('[data-testid=working]')?.dataset.state === 'done';
    if (cells.length !== 10 || !done || totals === window.totals) return false;
    window.totals = totals;
    return true;
  },
);

export async function benchSchemes(server, { data }) {
  const rows = [];
  for (const lines of [100_000, 1_000_000]) {
    const file = `${data}/salespeople-${lines}.csv`;
    ofSalespeople(file, lines);
    const session = await open(`${server.url}dist/index.html#/orders`);
    const { page } = session;
    const step = async (name, action) => {
      const found = await measure(session, action);
      rows.push({ '': `${lines} lines: ${name}`, 'CPU ms': (found.cpu * 1000).toFixed(0), 'wall ms': (found.wall * 1000).toFixed(0), 'longest task ms': found.longest.toFixed(0) });
    };
    try {
      await page.locator('body[data-lock=on]').waitFor({ state: 'attached' });
      await importOrders(page, file);
      await go(page, '#/commission');
      await page.locator('[data-ready=all]').click();
      for (const name of ready) {
        await page.getByTestId('scheme-form').waitFor();
        await page.getByRole('button', { name: 'Add a scheme' }).click();
        await page.getByRole('button', { name, exact: true }).first().click();
      }
      await page.waitForTimeout(2000);
      await step('first answer', () => compared(page));
      await go(page, '#/commission');
      const rate = page.getByTestId('scheme-form').locator('[data-testid=field][data-key=rate]');
      await rate.fill('4');
      await rate.press('Enter');
      await page.waitForTimeout(1000);
      await step('a changed rate', () => compared(page));
    } finally {
      await session.browser.close();
    }
  }
  table('ten schemes', rows);
}
