/** Builds appeals for the tests, and looks into them. */

import '../../src/elements/ask/ask-interactions.js';
import '../../src/define/support-appeal.js';
import {page} from '../../src/browser/page.js';
import type {Copy} from '../../src/core/campaigns/campaign.js';
import type {Offer} from '../../src/core/money/offer.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import {nextFrames} from '../fake-timers.js';
import {waitUntil} from '../wait-until.js';

const amounts = (min: number, presets: readonly number[]) => ({
  min,
  max: 100_000,
  presets,
  preset: presets[1]!,
});

export const makeOffer = (overrides: Partial<Offer> = {}): Offer => ({
  monthly: {USD: amounts(200, [500, 1000, 2000])},
  annual: {USD: amounts(2000, [5000, 10_000])},
  once: {USD: amounts(300, [1000, 2500])},
  ...overrides,
});

/** An offer in two currencies. */
export const inTwoCurrencies: Offer = {
  monthly: {USD: amounts(200, [500, 1000]), EUR: amounts(300, [600, 1200])},
  once: {USD: amounts(300, [1000, 2500]), EUR: amounts(700, [1500, 3000])},
};

/** A drawing of one pixel, from the site's own origin as far as the elements can tell. */
export const picture = '/test/elements/a-tab.html?picture';

/** An appeal with everything that an editor can write. */
export const fullCopy: Copy = {
  kicker: 'A message from the newsroom',
  heading: 'We were at every meeting of the harbour board',
  body: ['You read us often.', 'From {from} you keep us there.'],
  highlight: 'Nobody else sends a reporter.',
  byline: {name: 'Inés Prat', role: 'Editor'},
  benefits: {monthly: ['The archive', 'The evening letter'], once: ['The evening letter']},
  reassurance: 'Stop whenever you like.',
  secondary: '[Give by bank](https://example.org/bank)',
  collapsed: 'Four people bring you this paper. Will you pay for one hour?',
  amounts: {
    monthly: {
      USD: {
        500: {meaning: 'a council meeting'},
        1000: {meaning: 'an hour in the archive', pill: 'popular'},
        2000: {meaning: 'a day at sea'},
      },
    },
  },
};

/** Shows an appeal on a page where something else decides. */
export async function showAppeal(
  properties: Partial<SupportAppealElement> = {},
  parent: Element = document.body,
): Promise<SupportAppealElement> {
  page().directed = 1;
  const appeal = document.createElement('support-appeal');
  Object.assign(appeal, {
    campaign: 'winter',
    checkout: '/checkout',
    currency: 'USD',
    offer: makeOffer(),
    copy: fullCopy,
    ...properties,
  });
  parent.append(appeal);
  appeal.show();
  await waitUntil(() => appeal.shadowRoot?.querySelector('support-ask'), 'the appeal');
  await waitUntil(() => formOf(appeal).querySelector('form'), 'the form');
  await settled(appeal);
  return appeal;
}

/** The shadow root of the form. */
export const formOf = (appeal: Element): ShadowRoot =>
  appeal.shadowRoot!.querySelector('support-ask')!.shadowRoot!;

/** What is in an element's shadow root, and in those within. */
export const insideOf = (host: Element): HTMLElement[] =>
  [...(host.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])].flatMap(element => [
    element,
    ...insideOf(element),
  ]);

/** The part of an appeal or of its form, if it is rendered. */
export const findPart = (appeal: Element, name: string): HTMLElement | undefined =>
  insideOf(appeal).find(element => element.matches(`[part~='${name}']`));

export function partOf(appeal: Element, name: string): HTMLElement {
  const part = findPart(appeal, name);
  if (!part) throw new Error(`no part ${name}`);
  return part;
}

export const textOf = (appeal: Element, name: string): string =>
  partOf(appeal, name).textContent.replaceAll(/\s+/g, ' ').trim();

export const isSeen = (element: Element | undefined): boolean =>
  !!element?.checkVisibility({checkVisibilityCSS: true}) && element.clientWidth > 1;

/** Waits until everything is drawn that needs no network, and what appears has appeared. */
export async function settled(appeal: SupportAppealElement): Promise<void> {
  for (let update = 0; update < 3; update += 1) {
    await appeal.updateComplete;
    await nextFrames();
  }
  for (const element of insideOf(appeal)) {
    for (const animation of element.getAnimations()) animation.finish();
  }
}

/** Presses a part, and waits for what comes of it. */
export async function press(appeal: SupportAppealElement, name: string): Promise<void> {
  partOf(appeal, name).click();
  await settled(appeal);
}

/** Chooses a frequency or an amount. */
export async function choose(
  appeal: SupportAppealElement,
  name: 'frequency' | 'amount',
  value: string | number,
): Promise<void> {
  formOf(appeal).querySelector<HTMLElement>(`[name=${name}][value="${value}"]`)!.click();
  await settled(appeal);
}

/** Types into the field for another amount. */
export async function type(appeal: SupportAppealElement, typed: string): Promise<void> {
  const field = partOf(appeal, 'custom') as HTMLInputElement;
  field.value = typed;
  field.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
  await settled(appeal);
}

/** The innermost element at a point of the window, through shadow roots. */
export function elementAt(x: number, y: number): Element | null {
  let element = document.elementFromPoint(x, y);
  for (let root = element?.shadowRoot; root; root = element.shadowRoot) {
    const inner = root.elementFromPoint(x, y);
    if (!inner || inner === element) break;
    element = inner;
  }
  return element;
}

/** Ends what a test began: its appeals, what they remember, and what they were told. */
export function cleanUp(): void {
  for (const element of document.querySelectorAll('support-appeal, .fixture')) element.remove();
  document.documentElement.lang = 'en';
  document.documentElement.dir = '';
  document.documentElement.style.removeProperty('font-size');
  localStorage.clear();
  Reflect.deleteProperty(globalThis, Symbol.for('reader-support'));
}
