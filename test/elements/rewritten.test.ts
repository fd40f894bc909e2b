// What a press needs is here before it is pressed.
import '../../src/elements/ask/ask-interactions.js';
import '../../src/elements/appeal/by-mail.js';
import {expect, fixture, html} from '@open-wc/testing';
import {page} from '../../src/browser/page.js';
import type {CheckoutHook} from '../../src/checkout/hook.js';
import {CheckoutError} from '../../src/checkout/checkout-error.js';
import {registerLocale} from '../../src/controllers/locale-controller.js';
import type {CheckoutIntent} from '../../src/core/money/checkout.js';
import {formatMoney} from '../../src/core/money/money.js';
import type {Offer} from '../../src/core/money/offer.js';
import '../../src/define/support-appeal.js';
import '../../src/define/support-meter.js';
import '../../src/define/support-paywall.js';
import '../../src/define/support-thanks.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import type {SupportAskElement} from '../../src/elements/ask/support-ask.js';
import type {SupportMeterElement} from '../../src/elements/meter/support-meter.js';
import type {SupportPaywallElement} from '../../src/elements/paywall/support-paywall.js';
import {SupportSupportedEvent} from '../../src/events/index.js';
import {messages as german} from '../../src/locales/de.js';
import '../../src/locales/paywall/de.js';
import {nextTask} from '../fake-timers.js';
import {waitUntil} from '../wait-until.js';

/** The shadow roots of an element and of what is in it. */
function rootsIn(host: Element): ShadowRoot[] {
  const root = host.shadowRoot;
  return root ? [root, ...[...root.querySelectorAll('*')].flatMap(rootsIn)] : [];
}

function textsIn(host: Element): Text[] {
  return rootsIn(host).flatMap(root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    return texts;
  });
}

/** An element that a rewriter adds. */
function foreign(tag: string, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  element.dataset['foreign'] = '';
  element.append(...children);
  return element;
}

/** What holds text, and no elements but those around a part of it. */
function leavesIn(host: Element): Element[] {
  const isElement = (child: Element) => !child.matches('[data-foreign],bdi');
  return rootsIn(host).flatMap(root =>
    // What guards against a double press leaves by itself, at another moment each time.
    [...root.querySelectorAll(':not(.guard)')].filter(
      element => isElement(element) && ![...element.children].some(isElement),
    ),
  );
}

const plain = (text: string) => text.replaceAll(/[\s\u2068\u2069]+/g, ' ').trim();

interface Rewriting {
  readonly name: string;
  /** Whether a text that does not change afterwards is another one. */
  readonly alters?: boolean;
  /** Whether elements around a part of a text are lost. */
  readonly flattens?: boolean;
  readonly rewrite: (host: Element) => void;
}

const eachText = (change: (text: Text) => void) => (host: Element) => textsIn(host).forEach(change);

const rewritings: readonly Rewriting[] = [
  {
    name: 'put into <font> elements',
    rewrite: eachText(text => {
      const inner = foreign('font');
      text.replaceWith(foreign('font', inner));
      inner.append(text);
    }),
  },
  {
    name: 'translated in <font> elements',
    alters: true,
    rewrite: eachText(text => {
      if (text.data.trim()) text.replaceWith(foreign('font', foreign('font', '翻译')));
    }),
  },
  {
    name: 'replaced with other text nodes',
    rewrite: eachText(text => text.replaceWith(text.data)),
  },
  {
    name: 'replaced with a <span> between text nodes',
    rewrite: eachText(text => {
      const {data} = text;
      if (data.length > 3)
        text.replaceWith(data.slice(0, 1), foreign('span', data.slice(1, 3)), data.slice(3));
    }),
  },
  {
    name: 'split into many text nodes',
    rewrite: eachText(text => {
      for (let rest = text; rest.length > 1;) rest = rest.splitText(1);
    }),
  },
  {
    name: 'split, normalized and put into a <span>',
    rewrite: host => {
      for (const text of textsIn(host)) text.splitText(text.length >> 1);
      for (const root of rootsIn(host)) root.normalize();
      for (const text of textsIn(host)) text.replaceWith(foreign('span', text.data));
    },
  },
  {
    name: 'emptied',
    alters: true,
    rewrite: eachText(text => {
      text.data = '';
    }),
  },
  {name: 'removed', alters: true, rewrite: eachText(text => text.remove())},
  {
    name: 'set as the text of their elements',
    flattens: true,
    rewrite: host => {
      for (const leaf of leavesIn(host)) {
        const text = leaf.textContent;
        if (text.trim()) leaf.replaceChildren(text);
      }
    },
  },
];

const amounts = (min: number, presets: number[]) => ({
  min,
  max: 100_000,
  presets,
  preset: presets[1]!,
});
const offer: Offer = {
  monthly: {USD: amounts(200, [200, 500, 1000]), EUR: amounts(300, [300, 600])},
  annual: {USD: amounts(2000, [2000, 5000, 10_000])},
  once: {USD: amounts(500, [500, 2500]), EUR: {...amounts(700, [700, 2800]), presetsOnly: true}},
};

/** Lets everything happen that needs no network. */
async function settled(): Promise<void> {
  for (let task = 0; task < 3; task += 1) await nextTask();
}

/** The form, which may stand in an appeal or in a wall. */
const askIn = (host: Element): Element =>
  host.localName === 'support-ask' ? host : host.shadowRoot!.querySelector('support-ask')!;
// Most of what is looked for is a field, and what is no field has what is used of one.
const find = (host: Element, selector: string): HTMLInputElement => {
  const element = host.shadowRoot!.querySelector<HTMLInputElement>(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element;
};

type Act = (host: Element) => unknown;

const choose =
  (name: string, value: string | number): Act =>
  host =>
    find(askIn(host), `[name=${name}][value="${value}"]`).click();
const pickCurrency =
  (code: string): Act =>
  host => {
    const select = find(askIn(host), 'select');
    select.value = code;
    expect(select.value).to.equal(code);
    select.dispatchEvent(new Event('change', {bubbles: true}));
  };
const type =
  (typed: string): Act =>
  host => {
    const field = find(askIn(host), '[name=custom]');
    field.value = typed;
    field.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
  };
const submit: Act = host => find(askIn(host), '[part~=submit]').click();
const press =
  (part: string): Act =>
  host =>
    find(host, `[part~=${part}]`).click();
const speak =
  (lang: string): Act =>
  () => {
    document.documentElement.lang = lang;
  };
const set =
  (properties: object): Act =>
  host => {
    Object.assign(host, properties);
  };

/** What a reader or a page does in the form, one after the other. */
const inTheForm: readonly (readonly [string, Act])[] = [
  ['an amount', choose('amount', 1000)],
  ['a frequency with fewer amounts', choose('frequency', 'once')],
  ['an amount there', choose('amount', 500)],
  ['a currency without a field', pickCurrency('EUR')],
  ['the language', speak('de')],
  ['a frequency with a field', choose('frequency', 'monthly')],
  ['the language again', speak('en')],
  ['the currency again', pickCurrency('USD')],
  ['an amount that is typed', type('12.50')],
  ['one that is ambiguous', type('1,50,')],
  ['a press that is refused', submit],
  ['one that is too small', type('1')],
  ['another press that is refused', submit],
  ['an amount from the list', choose('amount', 500)],
  ['a press that waits', submit],
  ['another amount while it waits', choose('amount', 200)],
];

const waiting: CheckoutHook = () => new Promise(() => undefined);
const failing: CheckoutHook = () => Promise.reject(new CheckoutError('rate-limited'));

async function anAsk(checkout: CheckoutHook): Promise<SupportAskElement> {
  const ask = await fixture<SupportAskElement>(
    html`<support-ask currency="USD" .offer=${offer} .checkout=${checkout}></support-ask>`,
  );
  ask.dispatchEvent(new PointerEvent('pointerover'));
  await settled();
  return ask;
}

async function anAppeal(
  format: SupportAppealElement['format'],
  checkout = waiting,
): Promise<SupportAppealElement> {
  (page() as {directed?: number}).directed = 1;
  const appeal = document.createElement('support-appeal');
  Object.assign(appeal, {
    format,
    // A bar would show the form in parts.
    collapsed: false,
    offer,
    checkout,
    currency: 'USD',
    articles: 5,
    copy: {
      heading: 'From {from} a month',
      body: [
        'You have read {articles}.',
        '**Give {from}** or *more*, [here](https://example.org/).',
      ],
      reassurance: '{from}, and no more.',
      fallback: 'Or give {from} by bank.',
      withoutCount: {heading: 'A message', body: ['One paragraph.'], reassurance: ''},
    },
  });
  await fixture(html`${appeal}`);
  appeal.show();
  await waitUntil(() => appeal.shadowRoot?.querySelector('support-ask'), 'the appeal');
  await waitUntil(() => askIn(appeal).shadowRoot?.querySelector('form'), 'the form');
  askIn(appeal).dispatchEvent(new PointerEvent('pointerover'));
  await settled();
  return appeal;
}

async function aWall(): Promise<SupportPaywallElement> {
  const text = await fixture(
    html`<div id="text">
      <p>One</p>
      <p>Two</p>
    </div>`,
  );
  const wall = document.createElement('support-paywall');
  Object.assign(wall, {for: 'text', free: 0, offer, currency: 'USD', checkout: waiting});
  wall.signIn = '/sign-in';
  text.append(wall);
  await waitUntil(() => wall.shadowRoot?.querySelector('support-ask'), 'the wall');
  await waitUntil(() => askIn(wall).shadowRoot?.querySelector('form'), 'the form');
  askIn(wall).dispatchEvent(new PointerEvent('pointerover'));
  await settled();
  return wall;
}

const aMeter = (): Promise<SupportMeterElement> =>
  fixture(html`<support-meter server left="3" of="5"></support-meter>`);

let answer: ((response: Response) => void) | undefined;
const answerWith =
  (body: object): Act =>
  () =>
    answer?.(new Response(JSON.stringify(body)));
const aThanks = (): Promise<Element> => {
  history.replaceState(null, '', `${location.pathname}?support=success&support_session=cs_1`);
  return fixture(html`<support-thanks checkout="/checkout"></support-thanks>`);
};

const offerReminders = (): void => {
  const meta = document.createElement('meta');
  meta.name = 'support:reminders';
  meta.content = '/reminders';
  document.head.append(meta);
};

const subjects: readonly {
  readonly name: string;
  readonly make: () => Promise<Element>;
  readonly acts: readonly (readonly [string, Act])[];
}[] = [
  {name: 'an ask', make: () => anAsk(waiting), acts: inTheForm},
  {
    name: 'an ask whose checkout fails',
    make: () => anAsk(failing),
    acts: [
      ['a press', submit],
      ['the language', speak('de')],
      ['another amount', choose('amount', 1000)],
      ['another press', submit],
    ],
  },
  {
    name: 'an ask that takes thanks',
    make: () => anAsk(waiting),
    acts: [
      [
        'a payment',
        host =>
          host.dispatchEvent(new SupportSupportedEvent('monthly', {minor: 500, currency: 'USD'})),
      ],
      [
        'another payment',
        host =>
          host.dispatchEvent(new SupportSupportedEvent('once', {minor: 2500, currency: 'EUR'})),
      ],
    ],
  },
  ...(['inline', 'bar', 'dialog'] as const).flatMap(format => [
    {
      name: `an appeal (${format})`,
      make: () => anAppeal(format),
      acts: [
        ...inTheForm,
        ['the count', set({articles: 9})],
        ['no count', set({articles: 0})],
        ['a count again', set({articles: 7})],
        ['a failed checkout', set({failed: true})],
        ['other words', set({copy: {heading: '{articles}!', body: ['From {from}.']}})],
      ] as (readonly [string, Act])[],
    },
    {
      name: `a confirmation (${format})`,
      make: () => anAppeal(format),
      acts: [
        ['later', press('later')],
        ['the language', speak('de')],
        ['a day', press('remind')],
        ['the language again', speak('en')],
        ['undo', press('undo')],
        ['no more of this', press('never')],
      ] as (readonly [string, Act])[],
    },
    {
      name: `a reminder by e-mail (${format})`,
      make: () => {
        offerReminders();
        return anAppeal(format);
      },
      acts: [
        ['later', press('later')],
        ['a day', press('remind')],
        ['the language', speak('de')],
        [
          'an address',
          host => {
            find(host, '[name=email]').value = 'reader@example.org';
            find(host, '[name=email]').form!.requestSubmit();
          },
        ],
        ['its failure', () => answer?.(new Response('', {status: 500}))],
        ['a second try', host => find(host, '[name=email]').form!.requestSubmit()],
        ['its success', answerWith({})],
        ['the language again', speak('en')],
      ] as (readonly [string, Act])[],
    },
  ]),
  {
    name: 'a meter',
    make: aMeter,
    acts: [
      ['fewer articles', set({left: 2})],
      ['a bar', set({bar: true})],
      ['the last article', set({left: 0})],
      ['the language', speak('de')],
      ['no bar', set({bar: false})],
      ['the period', set({period: 'week', left: 1})],
      ['nothing', set({left: Infinity})],
      ['something again', set({left: 4})],
    ],
  },
  {
    name: 'a paywall',
    make: aWall,
    acts: [
      ['what registering gives', set({registered: 3})],
      ['the language', speak('de')],
      ['no sign-in', set({signIn: undefined})],
      ['a sign-in', set({signIn: '/in'})],
      ['the language again', speak('en')],
      ...inTheForm,
    ],
  },
  {
    name: 'a thanks',
    make: aThanks,
    acts: [
      ['the language', speak('de')],
      [
        'what was given',
        answerWith({
          state: 'complete',
          frequency: 'monthly',
          amount: {minor: 500, currency: 'USD'},
        }),
      ],
      ['the language again', speak('en')],
    ],
  },
  {
    name: 'a thanks for nothing',
    make: aThanks,
    acts: [
      ['that nothing was paid', answerWith({state: 'open'})],
      ['the language', speak('de')],
    ],
  },
];

interface Reading {
  readonly whole: string;
  readonly leaves: readonly {readonly text: string; readonly isNew: boolean}[];
}

/** What stands there after each act, without a rewriter. */
async function read(
  make: () => Promise<Element>,
  acts: readonly (readonly [string, Act])[],
): Promise<readonly Reading[]> {
  const host = await make();
  await settled();
  const readings: Reading[] = [];
  for (const [, act] of acts) {
    const before = new Map(leavesIn(host).map(leaf => [leaf, plain(leaf.textContent)]));
    act(host);
    await settled();
    readings.push({
      whole: wholeOf(host),
      leaves: leavesIn(host).map(leaf => {
        const text = plain(leaf.textContent);
        return {text, isNew: before.get(leaf) !== text};
      }),
    });
  }
  return readings;
}

const wholeOf = (host: Element) =>
  plain(
    rootsIn(host)
      .map(root => root.textContent)
      .join(' '),
  );

/** Amounts and codes of currencies that a translator may touch. */
const translatable = (host: Element): string[] =>
  textsIn(host)
    .filter(
      ({data, parentElement}) =>
        /[$€]|USD|EUR/.test(data) && !parentElement?.closest('[translate=no]'),
    )
    .map(({data}) => data);

describe('texts that others rewrite', () => {
  const {fetch} = globalThis;
  const {href} = location;
  const {lang} = document.documentElement;
  const errors: unknown[] = [];
  const note = (event: ErrorEvent | PromiseRejectionEvent) =>
    errors.push('reason' in event ? event.reason : event.message);

  const start = () => {
    for (const meta of document.querySelectorAll('meta[name="support:reminders"]')) meta.remove();
    document.documentElement.lang = 'en';
    localStorage.clear();
    errors.length = 0;
    delete page().memory;
    for (const host of document.querySelectorAll('support-appeal')) host.remove();
  };

  before(async () => {
    registerLocale('de', german);
    // The words of a paywall are fetched when they are first spoken.
    document.documentElement.lang = 'de';
    const meter = await aMeter();
    await waitUntil(() => meter.shadowRoot!.textContent.includes('Artikel'), 'the German words');
    globalThis.fetch = () =>
      new Promise(resolve => {
        answer = resolve;
      });
    addEventListener('error', note);
    addEventListener('unhandledrejection', note);
  });
  beforeEach(start);
  after(() => {
    start();
    globalThis.fetch = fetch;
    history.replaceState(null, '', href);
    document.documentElement.lang = lang;
    removeEventListener('error', note);
    removeEventListener('unhandledrejection', note);
  });

  for (const {name, make, acts} of subjects) {
    let readings: readonly Reading[] | undefined;
    for (const {name: how, alters, flattens, rewrite} of rewritings)
      it(`follow every change of ${name} when they are ${how}`, async () => {
        if (!readings) {
          readings = await read(make, acts);
          start();
        }
        const host = await make();
        await settled();
        for (const [index, [what, act]] of acts.entries()) {
          rewrite(host);
          act(host);
          await settled();
          const {whole, leaves} = readings[index]!;
          const texts = leavesIn(host).map(leaf => plain(leaf.textContent));
          const kept = ({isNew}: Reading['leaves'][number]) => alters && !isNew;
          expect(
            texts.map((text, at) => (leaves[at] && kept(leaves[at]) ? '' : text)),
            what,
          ).to.deep.equal(leaves.map(leaf => (kept(leaf) ? '' : leaf.text)));
          if (!alters && !flattens) expect(wholeOf(host), what).to.equal(whole);
          expect(errors, what).to.deep.equal([]);
          if (!flattens) expect(translatable(host), what).to.deep.equal([]);
        }
      });
  }

  for (const {name: how, rewrite} of rewritings)
    it(`name on the button what a press sends when they are ${how}`, async () => {
      const intents: CheckoutIntent[] = [];
      const ask = await anAsk(intent => {
        intents.push(intent);
        return Promise.resolve({type: 'handled'});
      });
      const choices = [
        choose('amount', 1000),
        choose('frequency', 'annual'),
        choose('frequency', 'once'),
        pickCurrency('EUR'),
        choose('amount', 700),
        choose('frequency', 'monthly'),
        type('20'),
        pickCurrency('USD'),
        choose('frequency', 'annual'),
        choose('amount', 5000),
      ];
      for (const act of choices) {
        rewrite(ask);
        act(ask);
        await settled();
        const label = plain(find(ask, '[part~=submit]').textContent);
        rewrite(ask);
        submit(ask);
        await settled();
        const {amount, frequency} = intents.pop()!;
        const per = {once: 'once', monthly: 'a month', annual: 'a year'}[frequency];
        expect(label).to.equal(`Support with ${formatMoney(amount, 'en')} ${per}`);
      }
      expect(errors).to.deep.equal([]);
    });
});
