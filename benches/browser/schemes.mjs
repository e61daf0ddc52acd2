// Ten schemes on a million order lines and 200 salespeople: the first answer, the bands of its totals,
// and the answer to one changed rate.
import { importOrders } from './perennial.mjs';
import { measure, open, table } from './measure.mjs';
import { ofSalespeople } from './made.mjs';

const ready = [
  '5 % of first orders', '12 % of margin', 'By margin band', 'Rising tiers', 'Tiers on all sales',
  'Quota with gate and accelerator', 'Draw and accelerator', 'Residual over two years', 'Held back until the next order',
];
const go = (page, hash) => page.evaluate((to) => { location.hash = to; }, hash);
/** Waits until the totals of all schemes are there; with `bands`, until nothing is left to compute. */
const answered = (page, total, bands) => page.waitForFunction(([before, over]) => {
  const cells = [...document.querySelectorAll('[aria-label="Schemes side by side"] tbody td:nth-child(2)')];
  const text = cells.map((cell) => cell.textContent).join();
  const done = document.querySelector('[data-testid=working]')?.dataset.state === 'done';
  return cells.length === 10 && text !== before && (!over || done) ? text : false;
}, [total, bands]).then((found) => found.jsonValue());

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
      let total = '';
      await step('first answer', async () => {
        await go(page, '#/commission?tab=compare');
        total = await answered(page, '', false);
      });
      await step('its bands', () => answered(page, '', true));
      await go(page, '#/commission');
      const rate = page.getByTestId('scheme-form').locator('[data-testid=field][data-key=rate]');
      await rate.fill('4');
      await rate.press('Enter');
      await page.waitForTimeout(1000);
      await step('a changed rate', async () => {
        await go(page, '#/commission?tab=compare');
        await answered(page, total, false);
      });
    } finally {
      await session.browser.close();
    }
  }
  table('ten schemes', rows);
}
