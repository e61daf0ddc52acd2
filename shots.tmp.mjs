import { chromium } from 'playwright-core';
import { serveFolder } from '/work/wt/charts/script/server.mjs';
const server = await serveFolder({ folder: '/work/wt/charts/dist', base: '/x/' });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu', '--disable-dev-shm-usage'] });
const only = process.argv.slice(2);
const shots = [
  ['today', '#/today', 1280, 900, 'light'], ['forecast', '#/today?tab=forecast', 1280, 900, 'light'],
  ['forecast-dark', '#/today?tab=forecast', 1280, 900, 'dark'], ['forecast-360', '#/today?tab=forecast', 360, 740, 'light'],
  ['account', '#/accounts/0', 1440, 900, 'light'], ['account-360', '#/accounts/0', 360, 740, 'dark'],
  ['lost', '#/today?tab=lost', 1280, 900, 'light'], ['programme', '#/today?tab=programme', 1280, 900, 'light'],
  ['programme-360', '#/today?tab=programme', 360, 740, 'light'], ['retention', '#/today?tab=retention', 1280, 900, 'light'],
  ['today-360', '#/today', 360, 740, 'light'], ['effort', '#/today?tab=effort', 1280, 900, 'dark'],
];
for (const [name, hash, width, height, colorScheme] of shots) {
  if (only.length && !only.includes(name)) continue;
  const ctx = await browser.newContext({ viewport: { width, height }, colorScheme });
  const page = await ctx.newPage();
  page.on('console', (m) => m.type() === 'error' && console.log(name, m.text()));
  page.on('pageerror', (e) => console.log(name, 'ERR', String(e)));
  await page.goto(server.url + hash);
  await page.locator('body[data-app=ready]').waitFor({ state: 'attached', timeout: 90000 });
  if (hash.includes('today')) await page.locator('[data-testid=forecast][data-state=done]').waitFor({ state: 'attached', timeout: 120000 });
  await page.waitForTimeout(2500);
  await page.screenshot({ path: `/tmp/cw/${name}.png`, fullPage: true });
  if (name === 'today') { const pdf = await page.pdf({ format: 'A4', path: '/tmp/cw/today.pdf' }); console.log('sheets', pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length); }
  await ctx.close();
}
await browser.close(); server.close?.(); process.exit(0);
