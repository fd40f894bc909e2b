import {expect} from '@open-wc/testing';
import {serverEmbedded} from '../../src/checkout/server-embedded.js';
import type {
  ServerEmbeddedOptions,
  StripeForEmbedding,
} from '../../src/checkout/server-embedded.js';
import type {CheckoutOutcome} from '../../src/core/money/checkout.js';
import {
  aHost,
  anIntent,
  answerFetch,
  codeOf,
  json,
  never,
  problem,
  restoreFetch,
} from './builders.js';
import type {Asked} from './builders.js';
import {FakeTimers, nextTask} from '../fake-timers.js';

/** Stripe as far as it matters: one page at a time, and never in a shadow root. */
class StripeStub implements StripeForEmbedding {
  static version = 'endive';
  static last: StripeStub | undefined;
  secret: string | undefined;
  mountedIn: HTMLElement | undefined;
  destroyed = 0;
  complete: () => void = () => undefined;
  created: Promise<void> = Promise.resolve();

  constructor() {
    StripeStub.last = this;
  }

  async createEmbeddedCheckoutPage({
    fetchClientSecret,
    onComplete,
  }: Parameters<StripeForEmbedding['createEmbeddedCheckoutPage']>[0]) {
    this.secret = await fetchClientSecret();
    this.complete = onComplete;
    await this.created;
    return {
      mount: (element: HTMLElement) => {
        if (element.getRootNode() instanceof ShadowRoot) {
          throw new Error(
            'Elements cannot be mounted in a ShadowRoot. Please mount in the Light DOM.',
          );
        }
        this.mountedIn = element;
      },
      destroy: () => {
        this.destroyed++;
      },
    };
  }

  // What the package calls on the real one.
  _registerWrapper(): void {}
}

const clientSecret = 'cs_test_1_secret_2';
const hosted = {type: 'redirect', url: 'https://checkout.stripe.com/c/pay/cs_test_1'};
const byUi = ({body}: Asked) =>
  body['ui'] === 'embedded_page' ? json({clientSecret}) : json({url: hosted.url});
const anEmbedding = (overrides: Partial<ServerEmbeddedOptions> = {}) =>
  serverEmbedded({url: '/companion/checkout', publishableKey: 'pk_test_1', ...overrides});
const finishedOf = (outcome: CheckoutOutcome) =>
  outcome.type === 'embedded' ? outcome.finished : Promise.reject(new Error(outcome.type));

describe('serverEmbedded()', () => {
  afterEach(restoreFetch);

  it('refuses a key that is not publishable, and does not repeat it', () => {
    expect(() => anEmbedding({publishableKey: 'sk_live_hush'}))
      .to.throw(TypeError, 'publishable')
      .with.property('message')
      .that.does.not.include('hush');
  });

  it('loads nothing before a press', () => {
    let loads = 0;
    anEmbedding({stripe: () => Promise.reject(new Error(`${++loads}`))});
    expect(loads).to.equal(0);
    expect(document.querySelector('script[src*="stripe"]')).to.equal(null);
  });

  it('asks for a client secret and mounts the page in the light DOM', async () => {
    const asked = answerFetch(byUi);
    const stripe = new StripeStub();
    const keys: string[] = [];
    const place = document.createElement('div');
    const hook = anEmbedding({
      stripe: key => (keys.push(key), Promise.resolve(stripe)),
      headers: {'x-csrf': '1'},
    });
    const outcome = await hook(anIntent(), aHost({mount: () => place}));
    expect(outcome.type).to.equal('embedded');
    expect(keys).to.deep.equal(['pk_test_1']);
    expect(asked.map(({body}) => body)).to.deep.equal([{...anIntent(), ui: 'embedded_page'}]);
    expect(new Headers(asked[0]!.init.headers).get('x-csrf')).to.equal('1');
    expect(stripe.secret).to.equal(clientSecret);
    expect(stripe.mountedIn).to.equal(place);
  });

  it('finishes as complete, and takes the page away', async () => {
    answerFetch(byUi);
    const stripe = new StripeStub();
    const outcome = await anEmbedding({stripe: () => Promise.resolve(stripe)})(anIntent(), aHost());
    stripe.complete();
    expect(await finishedOf(outcome)).to.equal('complete');
    expect(stripe.destroyed).to.equal(1);
  });

  it('finishes as closed when the attempt ends, and takes the page away once', async () => {
    answerFetch(byUi);
    const stripe = new StripeStub();
    const attempt = new AbortController();
    const outcome = await anEmbedding({stripe: () => Promise.resolve(stripe)})(
      anIntent(),
      aHost({signal: attempt.signal}),
    );
    attempt.abort();
    expect(await finishedOf(outcome)).to.equal('closed');
    stripe.complete();
    await nextTask();
    expect(stripe.destroyed).to.equal(1);
  });

  it('leaves no page behind when the attempt ends while Stripe makes one', async () => {
    const asked = answerFetch(byUi);
    const stripe = new StripeStub();
    let create: () => void = () => undefined;
    stripe.created = new Promise(resolve => (create = resolve));
    const attempt = new AbortController();
    const mount = () => {
      attempt.signal.throwIfAborted();
      return document.createElement('div');
    };
    const pressed = codeOf(
      anEmbedding({stripe: () => Promise.resolve(stripe)})(
        anIntent(),
        aHost({signal: attempt.signal, mount}),
      ),
    );
    while (asked.length < 1) await nextTask();
    await nextTask();
    attempt.abort();
    create();
    expect(await pressed).to.equal('aborted');
    expect(stripe.mountedIn).to.equal(undefined);
    expect(stripe.destroyed).to.equal(1);
    expect(asked).to.have.length(1);
  });

  const blocked: readonly {given: string; stripe: NonNullable<ServerEmbeddedOptions['stripe']>}[] =
    [
      {
        given: 'a blocked script',
        stripe: () => Promise.reject(new Error('Failed to load Stripe.js')),
      },
      {
        given: 'a loader that throws',
        stripe: () => {
          throw new TypeError('This document requires TrustedScriptURL');
        },
      },
      {given: 'a loader that finds nothing', stripe: () => Promise.resolve(null)},
    ];
  for (const {given, stripe} of blocked) {
    it(`goes to the hosted page, as the same attempt, given ${given}`, async () => {
      const asked = answerFetch(byUi);
      expect(await anEmbedding({stripe})(anIntent(), aHost())).to.deep.equal(hosted);
      expect(asked.map(({body}) => [body['ui'], body['attemptId']])).to.deep.equal([
        ['hosted_page', anIntent().attemptId],
      ]);
    });
  }

  it('goes to the hosted page when the script does not come in time', async () => {
    const asked = answerFetch(byUi);
    const timers = new FakeTimers();
    try {
      const never = () => new Promise<never>(() => undefined);
      const pressed = anEmbedding({stripe: never})(anIntent(), aHost());
      await timers.advance(3999);
      expect(asked).to.have.length(0);
      await timers.advance(1);
      expect(await pressed).to.deep.equal(hosted);
    } finally {
      timers.restore();
    }
  });

  it('goes to the hosted page when Stripe refuses to embed', async () => {
    const asked = answerFetch(byUi);
    const stripe = {
      createEmbeddedCheckoutPage: () => Promise.reject(new Error('IntegrationError')),
    };
    expect(
      await anEmbedding({stripe: () => Promise.resolve(stripe)})(anIntent(), aHost()),
    ).to.deep.equal(hosted);
    expect(asked.map(({body}) => body['ui'])).to.deep.equal(['embedded_page', 'hosted_page']);
  });

  it('goes to the hosted page from a shadow root, and leaves no page behind', async () => {
    answerFetch(byUi);
    const stripe = new StripeStub();
    const root = document.createElement('div').attachShadow({mode: 'open'});
    const mount = () => root.appendChild(document.createElement('div'));
    expect(
      await anEmbedding({stripe: () => Promise.resolve(stripe)})(anIntent(), aHost({mount})),
    ).to.deep.equal(hosted);
    expect(stripe.destroyed).to.equal(1);
  });

  it('fails as script-blocked where the endpoint knows no hosted page', async () => {
    answerFetch(json({clientSecret}));
    expect(
      await codeOf(anEmbedding({stripe: () => Promise.resolve(null)})(anIntent(), aHost())),
    ).to.equal('script-blocked');
  });

  it('keeps the code of a hosted page that fails', async () => {
    answerFetch(problem(429));
    expect(
      await codeOf(anEmbedding({stripe: () => Promise.resolve(null)})(anIntent(), aHost())),
    ).to.equal('rate-limited');
  });

  it('keeps the code of an endpoint that refuses the gift, and asks no more', async () => {
    const asked = answerFetch(problem(422, 'amount-too-small'));
    expect(
      await codeOf(
        anEmbedding({stripe: () => Promise.resolve(new StripeStub())})(anIntent(), aHost()),
      ),
    ).to.equal('amount-too-small');
    expect(asked).to.have.length(1);
  });

  it('goes where an endpoint sends it that only knows hosted pages', async () => {
    const asked = answerFetch(json({url: hosted.url}));
    expect(
      await anEmbedding({stripe: () => Promise.resolve(new StripeStub())})(anIntent(), aHost()),
    ).to.deep.equal(hosted);
    expect(asked).to.have.length(1);
  });

  it('fails as bad-response given neither secret nor URL', async () => {
    answerFetch(json({}));
    expect(
      await codeOf(
        anEmbedding({stripe: () => Promise.resolve(new StripeStub())})(anIntent(), aHost()),
      ),
    ).to.equal('bad-response');
  });

  it('fails as timeout when the endpoint is silent', async () => {
    answerFetch(never);
    expect(
      await codeOf(
        anEmbedding({stripe: () => Promise.resolve(new StripeStub()), timeout: 30})(
          anIntent(),
          aHost(),
        ),
      ),
    ).to.equal('timeout');
  });

  it('takes Stripe.js from @stripe/stripe-js unless told otherwise', async () => {
    const page = window as unknown as {Stripe?: unknown};
    const factory = Object.assign(() => new StripeStub(), {version: 'endive'});
    try {
      page.Stripe = factory;
      answerFetch(byUi);
      const place = document.createElement('div');
      const outcome = await anEmbedding()(anIntent(), aHost({mount: () => place}));
      expect(outcome.type).to.equal('embedded');
      expect(StripeStub.last?.mountedIn).to.equal(place);
    } finally {
      delete page.Stripe;
    }
  });
});
