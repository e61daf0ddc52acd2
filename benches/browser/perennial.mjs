// How the benches use the page.

/** Imports a file and waits until its accounts, with their values, are on screen. */
export async function importOrders(page, file) {
  const accounts = page.locator('[data-metric=accounts]').first();
  const before = await accounts.getAttribute('data-value');
  await page.locator('[data-testid=import-file]').setInputFiles(file);
  const result = page.locator('[data-testid=import-result]:not([data-state=working])').first();
  await result.waitFor({ state: 'attached' });
  const state = await result.getAttribute('data-state');
  if (state !== 'ok') throw new Error(`the import ended as ${state}: ${await result.innerText()}`);
  await page.getByTestId('import-commit').click();
  await page.locator(`[data-metric=accounts]:not([data-value="${before}"])`).first().waitFor({ state: 'attached' });
  await page.getByRole('rowheader').nth(5).waitFor();
}

/** The selectors of an assumption's slider and of a figure that follows it. */
export async function openSlider(page) {
  const slider = '.field-body:has([data-key=discount]) input[type=range]';
  await page.locator(slider).first().waitFor({ state: 'attached' });
  return [slider, '[data-metric=lifetime_value]'];
}
