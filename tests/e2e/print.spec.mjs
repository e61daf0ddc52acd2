// On paper: every figure and every assumption that is on screen, and nothing of the machinery.
import assert from 'node:assert/strict';
import { appTest } from './support/app.mjs';
import { pdfText } from './support/pdf.mjs';

// Paper breaks lines anywhere, and spaces are positions there.
const squeeze = (text) => text.replace(/\s+/g, '');

for (const place of ['#/value', '#/value?tab=segments', '#/accounts/0', '#/orders']) {
  appTest(`prints the figures and the assumptions of ${place}`, { hash: place }, async (app) => {
    await app.page.locator('.kpi-strip[aria-busy=false]').waitFor();
    if (place === '#/value') {
      await app.page.locator('main [data-method=L12]').filter({ hasNotText: 'being fitted' }).waitFor();
    }
    await app.page.waitForTimeout(500);
    const expected = await app.page.evaluate(() => {
      // Each text on its own, without those of buttons: paper has none.
      const texts = (root) => {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('button')) found.push(walker.currentNode.data);
        return found;
      };
      return {
        figures: [...document.querySelectorAll('main .figure-value, .kpi .figure-value')].filter((it) => it.checkVisibility()).map((it) => it.textContent),
        fields: [...document.querySelectorAll('.panel [data-testid=field]')].filter((it) => it.checkVisibility()).map((it) => it.value).filter(Boolean),
        labels: [...document.querySelectorAll('.panel .field-label')].filter((it) => it.checkVisibility()).map((it) => it.textContent),
        tables: [...document.querySelectorAll('main table td.num')].filter((it) => it.checkVisibility() && it.closest('.sheet, .methods, .waterfall')).flatMap(texts).filter(Boolean),
      };
    });
    const text = squeeze(pdfText(await app.page.pdf({ format: 'A4' })));
    const missing = Object.entries(expected).flatMap(([kind, list]) => list.filter((it) => !text.includes(squeeze(it))).map((it) => `${kind}: ${it}`));
    assert.ok(expected.figures.length > 5 && expected.fields.length > 3);
    assert.deepEqual(missing, []);
    assert.doesNotMatch(text, /Bringinyourorders|Savedversions/);
  });
}
