import {expect, fixture, html} from '@open-wc/testing';
import {page} from '../../src/browser/page.js';
import {readerStore} from '../../src/browser/storage/reader-store.js';
import '../../src/define/support-thanks.js';
import type {SupportThanksElement} from '../../src/elements/thanks/support-thanks.js';
import type {SupportSupportedEvent} from '../../src/events/index.js';
import {nextFrames} from '../fake-timers.js';
import {waitUntil} from '../wait-until.js';

const day = 86_400_000;
const {fetch: realFetch} = window;
let asked: string[] = [];

/** What the companion answers. */
const companion = (answer: () => Response | Promise<Response>) => {
  window.fetch = (url, init) => {
    asked.push(url as string);
    return new Promise((resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      Promise.resolve().then(answer).then(resolve, reject);
    });
  };
};
const says = (value: unknown) => () =>
  new Response(typeof value === 'string' ? value : JSON.stringify(value));

const comeBack = (query: string) =>
  history.replaceState({kept: 1}, '', `${location.pathname}${query}`);

const aThanks = async (
  template = html`<support-thanks checkout="/companion/checkout"></support-thanks>`,
): Promise<SupportThanksElement> => fixture<SupportThanksElement>(template);

const heading = (thanks: SupportThanksElement) =>
  thanks.shadowRoot!.querySelector('h2')?.textContent.replaceAll(/\s/g, ' ');
const note = (thanks: SupportThanksElement) =>
  thanks.shadowRoot!.querySelector('[part~=note]')?.textContent;

const complete = {state: 'complete', frequency: 'monthly', amount: {minor: 500, currency: 'USD'}};
const returned = '?support=success&support_session=cs_test_1';

describe('<support-thanks>', () => {
  let before: string;
  beforeEach(() => {
    before = location.href;
    asked = [];
    localStorage.clear();
    delete page().memory;
    companion(says(complete));
  });
  afterEach(() => {
    window.fetch = realFetch;
    history.replaceState(null, '', before);
    localStorage.clear();
  });

  it('shows nothing, asks nothing and remembers nothing when nobody comes back', async () => {
    for (const query of [
      '',
      '?support=cancel',
      '?support_session=cs_1',
      '?support=',
      '?a=success',
    ]) {
      comeBack(query);
      const thanks = await aThanks(
        html`<support-thanks checkout="/companion/checkout"><p>Words</p></support-thanks>`,
      );
      expect(thanks.getBoundingClientRect().height).to.equal(0);
      expect(thanks.shadowRoot!.textContent.trim()).to.equal('');
      expect(location.search).to.equal(query);
    }
    expect(asked).to.be.empty;
    expect(localStorage).to.have.length(0);
  });

  it('thanks for the amount and the frequency, in a heading', async () => {
    comeBack(returned);
    const thanks = await aThanks();
    await waitUntil(() => heading(thanks));
    expect(heading(thanks)).to.equal('Thank you for $5 a month.');
    expect(asked).to.deep.equal(['/companion/checkout/cs_test_1']);
    await expect(thanks).to.be.accessible();
  });

  it('takes its own words out of the address at once, and leaves the rest', async () => {
    comeBack('?page=2&support=success&support_session=cs_1&wtr-test=1#part');
    companion(() => new Promise(() => undefined));
    await aThanks();
    expect(location.search).to.equal('?page=2&wtr-test=1');
    expect(location.hash).to.equal('#part');
    expect(history.state).to.deep.equal({kept: 1});
  });

  it('says that it is looking, in a live region, until it knows', async () => {
    comeBack(returned);
    let answer: (response: Response) => void = () => undefined;
    companion(() => new Promise(resolve => (answer = resolve)));
    const thanks = await aThanks();
    await waitUntil(() => note(thanks));
    const region = thanks.shadowRoot!.querySelector('[role=status]');
    expect(note(thanks)).to.equal('One moment…');
    answer(says(complete)());
    await waitUntil(() => heading(thanks));
    expect(thanks.shadowRoot!.querySelector('[role=status]')).to.equal(region);
    expect(note(thanks)).to.equal(undefined);
  });

  const gifts: readonly [string, unknown, number, string][] = [
    ['a single gift', {...complete, frequency: 'once'}, 90, 'Thank you for $5.'],
    ['a monthly gift', complete, 365, 'Thank you for $5 a month.'],
    ['a yearly gift', {...complete, frequency: 'annual'}, 365, 'Thank you for $5 a year.'],
  ];
  for (const [given, answer, days, words] of gifts) {
    it(`remembers ${given} and tells the page`, async () => {
      comeBack(returned);
      companion(says(answer));
      const thanks = document.createElement('support-thanks');
      thanks.checkout = '/companion/checkout/';
      const told = new Promise<SupportSupportedEvent>(resolve =>
        thanks.addEventListener('support-supported', resolve),
      );
      await fixture(html`${thanks}`);
      const {frequency, amount} = await told;
      expect({frequency, amount}).to.deep.equal({
        frequency: (answer as typeof complete).frequency,
        amount: complete.amount,
      });
      const supported = readerStore().read().supported!;
      expect(supported.until - supported.at).to.equal(days * day);
      expect(Math.abs(Date.now() - supported.at)).to.be.lessThan(5000);
      expect(localStorage.getItem('support:reader')).to.contain('supported');
      expect(asked).to.deep.equal(['/companion/checkout/cs_test_1']);
      await waitUntil(() => heading(thanks));
      expect(heading(thanks)).to.equal(words);
    });
  }

  const faults: readonly [string, () => Response | Promise<Response>][] = [
    ['is offline', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['answers 500', () => new Response('oh', {status: 500})],
    ['answers 404', () => new Response('{}', {status: 404})],
    ['answers a captive portal’s page', says('<!doctype html>')],
    ['answers null', says('null')],
    ['answers an amount that is none', says({...complete, amount: {minor: -5, currency: 'USD'}})],
    ['answers a currency that is none', says({...complete, amount: {minor: 5, currency: '<b>'}})],
    ['answers a frequency that is none', says({...complete, frequency: '__proto__'})],
  ];
  for (const [fault, answer] of faults) {
    it(`thanks without an amount when the companion ${fault}`, async () => {
      comeBack(returned);
      companion(answer);
      const thanks = await aThanks();
      await waitUntil(() => heading(thanks));
      expect(heading(thanks)).to.equal('Thank you for your support.');
      expect(readerStore().read().supported).not.to.equal(undefined);
    });
  }

  it('thanks without an amount when there is no companion, or no session', async () => {
    comeBack(returned);
    let thanks = await aThanks(html`<support-thanks></support-thanks>`);
    await waitUntil(() => heading(thanks));
    comeBack('?support=success');
    thanks = await aThanks();
    await waitUntil(() => heading(thanks));
    expect(heading(thanks)).to.equal('Thank you for your support.');
    expect(asked).to.be.empty;
  });

  it('does not wait for ever', async () => {
    comeBack(returned);
    companion(() => new Promise(() => undefined));
    const {setTimeout: realTimeout} = window;
    const delays: number[] = [];
    window.setTimeout = ((run: () => void, delay = 0) => {
      if (delay === 10_000) delays.push(delay);
      return realTimeout(run, delay === 10_000 ? 20 : delay);
    }) as typeof window.setTimeout;
    try {
      const thanks = await aThanks();
      await waitUntil(() => heading(thanks));
      expect(delays).to.deep.equal([10_000]);
    } finally {
      window.setTimeout = realTimeout;
    }
  });

  it('remembers a reader who leaves before the companion answers, as briefly as a single gift', async () => {
    comeBack(returned);
    companion(() => new Promise(() => undefined));
    const thanks = await aThanks();
    await waitUntil(() => note(thanks));
    const {supported} = readerStore().read();
    expect(supported!.until - supported!.at).to.equal(90 * day);
    expect(supported!.frequency).to.equal(undefined);
    expect(localStorage.getItem('support:reader')).to.contain('supported');
  });

  it('remembers nothing, and asks nothing, on a page that is only prerendered', async () => {
    comeBack(returned);
    Object.defineProperty(document, 'prerendering', {value: true, configurable: true});
    const thanks = await aThanks();
    await nextFrames();
    expect(asked).to.be.empty;
    expect(localStorage).to.have.length(0);
    Reflect.deleteProperty(document, 'prerendering');
    document.dispatchEvent(new Event('prerenderingchange'));
    await waitUntil(() => heading(thanks));
    expect(asked).to.deep.equal(['/companion/checkout/cs_test_1']);
  });

  it('forgets no earlier gift when the payment of this one was not completed', async () => {
    const earlier = {at: Date.now() - day, until: Date.now() + 300 * day, frequency: 'monthly'};
    localStorage.setItem(
      'support:reader',
      JSON.stringify({v: 1, views: [], closes: [], read: [], supported: earlier}),
    );
    comeBack(returned);
    companion(says({...complete, state: 'expired'}));
    const thanks = await aThanks();
    await waitUntil(() => note(thanks) && note(thanks) !== 'One moment…');
    expect(readerStore().read().supported).to.deep.include(earlier);
  });

  for (const state of ['open', 'expired']) {
    it(`thanks for nothing when the payment is ${state}, and remembers nothing`, async () => {
      comeBack(returned);
      companion(says({...complete, state}));
      const thanks = await aThanks(
        html`<support-thanks checkout="/c"
          ><h2 slot="heading">Thanks!</h2>
          <p>Words</p></support-thanks
        >`,
      );
      await waitUntil(() => note(thanks) && note(thanks) !== 'One moment…');
      expect(note(thanks)).to.equal('Your payment was not completed.');
      expect(thanks.querySelector('p')!.getClientRects()).to.have.length(0);
      expect(readerStore().read().supported).to.equal(undefined);
      expect(localStorage).to.have.length(0);
    });
  }

  it('shows the editor’s heading and words instead', async () => {
    comeBack(returned);
    const thanks = await aThanks(
      html`<support-thanks checkout="/c"
        ><h2 slot="heading">You are great</h2>
        <p>Words</p></support-thanks
      >`,
    );
    await waitUntil(() => thanks.querySelector('h2')!.getClientRects().length);
    expect(thanks.querySelector('p')!.getClientRects()).to.have.length(1);
    await expect(thanks).to.be.accessible();
  });

  it('is set like an appeal: a rule, equal padding and a heading that is one', async () => {
    comeBack(returned);
    const thanks = await aThanks();
    await waitUntil(() => heading(thanks));
    const title = thanks.shadowRoot!.querySelector('h2')!;
    expect(parseFloat(getComputedStyle(title).fontSize)).to.be.greaterThan(20);
    const [outer, inner] = [thanks, title].map(element => element.getBoundingClientRect());
    expect(inner!.left - outer!.left).to.be.at.least(16);
    expect(outer!.bottom - inner!.bottom).to.be.at.least(16);
    expect(getComputedStyle(thanks.shadowRoot!.firstElementChild!).borderTopWidth).to.equal('3px');
  });

  it('never lets a session choose another address', async () => {
    comeBack('?support=success&support_session=..%2F..%2Fadmin%3Fx');
    const thanks = await aThanks();
    await waitUntil(() => heading(thanks));
    expect(asked).to.deep.equal(['/companion/checkout/..%2F..%2Fadmin%3Fx']);
  });

  it('takes no focus', async () => {
    comeBack(returned);
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    const thanks = await aThanks();
    await waitUntil(() => heading(thanks));
    expect(document.activeElement).to.equal(field);
    field.remove();
  });

  it('speaks the language of the page', async () => {
    comeBack(returned);
    const thanks = await aThanks(html`<support-thanks lang="de" checkout="/c"></support-thanks>`);
    await waitUntil(() => heading(thanks));
    expect(heading(thanks)).to.equal('Vielen Dank für 5 $ im Monat.');
  });
});
