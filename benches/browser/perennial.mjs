// How the benches use the page.

/** Imports a file and waits until the accounts with their values are on screen. */
export async function importOrders(page, file) {
  await page.locator('[data-testid=import-file]').setInputFiles(file);
  const result = page.locator('[data-testid=import-result]:not([data-state=working])');
  await result.waitFor({ state: 'attached' });
  const state = await result.getAttribute('data-state');
  if (state !== 'ok') throw new Error(`the import ended as ${state}: ${await result.innerText()}`);
}

/** Shows an assumption's slider next to a figure of the book; gives their selectors. */
export async function openSlider(page) {
  await page.locator('[data-metric] >> visible=true').first().waitFor();
  return ['input[type=range]', '[data-metric][data-value]'];
}
