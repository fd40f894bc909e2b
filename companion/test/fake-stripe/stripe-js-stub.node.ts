import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
// @ts-expect-error -- jsdom ships no types, and this is the one test that needs it.
import {JSDOM} from 'jsdom';
import {stripeJsStub} from '../../src/fake-stripe/index.js';

const pages = 'https://www.example.org/stripe-fake';
const clientSecret = 'cs_test_abc_secret_xyz';

interface EmbeddedPage {
  mount(place: unknown): void;
  unmount(): void;
  destroy(): void;
}

/** A page of the site with the stub on it. */
function aPage() {
  const {window} = new JSDOM('<div id="place"></div><div id="host"></div>', {
    url: 'https://www.example.org/article',
    runScripts: 'outside-only',
  });
  window.eval(stripeJsStub(pages));
  const {document} = window;
  const Stripe = (window as unknown as {Stripe: StubbedStripe}).Stripe;
  const place = document.querySelector('#place')!;
  const host = document.querySelector('#host')!;
  const say = (data: object, from: {source?: unknown; origin?: string} = {}) => {
    const source = from.source ?? place.querySelector('iframe')?.contentWindow;
    const origin = from.origin ?? 'https://www.example.org';
    const init = {data, source, origin} as MessageEventInit;
    window.dispatchEvent(new window.MessageEvent('message', init));
  };
  return {Stripe, place, host, document, say, window};
}

interface StubbedStripe {
  (key?: string): {createEmbeddedCheckoutPage(options: object): Promise<EmbeddedPage>};
  readonly version: string;
}

describe('stripeJsStub()', () => {
  it('is of the train that the loader looks for', () => {
    assert.equal(aPage().Stripe.version, 'endive');
  });

  it('takes publishable keys only', () => {
    const {Stripe} = aPage();
    for (const key of [undefined, '', 'sk_test_a']) assert.throws(() => Stripe(key));
    assert.ok(Stripe('pk_test_a'));
  });

  it('mounts the fake’s page in the light DOM, and takes it away again', async () => {
    const {Stripe, place} = aPage();
    const page = await Stripe('pk_test_a').createEmbeddedCheckoutPage({
      fetchClientSecret: () => Promise.resolve(clientSecret),
    });
    page.mount('#place');
    assert.equal(place.querySelector('iframe')?.src, `${pages}/embedded/cs_test_abc`);
    assert.equal(place.innerHTML.includes('style='), false);
    page.unmount();
    assert.equal(place.childElementCount, 0);
  });

  it('refuses a shadow root, as Stripe does', async () => {
    const {Stripe, host, document} = aPage();
    const inner = document.createElement('div');
    host.attachShadow({mode: 'open'}).append(inner);
    const page = await Stripe('pk_test_a').createEmbeddedCheckoutPage({clientSecret});
    assert.throws(() => page.mount(inner), {name: 'IntegrationError', message: /ShadowRoot/});
    assert.throws(() => page.mount('#nowhere'));
    assert.throws(() => page.mount(document.createElement('div')));
  });

  it('allows one page at a time', async () => {
    const {Stripe} = aPage();
    const make = () => Stripe('pk_test_a').createEmbeddedCheckoutPage({clientSecret});
    const first = await make();
    await assert.rejects(make, /multiple/);
    first.destroy();
    assert.throws(() => first.mount('#place'), /destroyed/);
    (await make()).mount('#place');
  });

  it('is free again when no client secret came', async () => {
    const {Stripe} = aPage();
    const make = (fetchClientSecret: () => Promise<string>) =>
      Stripe('pk_test_a').createEmbeddedCheckoutPage({fetchClientSecret});
    await assert.rejects(
      make(() => Promise.reject(new Error('offline'))),
      /offline/,
    );
    await assert.rejects(
      make(() => Promise.resolve('nonsense')),
      /client secret/,
    );
    assert.ok(await make(() => Promise.resolve(clientSecret)));
  });

  it('hears its own frame only', async () => {
    const {Stripe, place, say, window} = aPage();
    let completed = 0;
    const onComplete = () => completed++;
    const page = await Stripe('pk_test_a').createEmbeddedCheckoutPage({clientSecret, onComplete});
    page.mount(place);
    const done = {type: 'stripe-fake:complete'};
    say(done, {source: window});
    say(done, {origin: 'https://evil.example'});
    assert.equal(completed, 0);
    say({type: 'stripe-fake:height', height: 333});
    assert.equal(place.querySelector('iframe')?.getAttribute('height'), '333');
    say(done);
    assert.equal(completed, 1);
    page.destroy();
    say(done);
    assert.equal(completed, 1);
  });
});
