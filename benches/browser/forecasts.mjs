// The whole report of forecasts, from opening the page of today to the fitted list: the search for the
// number of stages, the fit, its back-tests, values and intervals.
import { importOrders } from './perennial.mjs';
import { measure, open, table, timed } from './measure.mjs';
import { ofRhythm } from './made.mjs';

export async function benchForecasts(server, { data }) {
  const rows = [];
  for (const accounts of [200, 5_000]) {
    const file = `${data}/rhythm-${accounts}.csv`;
    ofRhythm(file, accounts);
    const session = await open(`${server.url}dist/index.html#/orders`);
    try {
      const { page } = session;
      await page.locator('body[data-lock=on]').waitFor({ state: 'attached' });
      await importOrders(page, file);
      await page.waitForTimeout(2000);
      const found = await measure(session, () => timed(
        page,
        () => { location.hash = '#/today'; },
        () => document.querySelector('[data-testid=forecast]')?.dataset.state === 'done',
      ));
      rows.push({ accounts, 'CPU ms': (found.cpu * 1000).toFixed(0), 'wall ms': (found.wall * 1000).toFixed(0), 'longest task ms': found.longest.toFixed(0) });
    } finally {
      await session.browser.close();
    }
  }
  table('the report of forecasts', rows);
}
