/** Shows one state of the gallery: builds the element, and does what a reader does to bring it there. */

import 'reader-support/define/all';
import type {CheckoutHook} from '../../src/checkout/hook.js';
import type {CampaignsFile} from '../../src/core/campaigns/campaign.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import type {SupportAskElement} from '../../src/elements/ask/support-ask.js';
import {keepNothing} from './keep-nothing.js';
import {addressOf, nameOf, stateAt, type GalleryState} from './states.js';

keepNothing();

const file = (await fetch('/support/campaigns.json').then(response =>
  response.json(),
)) as CampaignsFile;
const letter = file.campaigns.find(({id}) => id === 'quay');
const bar = file.campaigns.find(({id}) => id === 'front');
const arabicLetter = file.campaigns.find(({id}) => id === 'arabic')?.copies?.['ar'];

/** Waits for something to be there, as long as a busy machine takes. */
async function when<T>(find: () => T, what: string): Promise<NonNullable<T>> {
  for (const end = performance.now() + 20_000; performance.now() < end;) {
    const value = find();
    if (value) return value;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error(`expected ${what} in ${document.documentElement.dataset['wanted'] ?? ''}`);
}

const partIn = (host: Element | undefined | null, part: string): HTMLElement | null =>
  host?.shadowRoot?.querySelector<HTMLElement>(`[part~="${part}"]`) ?? null;

/** A part that can be seen. */
const visible = (host: Element | undefined | null, part: string): Promise<HTMLElement> =>
  when(() => {
    const element = partIn(host, part);
    return element?.checkVisibility() ? element : null;
  }, part);

async function press(host: Element, part: string): Promise<void> {
  (await visible(host, part)).click();
}

/** A checkout for each state: one that fails, one that takes its time, and one inside the page. */
function checkoutFor(state: string): CheckoutHook {
  return () =>
    state === 'busy'
      ? new Promise(() => undefined)
      : state === 'failed'
        ? Promise.reject(new Error('The gallery opens no payment page.'))
        : Promise.resolve({type: 'embedded', finished: Promise.resolve('complete')});
}

/** Brings a form into a state. */
async function fill(ask: SupportAskElement, state: string): Promise<void> {
  if (state === 'other-chosen' || state === 'bad-amount') {
    await visible(ask, 'amount');
    ask.shadowRoot?.querySelector<HTMLInputElement>('[name=amount][value=custom]')?.click();
    const field = (await visible(ask, 'custom')) as HTMLInputElement;
    if (state === 'other-chosen') return;
    field.value = '1';
    field.dispatchEvent(new Event('input', {bubbles: true, composed: true}));
  }
  await press(ask, 'submit');
  await when(
    () =>
      state === 'busy'
        ? partIn(ask, 'submit')?.getAttribute('aria-disabled') === 'true'
        : state === 'embedded-thanks'
          ? partIn(ask, 'thanks')?.textContent.trim()
          : partIn(ask, 'error')?.textContent.trim(),
    state,
  );
}

/** Brings an appeal into a state, through both steps of a bar on a phone. */
async function answer(appeal: SupportAppealElement, state: string): Promise<void> {
  const ask = await when(() => appeal.shadowRoot?.querySelector('support-ask'), 'a form');
  await visible(ask, 'submit');
  if (appeal.format === 'bar' && ['collapsed', 'confirmation', 'reminded'].includes(state)) {
    // What the reader asked for has come open.
    if (appeal.view !== 'button') await press(appeal, 'collapse');
    const expand = await visible(appeal, 'expand');
    await when(() => appeal.shadowRoot?.activeElement === expand, 'the focus');
    expand.blur();
  }
  const isInSteps = appeal.view === 'amounts';
  if (isInSteps && ['summary', 'failed', 'busy', 'more-open', 'embedded-thanks'].includes(state)) {
    await press(ask, 'submit');
    await when(() => appeal.view === 'summary', 'the second step');
  }
  if (state === 'more-open') {
    await press(appeal, 'more');
    await visible(appeal, 'never');
  } else if (state === 'confirmation' || state === 'reminded') {
    await press(appeal, 'later');
    if (state === 'reminded') (await visible(appeal, 'remind')).click();
  } else if (state === 'embedded-thanks') await press(ask, 'submit');
  else if (['other-chosen', 'bad-amount', 'failed', 'busy'].includes(state)) await fill(ask, state);
  if (['confirmation', 'reminded', 'embedded-thanks'].includes(state)) {
    await when(() => partIn(appeal, 'status')?.textContent.trim(), 'a sentence');
    if (state === 'reminded') await visible(appeal, 'calendar');
    await when(() => !appeal.shadowRoot?.querySelector('.guard'), 'an end of the guard');
  }
}

function buildAppeal({format = 'inline', state, theme, direction}: GalleryState) {
  const appeal = document.createElement('support-appeal');
  const copy = direction === 'rtl' ? arabicLetter : letter?.copy;
  const isPlain = state === 'plain';
  Object.assign(appeal, {
    campaign: `gallery-${format}-${state}`,
    format,
    publication: file.publication,
    offer: file.offer,
    checkout: checkoutFor(state),
    collapsed: false,
    copy: isPlain
      ? {heading: copy?.heading, body: copy?.body}
      : {...copy, collapsed: direction === 'rtl' ? copy?.collapsed : bar?.copy?.collapsed},
    ...(!isPlain && {image: letter?.image, methods: file.methods, manage: file.manage}),
    ...(theme !== 'default' && {theme}),
    // What the companion would have counted.
    ...(!isPlain && {popular: {monthly: {USD: 500}}}),
  });
  return appeal;
}

const walls: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  wall: {
    state: 'locked',
    because: 'meter-used',
    left: '0',
    of: '5',
    'sign-in': '/companion/portal',
  },
  'wall-register': {state: 'locked', because: 'meter-used', of: '5', more: '3'},
  'wall-members': {
    state: 'locked',
    because: 'members-only',
    of: '0',
    'sign-in': '/companion/portal',
  },
  'few-left': {state: 'metered', because: 'free-article', left: '2', of: '5'},
};

const wallWords = {
  ltr: [
    'Read on with The Harbour Post',
    'A few dollars a month keep every story open to you.',
    'Other ways to give',
  ],
  rtl: [
    'تابعوا القراءة مع بريد الميناء',
    'بمبلغ صغير كل شهر تبقى جميع القصص مفتوحة لكم.',
    'طرق أخرى للدعم',
  ],
};

function buildPaywall({state, direction}: GalleryState) {
  const paywall = document.createElement('support-paywall');
  const attributes = {server: '', checkout: '/companion/checkout', ...walls[state]};
  for (const [name, value] of Object.entries(attributes)) paywall.setAttribute(name, value);
  const [heading = '', text = '', fallback = ''] = wallWords[direction === 'rtl' ? 'rtl' : 'ltr'];
  const title = Object.assign(document.createElement('h2'), {
    slot: 'heading',
    textContent: heading,
  });
  const words = Object.assign(document.createElement('p'), {textContent: text});
  const link = Object.assign(document.createElement('a'), {
    slot: 'fallback',
    href: '/support.html',
    textContent: fallback,
  });
  paywall.append(title, words, link);
  return paywall;
}

function buildMeter({state}: GalleryState) {
  const meter = document.createElement('support-meter');
  Object.assign(meter, {
    server: true,
    left: state === 'last' ? 0 : 2,
    of: 5,
    bar: state === 'with-bar',
  });
  return meter;
}

/** Comes back from a payment, as far as the address says. */
function buildThanks({state, direction}: GalleryState) {
  const address = new URL(location.href);
  address.searchParams.set('support', 'success');
  address.searchParams.set('support_session', state);
  history.replaceState(null, '', address);
  const thanks = document.createElement('support-thanks');
  thanks.setAttribute('checkout', '/gallery/checkout');
  const text =
    direction === 'rtl'
      ? 'لقد دفعتم الآن ثمن بعض القصة القادمة.'
      : 'You have just paid for some of the next story.';
  thanks.append(Object.assign(document.createElement('p'), {textContent: text}));
  return thanks;
}

/** Shows a state in the place of the one before. Resolves when it is there. */
export async function showState(state: GalleryState): Promise<void> {
  const {documentElement: root} = document;
  const {element, direction, scheme, theme} = state;
  root.dataset['wanted'] = nameOf(state);
  delete root.dataset['shown'];
  root.lang = direction === 'rtl' ? 'ar' : 'en';
  root.dir = direction;
  root.dataset['scheme'] = scheme;
  for (const sheet of document.querySelectorAll<HTMLLinkElement>('link[data-theme]'))
    sheet.disabled = sheet.dataset['theme'] !== theme;
  document.querySelector('main')!.ariaLabel = nameOf(state);
  const place = document.querySelector('#place')!;
  place.replaceChildren();

  if (element === 'support-appeal') {
    const appeal = buildAppeal(state);
    place.append(appeal);
    appeal.show({manual: true});
    await answer(appeal, state.state);
  } else if (element === 'support-ask') {
    const ask = document.createElement('support-ask');
    const {manage, methods, offer} = file;
    const checkout = checkoutFor(state.state);
    Object.assign(ask, {campaign: 'gallery', manage, methods, offer, checkout});
    place.append(ask);
    await visible(ask, 'submit');
    if (state.state !== 'rest') await fill(ask, state.state);
  } else {
    const build = {
      'support-paywall': buildPaywall,
      'support-meter': buildMeter,
      'support-thanks': buildThanks,
    }[element];
    const built = build(state);
    place.append(built);
    await when(() => {
      const inside = built.shadowRoot?.querySelector('support-meter') ?? built;
      return inside.shadowRoot?.textContent.trim();
    }, 'words');
    if (element === 'support-thanks')
      await visible(built, state.state === 'thanks' ? 'heading' : 'note');
    if (state.state.startsWith('wall')) {
      const ask = await when(() => built.shadowRoot?.querySelector('support-ask'), 'a form');
      await visible(ask, 'submit');
    }
  }
  root.dataset['shown'] = addressOf(state);
}

const state = stateAt(new URLSearchParams(location.search));
if (state) {
  document.title = `${nameOf(state)} | The Harbour Post`;
  await showState(state);
  // The frame of something in the text grows with it.
  const isOver = state.format === 'bar' || state.format === 'dialog';
  if (parent !== window && !isOver) {
    const {offsetHeight} = document.body;
    parent.postMessage({galleryHeight: offsetHeight}, location.origin);
  }
}
