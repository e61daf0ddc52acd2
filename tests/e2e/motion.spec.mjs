// Who asks for less motion gets none: nothing on the page moves or fades for longer than a frame.
import assert from 'node:assert/strict';
import { appTest } from './support/app.mjs';

// Elements whose transition or animation takes longer than that, by the computed style.
const moving = () => {
  const longest = (text) => Math.max(...text.split(',').map((part) => parseFloat(part) * (part.trim().endsWith('ms') ? 1 : 1000)));
  const found = new Set();
  for (const element of document.querySelectorAll('*')) {
    for (const part of [null, '::before', '::after', '::backdrop']) {
      const style = getComputedStyle(element, part);
      const animated = style.animationName !== 'none' && longest(style.animationDuration) > 1;
      if (longest(style.transitionDuration) > 1 || animated) found.add(`${element.tagName}.${element.className}${part ?? ''}`);
    }
  }
  return [...found];
};

// Rules that apply now and move parts of which no style can be computed, as a progress bar's.
const movingParts = () => {
  const found = [];
  const walk = (rules) => {
    for (const rule of rules) {
      if (rule.media && !matchMedia(rule.media.mediaText).matches) continue;
      if (rule.cssRules?.length) walk(rule.cssRules);
      const moves = /transition|animation/.test(rule.style?.cssText ?? '') && !/^1ms$/.test(rule.style.transitionDuration);
      if (moves && /::(?!before|after)/.test(rule.selectorText)) found.push(rule.selectorText);
    }
  };
  for (const sheet of document.styleSheets) walk(sheet.cssRules);
  return found;
};

const places = ['#/orders', '#/accounts', '#/accounts/0', '#/value'];

appTest('moves nothing for who asks for less motion', { context: { reducedMotion: 'reduce' } }, async (app) => {
  for (const place of places) {
    await app.page.goto(app.url(place));
    await app.page.locator('[data-testid=field][data-key=discount]').waitFor({ state: 'attached' });
    await app.page.waitForTimeout(200);
    assert.deepEqual(await app.page.evaluate(moving), [], place);
  }
  assert.deepEqual(await app.page.evaluate(movingParts), []);
  // A message and a dialog come and go.
  const field = app.page.locator('[data-testid=field][data-key=discount]');
  await field.fill('20');
  await field.press('Enter');
  await app.page.getByTestId('undo').click();
  await app.page.getByTestId('notice').waitFor();
  await app.page.getByRole('button', { name: 'Display settings' }).click();
  await app.page.getByRole('dialog').waitFor();
  assert.deepEqual(await app.page.evaluate(moving), []);
});

appTest('moves a little for everyone else', { context: { reducedMotion: 'no-preference' } }, async (app) => {
  await app.page.locator('[data-testid=field][data-key=discount]').waitFor({ state: 'attached' });
  assert.notDeepEqual(await app.page.evaluate(moving), []);
});
