// What a press needs is fetched by then, as it is once a reader has reached for the form.
import '../../src/elements/ask/ask-interactions.js';
import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import {emulateMedia, sendKeys, setViewport} from '@web/test-runner-commands';
import type {CheckoutHook} from '../../src/checkout/hook.js';
import {CheckoutError} from '../../src/checkout/checkout-error.js';
import {
  checkoutErrorCodes,
  type CheckoutIntent,
  type CheckoutOutcome,
} from '../../src/core/money/checkout.js';
import {formatMoney} from '../../src/core/money/money.js';
import type {Offer} from '../../src/core/money/offer.js';
import '../../src/define/support-ask.js';
import type {SupportAskElement} from '../../src/elements/ask/support-ask.js';
import type {SupportChooseEvent} from '../../src/events/index.js';
import {nextFrames, nextTask} from '../fake-timers.js';
import {waitUntil} from '../wait-until.js';

const anOffer = (overrides: Partial<Offer> = {}): Offer => ({
  id: 'winter',
  monthly: {USD: {min: 200, max: 100_000, presets: [200, 500, 1000], preset: 500}},
  annual: {USD: {min: 2000, max: 500_000, presets: [2000, 5000, 10_000], preset: 5000}},
  once: {USD: {min: 500, max: 500_000, presets: [500, 2500], preset: 2500}},
  ...overrides,
});

/** Lets everything happen that needs no network. */
const settled = async (element: SupportAskElement) => {
  await nextTask();
  await element.updateComplete;
};

const anAsk = async (
  properties: Partial<SupportAskElement> = {},
  lang = 'en',
): Promise<SupportAskElement> => {
  const element = document.createElement('support-ask');
  Object.assign(element, {offer: anOffer(), ...properties});
  element.lang = lang;
  await fixture(html`${element}`);
  await waitUntil(() => element.shadowRoot!.querySelector('form'));
  // A reader reaches for the form before anything else, and what that fetches is here by then.
  element.dispatchEvent(new PointerEvent('pointerover', {bubbles: true, composed: true}));
  await settled(element);
  return element;
};

const presetsOnly: Offer = {
  monthly: {USD: {min: 500, max: 1000, presets: [500, 1000], preset: 500, presetsOnly: true}},
  once: {USD: {min: 500, max: 5000, presets: [500, 2500], preset: 500}},
};

const all = <E extends Element>(ask: SupportAskElement, selector: string): E[] => [
  ...ask.shadowRoot!.querySelectorAll<E>(selector),
];
// Most of what is looked for is a field, and what is no field has what is used of one.
const one = (ask: SupportAskElement, selector: string): HTMLInputElement => {
  const [found] = all<HTMLInputElement>(ask, selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};
const text = (ask: SupportAskElement, part: string) =>
  one(ask, `[part~=${part}]`).textContent.trim().replaceAll(/\s+/g, ' ');
const radio = (ask: SupportAskElement, name: string, value: string) =>
  one(ask, `input[name=${name}][value="${value}"]`);
const choose = async (ask: SupportAskElement, name: string, value: string) => {
  radio(ask, name, value).click();
  await settled(ask);
};
const type = async (ask: SupportAskElement, typed: string) => {
  const field = one(ask, 'input[part~=custom]');
  field.value = typed;
  field.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
  await settled(ask);
};
const press = async (ask: SupportAskElement) => {
  one(ask, 'button[part~=submit]').click();
  await settled(ask);
  await settled(ask);
};
const chosen = (ask: SupportAskElement) =>
  all<HTMLInputElement>(ask, 'input[type=radio]:checked').map(input => input.value);
const usd = (minor: number, lang = 'en') =>
  formatMoney({minor, currency: 'USD'}, lang).replaceAll(/\s/g, ' ');

/** A checkout that notes what it is asked and answers when told. */
const aCheckout = () => {
  const intents: CheckoutIntent[] = [];
  const answers: ((outcome: CheckoutOutcome) => void)[] = [];
  const hook: CheckoutHook = intent => {
    intents.push(intent);
    return new Promise(resolve => answers.push(resolve));
  };
  return {hook, intents, answer: (outcome: CheckoutOutcome) => answers.shift()?.(outcome)};
};

/** Only Chromium's protocol knows how. */
const canEmulateMedia = navigator.userAgent.includes('Chrome');

const handled: CheckoutHook = () => Promise.resolve({type: 'handled'});

describe('<support-ask>', () => {
  before(async () => {
    const first = await anAsk({checkout: () => Promise.reject(new CheckoutError('not-permitted'))});
    // What a press needs may be fetched on demand; later it is in the browser's memory.
    first.shadowRoot!.querySelector<HTMLElement>('[part~=submit]')!.click();
    await waitUntil(() => first.shadowRoot!.querySelector('[part~=error]')!.textContent);
  });

  describe('what it offers', () => {
    it('shows and changes the usual amounts without the cost of Intl', async () => {
      const {NumberFormat} = Intl;
      Intl.NumberFormat = (() => expect.fail('asked')) as unknown as typeof NumberFormat;
      try {
        const ask = await anAsk();
        await choose(ask, 'amount', '1000');
        await choose(ask, 'frequency', 'annual');
        expect(text(ask, 'submit')).to.equal('Support with $100 a year');
      } finally {
        Intl.NumberFormat = NumberFormat;
      }
    });

    it('asks monthly first, with the usual amount chosen', async () => {
      const ask = await anAsk();
      expect(
        all<HTMLInputElement>(ask, '[name=frequency]').map(input => input.value),
      ).to.deep.equal(['monthly', 'annual', 'once']);
      expect(chosen(ask)).to.deep.equal(['monthly', '500']);
      expect(ask.getAttribute('frequency')).to.equal('monthly');
      expect(text(ask, 'submit')).to.equal(`Support with ${usd(500)} a month`);
    });

    it('has no choice of a frequency where there is one', async () => {
      const {monthly} = anOffer();
      const ask = await anAsk({offer: {monthly: monthly!}});
      expect(all(ask, '[part~=frequency]')).to.be.empty;
      expect(text(ask, 'submit')).to.contain('a month');
    });

    it('starts with the frequency and currency of its attributes', async () => {
      const ask = await fixture<SupportAskElement>(
        html`<support-ask frequency="once" currency="USD" checkout="/checkout"></support-ask>`,
      );
      expect(chosen(ask)[0]).to.equal('once');
      expect(text(ask, 'submit')).to.match(/once$/);
    });

    it('takes the first frequency where the one wanted is not offered', async () => {
      const {monthly} = anOffer();
      const ask = await anAsk({offer: {monthly: monthly!}, frequency: 'annual'});
      expect(ask.frequency).to.equal('monthly');
    });

    const insane: readonly [string, unknown][] = [
      ['null', null],
      ['a text', 'monthly'],
      ['a list', [1, 2]],
      ['nothing in it', {}],
      ['what is no currency', {monthly: {usd: anOffer().monthly!['USD']}}],
      ['no amounts', {monthly: {USD: null}}],
      ['no presets', {monthly: {USD: {min: 1, max: 5, preset: 1}}}],
      ['NaN', {monthly: {USD: {min: NaN, max: 500, presets: [100], preset: 100}}}],
      ['Infinity', {monthly: {USD: {min: 1, max: Infinity, presets: [100], preset: 100}}}],
      ['a fraction', {monthly: {USD: {min: 1, max: 900, presets: [100.5], preset: 100}}}],
      ['a negative amount', {monthly: {USD: {min: -9, max: 500, presets: [-5], preset: -5}}}],
      ['a preset outside', {monthly: {USD: {min: 200, max: 500, presets: [100], preset: 200}}}],
      ['a getter that throws', Object.defineProperty({}, 'once', {enumerable: true, get: () => { throw new Error('no'); }})], // prettier-ignore
    ];
    for (const [given, offer] of insane) {
      it(`offers the default where it is given ${given}`, async () => {
        const ask = await anAsk({offer: offer as Offer});
        expect(chosen(ask)).to.deep.equal(['monthly', '500']);
        expect(text(ask, 'submit')).to.contain(usd(500));
      });
    }

    it('keeps what is sane of an offer', async () => {
      const ask = await anAsk({
        offer: {
          monthly: anOffer().monthly!,
          once: {USD: {min: 5, max: 1, presets: [], preset: 3}},
        },
      });
      expect(all(ask, '[part~=frequency]')).to.be.empty;
      expect(chosen(ask)).to.deep.equal(['500']);
    });

    it('takes the first amount where the usual one is none of them', async () => {
      const USD = {min: 100, max: 900, presets: [300, 400], preset: 350};
      const ask = await anAsk({offer: {monthly: {USD}}});
      expect(chosen(ask)).to.deep.equal(['300']);
    });

    it('asks for another amount where there are no others', async () => {
      const ask = await anAsk({
        offer: {monthly: {USD: {min: 100, max: 900, presets: [], preset: 100}}},
      });
      expect(chosen(ask)).to.deep.equal(['custom']);
      expect(text(ask, 'submit')).to.equal('Support');
    });

    it('lets a reader choose among several currencies', async () => {
      const amounts = {min: 200, max: 90_000, presets: [300, 700], preset: 700};
      const ask = await anAsk({
        offer: {monthly: {USD: amounts, EUR: amounts}, once: {EUR: amounts}},
        currency: 'USD',
      });
      expect(all(ask, '[part~=frequency]'), 'frequencies in dollars').to.be.empty;
      const select = all<HTMLSelectElement>(ask, 'select[part~=currency]')[0]!;
      expect([...select.options].map(option => option.value)).to.deep.equal(['USD', 'EUR']);
      expect(select.value).to.equal('USD');
      select.value = 'EUR';
      select.dispatchEvent(new Event('change', {bubbles: true}));
      await ask.updateComplete;
      expect(all(ask, '[name=frequency]')).to.have.length(2);
      expect(text(ask, 'submit')).to.contain('€7');
      await expect(ask).to.be.accessible();
    });

    it('has no choice of a currency where there is one', async () => {
      expect(all(await anAsk(), 'select')).to.be.empty;
    });
  });

  describe('choosing', () => {
    it('says on the button and below what will happen, as it changes', async () => {
      const ask = await anAsk({checkout: '/checkout'});
      await choose(ask, 'amount', '1000');
      expect(text(ask, 'submit')).to.equal(`Support with ${usd(1000)} a month`);
      expect(text(ask, 'summary')).to.match(
        /^You will pay \$10 a month until you cancel\. Paid through Stripe\.$/,
      );
      await choose(ask, 'frequency', 'once');
      expect(text(ask, 'submit')).to.match(/^Support with \$\d+ once$/);
      expect(text(ask, 'summary')).to.match(/^You will pay \$\d+ once\./);
      expect(ask.getAttribute('frequency')).to.equal('once');
    });

    it('keeps a bigger amount a bigger one when the frequency changes, and a usual one usual', async () => {
      const ask = await anAsk();
      await choose(ask, 'frequency', 'annual');
      expect(chosen(ask)).to.deep.equal(['annual', '5000']);
      await choose(ask, 'amount', '10000');
      await choose(ask, 'frequency', 'monthly');
      expect(chosen(ask)).to.deep.equal(['monthly', '1000']);
      await choose(ask, 'frequency', 'once');
      // Once has two amounts only.
      expect(chosen(ask)).to.deep.equal(['once', '2500']);
    });

    it('follows a page that sets frequency and offer after the reader has chosen', async () => {
      const ask = await anAsk();
      await choose(ask, 'amount', '1000');
      await choose(ask, 'amount', '200');
      await choose(ask, 'frequency', 'once');
      ask.frequency = 'annual';
      await ask.updateComplete;
      ask.offer = {monthly: anOffer().monthly!};
      await ask.updateComplete;
      expect(chosen(ask)).to.have.length(1);
      expect(text(ask, 'submit')).to.contain(usd(Number(chosen(ask)[0])));
    });

    it('does so, too, when a page sets the frequency', async () => {
      const ask = await anAsk();
      await choose(ask, 'amount', '1000');
      ask.frequency = 'annual';
      await ask.updateComplete;
      expect(chosen(ask)).to.deep.equal(['annual', '10000']);
    });

    it('keeps what was typed, and says so when it is too little now', async () => {
      const ask = await anAsk({checkout: handled});
      await type(ask, '7');
      await choose(ask, 'frequency', 'annual');
      expect(chosen(ask)).to.deep.equal(['annual', 'custom']);
      expect(text(ask, 'submit')).to.equal('Support');
      await press(ask);
      expect(text(ask, 'error')).to.contain(usd(2000));
    });

    it('tells the page what was chosen, once each time', async () => {
      const ask = await anAsk();
      const heard: SupportChooseEvent[] = [];
      ask.parentElement!.addEventListener('support-choose', event => heard.push(event));
      await choose(ask, 'amount', '1000');
      await choose(ask, 'frequency', 'once');
      await type(ask, '12');
      await type(ask, 'abc');
      expect(heard.map(({frequency, amount}) => [frequency, amount?.minor])).to.deep.equal([
        ['monthly', 1000],
        ['once', 2500],
        ['once', 1200],
        ['once', undefined],
      ]);
    });

    it('takes another amount from the field that "Other" becomes, and has no field before', async () => {
      const ask = await anAsk();
      const field = one(ask, 'input[part~=custom]');
      expect(field.checkVisibility()).to.equal(false);
      await choose(ask, 'amount', 'custom');
      expect(field.checkVisibility()).to.equal(true);
      expect(text(ask, 'submit')).to.equal('Support');
      field.focus();
      await sendKeys({type: '12'});
      await ask.updateComplete;
      expect(chosen(ask)).to.deep.equal(['monthly', 'custom']);
      expect(text(ask, 'submit')).to.equal(`Support with ${usd(1200)} a month`);
    });

    it('moves no focus when a key chooses another amount, and says from where to where', async () => {
      const ask = await anAsk();
      radio(ask, 'amount', '1000').focus();
      await choose(ask, 'amount', '1000');
      await sendKeys({press: 'ArrowRight'});
      await settled(ask);
      expect(chosen(ask)).to.deep.equal(['monthly', 'custom']);
      expect(ask.shadowRoot!.activeElement === radio(ask, 'amount', 'custom')).to.equal(true);
      const hint = one(ask, '#range');
      expect(hint.hidden).to.be.false;
      expect(hint.textContent).to.contain(usd(200)).and.to.contain(usd(100_000));
    });

    it('is worked with the keyboard: Tab between the groups, arrows within', async () => {
      const ask = await anAsk();
      radio(ask, 'frequency', 'monthly').focus();
      await sendKeys({press: 'ArrowRight'});
      expect(chosen(ask)[0]).to.equal('annual');
      await sendKeys({press: 'Tab'});
      expect(ask.shadowRoot!.activeElement).to.equal(radio(ask, 'amount', '5000'));
      await sendKeys({press: 'ArrowDown'});
      await ask.updateComplete;
      expect(chosen(ask)).to.deep.equal(['annual', '10000']);
      expect(text(ask, 'submit')).to.contain('a year');
      await sendKeys({press: 'Tab'});
      expect(ask.shadowRoot!.activeElement === one(ask, '[part~=submit]')).to.equal(true);
      await sendKeys({down: 'Shift'});
      await sendKeys({press: 'Tab'});
      await sendKeys({up: 'Shift'});
      await sendKeys({press: 'ArrowDown'});
      await ask.updateComplete;
      expect(chosen(ask)).to.deep.equal(['annual', 'custom']);
      await sendKeys({press: 'Tab'});
      expect(ask.shadowRoot!.activeElement === one(ask, '[part~=custom]')).to.equal(true);
    });
  });

  it('leaves out "Other amount" where only presets are sold, also after another amount was typed', async () => {
    const ask = await anAsk({offer: presetsOnly});
    expect(all(ask, 'input[name=amount][value=custom]')).to.be.empty;
    await choose(ask, 'frequency', 'once');
    await type(ask, '7');
    expect(chosen(ask)).to.deep.equal(['once', 'custom']);
    await choose(ask, 'frequency', 'monthly');
    expect(chosen(ask)).to.deep.equal(['monthly', '500']);
    expect(all(ask, 'input[name=custom]')).to.be.empty;
    expect(text(ask, 'submit')).to.include('$5 a month');
  });

  describe('an amount that is none', () => {
    for (const typed of ['', 'abc', '-5', '0', '1.005', '1e3', '$', '1', '99999999', '1,50']) {
      it(`is refused in words beside the field, with the limits: "${typed}"`, async () => {
        const checkout = aCheckout();
        const ask = await anAsk({checkout: checkout.hook});
        await choose(ask, 'amount', 'custom');
        await type(ask, typed);
        expect(text(ask, 'submit')).to.equal('Support');
        await press(ask);
        const field = one(ask, 'input[part~=custom]');
        expect(text(ask, 'error')).to.match(/\$2(\.00)? to \$1,000(\.00)?\.$/);
        expect(field.getAttribute('aria-invalid')).to.equal('true');
        expect(field.getAttribute('aria-describedby')!.split(' ')).to.include(
          one(ask, '[part~=error]').id,
        );
        expect(ask.shadowRoot!.activeElement).to.equal(field);
        expect(checkout.intents).to.be.empty;
        await expect(ask).to.be.accessible();
      });
    }

    it('says what is wrong with the way of writing, and shows the right one', async () => {
      const ask = await anAsk({checkout: handled});
      await type(ask, '2.505');
      await press(ask);
      expect(text(ask, 'error')).to.match(/decimals.*\$2\.00/);
    });

    it('is forgiven as soon as it is changed', async () => {
      const ask = await anAsk({checkout: handled});
      await type(ask, 'abc');
      await press(ask);
      await type(ask, '12');
      expect(text(ask, 'error')).to.equal('');
      expect(one(ask, '[part~=custom]').getAttribute('aria-invalid')).to.equal('false');
    });

    it('is read, and refused, in the language of the page', async () => {
      const ask = await anAsk({checkout: handled}, 'de');
      await type(ask, '7,50');
      expect(text(ask, 'submit')).to.equal(`Mit ${usd(750, 'de')} im Monat unterstützen`);
      await type(ask, '1,50');
      await press(ask);
      expect(text(ask, 'error')).to.equal(
        `Bitte geben Sie einen Betrag von ${usd(200, 'de')} bis ${usd(100_000, 'de')} ein.`,
      );
    });

    it('is announced by a region that was there before', async () => {
      const ask = await anAsk({checkout: handled});
      const region = one(ask, '[part~=error]');
      expect(region.getAttribute('role')).to.equal('alert');
      expect(region.matches(':empty')).to.be.true;
      await type(ask, 'x');
      await press(ask);
      expect(one(ask, '[part~=error]')).to.equal(region);
    });
  });

  describe('pressing the button', () => {
    it('asks the checkout for what was chosen, with what it is attributed to', async () => {
      const checkout = aCheckout();
      const ask = await anAsk({
        checkout: checkout.hook,
        campaign: 'winter',
        placement: 'footer',
        attribution: {arm: 'b'},
      });
      await choose(ask, 'frequency', 'annual');
      await press(ask);
      const [intent] = checkout.intents;
      expect(intent).to.deep.include({
        offerId: 'winter',
        frequency: 'annual',
        amount: {minor: 5000, currency: 'USD'},
        locale: 'en',
        attribution: {campaign: 'winter', placement: 'footer', page: location.pathname, arm: 'b'},
      });
      checkout.answer({type: 'handled'});
    });

    it('goes by Enter from the field', async () => {
      const checkout = aCheckout();
      const ask = await anAsk({checkout: checkout.hook});
      await type(ask, '12');
      one(ask, 'input[part~=custom]').focus();
      await sendKeys({press: 'Enter'});
      expect(checkout.intents.map(({amount}) => amount.minor)).to.deep.equal([1200]);
      checkout.answer({type: 'handled'});
    });

    it('is busy until the answer, takes one press at a time, and never loses the focus', async () => {
      const checkout = aCheckout();
      const ask = await anAsk({checkout: checkout.hook});
      const button = one(ask, '[part~=submit]');
      button.focus();
      await press(ask);
      await press(ask);
      expect(button.getAttribute('aria-disabled')).to.equal('true');
      expect(text(ask, 'submit')).to.equal('One moment…');
      expect(ask.shadowRoot!.activeElement).to.equal(button);
      await expect(ask).to.be.accessible();
      checkout.answer({type: 'cancelled'});
      await waitUntil(() => button.getAttribute('aria-disabled') === 'false');
      expect(text(ask, 'submit')).to.contain(usd(500));
      expect(checkout.intents).to.have.length(1);
    });

    it('is called off by a change of mind', async () => {
      let signal: AbortSignal | undefined;
      const ask = await anAsk({
        checkout: (_, host) => {
          ({signal} = host);
          return new Promise(() => undefined);
        },
      });
      await press(ask);
      await choose(ask, 'amount', '1000');
      expect(signal?.aborted).to.be.true;
      expect(text(ask, 'submit')).to.equal(`Support with ${usd(1000)} a month`);
    });

    it('lets a listener take over', async () => {
      const checkout = aCheckout();
      const ask = await anAsk({checkout: checkout.hook});
      const asked: number[] = [];
      ask.addEventListener('support-checkout', event => {
        asked.push(event.intent.amount.minor);
        event.preventDefault();
      });
      await press(ask);
      expect(asked).to.deep.equal([500]);
      expect(checkout.intents).to.be.empty;
      expect(text(ask, 'submit')).to.contain(usd(500));
    });

    for (const code of checkoutErrorCodes) {
      if (code === 'aborted' || code === 'in-progress') continue;
      it(`has words for the failure ${code}, and gives the button back`, async () => {
        const ask = await anAsk({
          checkout: () => Promise.reject(new CheckoutError(code, 'secret')),
        });
        await press(ask);
        await waitUntil(() => text(ask, 'error'));
        expect(text(ask, 'error'))
          .to.match(/^[A-Z].{20,}\.$/)
          .and.not.to.contain('secret');
        expect(one(ask, '[part~=submit]').getAttribute('aria-disabled')).to.equal('false');
      });
    }

    it('says so, to the reader and once to the developer, when no checkout is set', async () => {
      const warnings: unknown[] = [];
      const {warn} = console;
      console.warn = (...words: unknown[]) => warnings.push(words.join(' '));
      try {
        const ask = await anAsk();
        await press(ask);
        await waitUntil(() => text(ask, 'error'));
        expect(text(ask, 'error')).to.equal('Payments are not set up on this page yet.');
        await press(ask);
        await waitUntil(() => warnings.length);
        expect(warnings.filter(words => String(words).includes('support-ask'))).to.have.length(1);
      } finally {
        console.warn = warn;
      }
    });
  });

  describe('an embedded checkout', () => {
    const anEmbedded = () => {
      let finish: (how: 'complete' | 'closed') => void = () => undefined;
      const finished = new Promise<'complete' | 'closed'>(resolve => (finish = resolve));
      const hook: CheckoutHook = (_, host) => {
        host.mount().textContent = 'the payment form';
        return Promise.resolve({type: 'embedded', finished});
      };
      return {hook, finish: (how: 'complete' | 'closed') => finish(how)};
    };
    const shownIn = (ask: SupportAskElement) =>
      all<HTMLSlotElement>(ask, 'slot[name=checkout]')[0]!
        .assignedElements({flatten: true})
        .map(element => element.textContent);

    it('takes the place of the form, in the light DOM, and leads back', async () => {
      const {hook} = anEmbedded();
      const ask = await anAsk({checkout: hook});
      await press(ask);
      await waitUntil(() => !ask.shadowRoot!.querySelector('form'));
      expect(shownIn(ask)).to.deep.equal(['the payment form']);
      expect(ask.querySelector('[slot=checkout]')?.getRootNode()).to.equal(document);
      const back = one(ask, '[part~=back]');
      expect(ask.shadowRoot!.activeElement).to.equal(back);
      back.click();
      await ask.updateComplete;
      expect(text(ask, 'submit')).to.contain(usd(500));
      expect(ask.shadowRoot!.activeElement).to.equal(one(ask, '[part~=submit]'));
    });

    it('is mounted outside every shadow root where the slot is forwarded', async () => {
      const {hook} = anEmbedded();
      const outer = document.createElement('div');
      document.body.append(outer);
      const root = outer.attachShadow({mode: 'open'});
      const ask = document.createElement('support-ask');
      const slot = document.createElement('slot');
      slot.name = slot.slot = 'checkout';
      ask.append(slot);
      ask.checkout = hook;
      root.append(ask);
      await ask.updateComplete;
      await press(ask);
      await waitUntil(() => shownIn(ask).includes('the payment form'));
      expect(outer.querySelector('[slot=checkout]')?.textContent).to.equal('the payment form');
      outer.remove();
    });

    it('ends with thanks for what was given', async () => {
      const {hook, finish} = anEmbedded();
      const ask = await anAsk({checkout: hook});
      await press(ask);
      setTimeout(() => finish('complete'));
      const event = await oneEvent(ask, 'support-supported');
      expect(event).to.deep.include({frequency: 'monthly', amount: {minor: 500, currency: 'USD'}});
      await ask.updateComplete;
      await ask.updateComplete;
      expect(text(ask, 'thanks')).to.equal(`Thank you for ${usd(500)} a month.`);
      expect(ask.shadowRoot!.querySelector('form')).to.equal(null);
    });

    it('gives the form back when it is closed', async () => {
      const {hook, finish} = anEmbedded();
      const ask = await anAsk({checkout: hook});
      await press(ask);
      await waitUntil(() => !ask.shadowRoot!.querySelector('form'));
      finish('closed');
      await waitUntil(() => ask.shadowRoot!.querySelector('form'));
      expect(text(ask, 'submit')).to.contain(usd(500));
    });
  });

  describe('who uses it how', () => {
    it('names its groups, its fields and its button', async () => {
      const ask = await anAsk();
      for (const fieldset of all<HTMLFieldSetElement>(ask, 'fieldset')) {
        expect(fieldset.firstElementChild?.localName).to.equal('legend');
        expect(fieldset.firstElementChild?.textContent.trim()).not.to.be.empty;
      }
      expect(one(ask, '[part~=amount] legend').textContent).to.equal('How much a month');
      const field = one(ask, 'input[part~=custom]');
      expect(field.inputMode).to.equal('decimal');
      expect(field.placeholder).to.equal('');
      expect(field.getAttribute('aria-label')).to.equal('Other amount');
      expect(radio(ask, 'amount', 'custom').getAttribute('aria-label')).to.equal('Other amount');
      await choose(ask, 'amount', 'custom');
      const description = field
        .getAttribute('aria-describedby')!
        .split(' ')
        .map(id => ask.shadowRoot!.getElementById(id)!.textContent.trim())
        .filter(words => words);
      expect(description).to.deep.equal(['$', 'Please enter an amount from $2 to $1,000.']);
      await expect(ask).to.be.accessible();
    });

    for (const lang of 'ar de es fr it nl pl pt-BR ru tr uk'.split(' ')) {
      it(`is accessible in ${lang}, and says so which language it speaks`, async () => {
        const ask = await anAsk({}, lang);
        const root = one(ask, '[lang]');
        expect(root.lang).to.equal(lang);
        expect(getComputedStyle(root).direction).to.equal(lang === 'ar' ? 'rtl' : 'ltr');
        expect(text(ask, 'submit')).not.to.contain('Support');
        await expect(ask).to.be.accessible();
      });
    }

    it('is accessible on a dark page, and with an accent of the site that is light or dark', async () => {
      const ask = await anAsk();
      for (const [scheme, accent] of [
        ['dark', ''],
        ['light', '#ffd400'],
        ['light', '#200040'],
        ['light', '#cc0000'],
      ] as const) {
        ask.parentElement!.style.setProperty('color-scheme', scheme);
        if (accent) ask.style.setProperty('--support-accent', accent);
        await expect(ask).to.be.accessible();
      }
    });

    it('gives fingers 44 px everywhere', async () => {
      const ask = await anAsk();
      await choose(ask, 'amount', 'custom');
      for (const target of all<HTMLElement>(ask, 'input, button')) {
        const {width, height} = (target.closest('.field') ?? target).getBoundingClientRect();
        expect(Math.min(width, height), target.outerHTML).to.be.at.least(44);
      }
    });

    for (const lang of 'en ru ar de pl tr uk'.split(' ')) {
      it(`fits into 320 px, with text twice as big, in ${lang}`, async function () {
        await setViewport({width: 320, height: 640});
        // A window of WebKitGTK's cannot be that narrow.
        if (innerWidth > 320) this.skip();
        document.documentElement.style.setProperty('font-size', '32px');
        try {
          const ask = await anAsk({}, lang);
          expect(ask.getBoundingClientRect().width).to.be.at.most(320);
          for (const part of all(ask, '*')) {
            const {left, right} = part.getBoundingClientRect();
            expect(right, part.outerHTML.slice(0, 80)).to.be.at.most(320);
            expect(left, part.outerHTML.slice(0, 80)).to.be.at.least(0);
          }
        } finally {
          document.documentElement.style.removeProperty('font-size');
          await setViewport({width: 800, height: 600});
        }
      });
    }

    it('is not printed', async function () {
      if (!canEmulateMedia) this.skip();
      const ask = await anAsk();
      await emulateMedia({media: 'print'});
      try {
        expect(getComputedStyle(ask).display).to.equal('none');
      } finally {
        await emulateMedia({media: 'screen'});
      }
    });

    it('is reached by no style of the page, but by its properties', async () => {
      const plain = await anAsk();
      const look = (ask: SupportAskElement) => {
        const {fontSize, textTransform, color, writingMode, letterSpacing, visibility} =
          getComputedStyle(one(ask, 'legend'));
        return {fontSize, textTransform, color, writingMode, letterSpacing, visibility};
      };
      const before = look(plain);
      const hostile = document.createElement('style');
      hostile.textContent = `* {all: unset !important} body, support-ask {text-transform: uppercase !important;
        color: lime !important; writing-mode: vertical-rl !important; letter-spacing: 9px !important;
        visibility: hidden !important; font-size: 4px !important}`;
      document.head.append(hostile);
      try {
        expect(look(plain)).to.deep.equal(before);
        plain.style.setProperty('--support-text', 'rgb(1, 2, 3)');
        expect(look(plain).color).to.equal('rgb(1, 2, 3)');
      } finally {
        hostile.remove();
      }
    });

    it('fetches nothing a theme names, and takes no more of it than a colour', async () => {
      const ask = await anAsk();
      const name = `/never-fetched-${Date.now()}.png`;
      for (const token of [
        'background',
        'text',
        'accent',
        'border',
        'error',
        'on-accent',
        'font',
      ]) {
        ask.style.setProperty(`--support-${token}`, `url(${name})`);
      }
      await nextFrames();
      // Whatever was asked for before this has been asked for by then.
      await fetch(location.href);
      expect(performance.getEntriesByName(new URL(name, location.href).href)).to.be.empty;
    });

    it('leaves nothing behind when it comes and goes', async () => {
      const ask = await anAsk();
      const parent = ask.parentElement!;
      await choose(ask, 'amount', '1000');
      for (let times = 0; times < 20; times += 1) {
        ask.remove();
        parent.append(ask);
      }
      await ask.updateComplete;
      expect(chosen(ask)).to.deep.equal(['monthly', '1000']);
      expect(all(ask, 'form')).to.have.length(1);
    });
  });
});
