/** What can be told apart where the reader's system forces its colours: what is chosen, focused, pressed, and where things end. */

import {
  addressOf,
  looks,
  statesOf,
  type GalleryFormat,
  type GalleryState,
} from '../../demo/gallery/states.js';
import {expect, partOf, read, test, type Locator, type Page} from './reader.js';

const wide = looks.find(({direction, width}) => direction === 'ltr' && width > 400)!;

const stateOf = (element: GalleryState['element'], state: string, format?: GalleryFormat) =>
  statesOf(wide).find(
    scene => scene.element === element && scene.state === state && scene.format === format,
  )!;

async function shows(page: Page, state: GalleryState): Promise<void> {
  await read(page, addressOf(state));
  await expect(page.locator('html[data-shown]')).toHaveCount(1);
}

/** A computed value of an element. */
const look = (element: Locator, property: string): Promise<string> =>
  element.evaluate(
    (element, property) => getComputedStyle(element).getPropertyValue(property),
    property,
  );

/** What the system paints a colour as. */
const systemColour = (page: Page, name: string): Promise<string> =>
  page.evaluate(name => {
    const probe = document.createElement('i');
    probe.style.setProperty('color', name);
    probe.style.setProperty('forced-color-adjust', 'none');
    document.body.append(probe);
    const {color} = getComputedStyle(probe);
    probe.remove();
    return color;
  }, name);

const choice = (page: Page, name: string, value: string | number): Locator =>
  page.locator(`input[name="${name}"][value="${value}"] + span`);

test.describe('in forced colours', () => {
  test.beforeEach(({page}) => page.emulateMedia({forcedColors: 'active', reducedMotion: 'reduce'}));

  for (const [name, state] of [
    ['an appeal', stateOf('support-appeal', 'rest', 'inline')],
    ['an open bar', stateOf('support-appeal', 'open', 'bar')],
    ['a dialog', stateOf('support-appeal', 'rest', 'dialog')],
    ['a form alone', stateOf('support-ask', 'rest')],
  ] as const) {
    test(`what is chosen in ${name} shows by its border and a tick, and moves`, async ({page}) => {
      await shows(page, state);
      expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
      const highlight = await systemColour(page, 'Highlight');
      const values = await page
        .locator('input[name="amount"]:not([value="custom"])')
        .evaluateAll(inputs => inputs.map(input => (input as HTMLInputElement).value));
      for (const value of [values[0]!, values.at(-1)!]) {
        await page.locator(`input[name="amount"][value="${value}"]`).check({force: true});
        for (const other of values) {
          const tile = choice(page, 'amount', other);
          const isChosen = other === value;
          await expect(tile.locator('.tick')).toBeVisible({visible: isChosen});
          expect(await look(tile, 'border-top-width')).toBe(isChosen ? '3px' : '1px');
          expect((await look(tile, 'border-top-color')) === highlight).toBe(isChosen);
        }
      }
      for (const frequency of ['once', 'monthly']) {
        await page.locator(`input[name="frequency"][value="${frequency}"]`).check({force: true});
        for (const other of ['once', 'monthly'])
          expect(
            (await look(choice(page, 'frequency', other), 'border-bottom-color')) === highlight,
          ).toBe(other === frequency);
      }
    });

    test(`buttons and the focus in ${name} can be seen`, async ({page}) => {
      await shows(page, state);
      const paper = await systemColour(page, 'Canvas');
      for (const part of state.element === 'support-ask' ? ['submit'] : ['submit', 'later']) {
        const button = partOf(page, part);
        expect(await look(button, 'border-top-style'), part).toBe('solid');
        expect(await look(button, 'border-top-color'), part).not.toBe(paper);
        expect(await look(button, 'color'), part).not.toBe(await look(button, 'background-color'));
        await button.focus();
        await page.keyboard.press('Shift+Tab');
        await page.keyboard.press('Tab');
        await expect(button).toBeFocused();
        expect(await look(button, 'outline-style'), part).toBe('solid');
        expect(await look(button, 'outline-width'), part).toBe('3px');
        expect(await look(button, 'outline-color'), part).not.toBe(paper);
      }
    });
  }

  test('a bar and a dialog end where the page begins', async ({page}) => {
    const paper = await systemColour(page, 'Canvas');
    await shows(page, stateOf('support-appeal', 'open', 'bar'));
    const bar = page.locator('support-appeal');
    expect(await look(bar, 'border-top-style')).toBe('solid');
    expect(await look(bar, 'border-top-color')).not.toBe(paper);
    await shows(page, stateOf('support-appeal', 'rest', 'dialog'));
    const dialog = page.locator('support-appeal dialog');
    for (const side of ['top', 'bottom', 'left', 'right'])
      expect(await look(dialog, `border-${side}-style`), side).toBe('solid');
  });

  test('the sentence that stands out does so by a line', async ({page}) => {
    await shows(page, stateOf('support-appeal', 'rest', 'inline'));
    const sentence = page.locator('support-appeal mark');
    expect(await look(sentence, 'text-decoration-line')).toBe('underline');
    expect(await look(sentence, 'background-color')).toBe('rgba(0, 0, 0, 0)');
  });
});
