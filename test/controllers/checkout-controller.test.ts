import {expect} from '@open-wc/testing';
import {LitElement} from 'lit';
import {CheckoutError} from '../../src/checkout/checkout-error.js';
import type {CheckoutHook, CheckoutHost} from '../../src/checkout/hook.js';
import {CheckoutController} from '../../src/controllers/checkout-controller.js';
import type {CheckoutControllerOptions} from '../../src/controllers/checkout-controller.js';
import type {CheckoutIntent, CheckoutOutcome} from '../../src/core/money/checkout.js';
import type {
  SupportCheckoutEvent,
  SupportCheckoutFailedEvent,
  SupportSupportedEvent,
} from '../../src/events/index.js';
import {goOffline, goOnline} from '../checkout/builders.js';
import {FakeTimers, nextTask} from '../fake-timers.js';

class CheckoutButton extends LitElement {
  hook: CheckoutHook | undefined;
  origins: readonly string[] = [];
  left: string[] = [];
  mounted = 0;
  checkout: CheckoutController | undefined;

  start(options: Partial<CheckoutControllerOptions> = {}): CheckoutController {
    return (this.checkout = new CheckoutController(this, {
      hook: () => this.hook,
      mount: () => {
        this.mounted++;
        return this;
      },
      origins: () => this.origins,
      navigate: url => {
        this.left.push(url.href);
      },
      timeout: 60,
      ...options,
    }));
  }
}
customElements.define('checkout-button', CheckoutButton);

const pay = 'https://checkout.stripe.com/c/pay/cs_test_1';
const redirect: CheckoutOutcome = {type: 'redirect', url: pay};
const aWish = (overrides: Partial<CheckoutIntent> = {}): Omit<CheckoutIntent, 'attemptId'> => ({
  offerId: 'support',
  frequency: 'monthly',
  amount: {minor: 500, currency: 'USD'},
  locale: 'en',
  attribution: {campaign: 'winter'},
  ...overrides,
});

describe('CheckoutController', () => {
  let button: CheckoutButton;
  let checkout: CheckoutController;
  let failures: SupportCheckoutFailedEvent[];
  let unhandled: unknown[];
  const noteUnhandled = (event: PromiseRejectionEvent) => {
    unhandled.push(event.reason);
  };

  const aButton = (hook?: CheckoutHook, options?: Partial<CheckoutControllerOptions>) => {
    const element = new CheckoutButton();
    element.hook = hook;
    element.start(options);
    element.addEventListener('support-checkout-failed', event => failures.push(event));
    return document.body.appendChild(element);
  };
  const use = (hook?: CheckoutHook, options?: Partial<CheckoutControllerOptions>) => {
    button = aButton(hook, options);
    checkout = button.checkout!;
  };
  const pressWith = (hook?: CheckoutHook) => {
    use(hook);
    return checkout.press(aWish());
  };

  beforeEach(() => {
    failures = [];
    unhandled = [];
    addEventListener('unhandledrejection', noteUnhandled);
  });

  afterEach(async () => {
    goOnline();
    for (const element of document.querySelectorAll('checkout-button')) element.remove();
    await nextTask();
    removeEventListener('unhandledrejection', noteUnhandled);
    expect(unhandled).to.deep.equal([]);
  });

  it('goes where the hook says', async () => {
    const seen: CheckoutIntent[] = [];
    use(intent => {
      seen.push(intent);
      return Promise.resolve(redirect);
    });
    expect(checkout.phase).to.equal('idle');
    const pressed = checkout.press(aWish({email: 'a@example.org'}));
    expect(checkout.phase).to.equal('busy');
    expect(await pressed).to.equal(undefined);
    expect(checkout.phase).to.equal('leaving');
    expect(checkout.error).to.equal(undefined);
    expect(button.left).to.deep.equal([pay]);
    const [{attemptId, ...rest}] = seen as [CheckoutIntent];
    expect(rest).to.deep.equal(aWish({email: 'a@example.org'}));
    expect(attemptId).to.match(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(failures).to.deep.equal([]);
  });

  it('asks the element to render at every change', async () => {
    use(() => Promise.resolve(redirect));
    await button.updateComplete;
    const phases: string[] = [];
    button.requestUpdate = () => void phases.push(checkout.phase);
    await checkout.press(aWish());
    checkout.abort();
    expect(phases).to.deep.equal(['busy', 'leaving', 'idle']);
  });

  it('makes attempt ids on pages without randomUUID', async () => {
    const {randomUUID} = crypto;
    try {
      (crypto as {randomUUID?: unknown}).randomUUID = undefined;
      expect(await pressWith(() => Promise.resolve(redirect))).to.equal(undefined);
    } finally {
      crypto.randomUUID = randomUUID;
    }
  });

  it('lends the hook a signal, the language and a place to mount', async () => {
    const hosts: CheckoutHost[] = [];
    use((_, host) => {
      hosts.push(host);
      host.mount();
      return Promise.resolve({type: 'handled'});
    });
    await checkout.press(aWish({locale: 'de'}));
    expect(hosts[0]!.locale).to.equal('de');
    expect(hosts[0]!.signal.aborted).to.equal(false);
    expect(button.mounted).to.equal(1);
  });

  describe('asks the page first', () => {
    it('with an event that bubbles, before the hook', async () => {
      const order: string[] = [];
      use(() => {
        order.push('hook');
        return Promise.resolve(redirect);
      });
      const listen = (event: SupportCheckoutEvent) => {
        order.push(`event ${event.intent.amount.minor} ${event.cancelable} ${event.composed}`);
      };
      document.addEventListener('support-checkout', listen, {once: true});
      await checkout.press(aWish());
      expect(order).to.deep.equal(['event 500 true true', 'hook']);
    });

    it('and leaves everything to a listener that takes over', async () => {
      let hooks = 0;
      let signal: AbortSignal | undefined;
      use(() => Promise.reject(new Error(`${hooks++}`)));
      button.addEventListener('support-checkout', event => {
        event.preventDefault();
        signal = event.signal;
      });
      const pressed = checkout.press(aWish());
      expect(checkout.phase).to.equal('idle');
      expect(await pressed).to.equal(undefined);
      expect(hooks).to.equal(0);
      // The listener may still be at work with it.
      expect(signal!.aborted).to.equal(false);
      expect(failures).to.deep.equal([]);
    });

    it('and acts on the answer of a listener, not on the hook', async () => {
      use(() => Promise.reject(new Error('not me')));
      button.addEventListener('support-checkout', event =>
        event.respondWith(nextTask().then(() => redirect)),
      );
      await checkout.press(aWish());
      expect(button.left).to.deep.equal([pay]);
    });

    it('and takes the first of two answers', async () => {
      use();
      button.addEventListener('support-checkout', event => {
        event.respondWith(redirect);
        event.respondWith({type: 'cancelled'});
      });
      await checkout.press(aWish());
      expect(checkout.phase).to.equal('leaving');
    });

    it('and holds an answer to the same rules', async () => {
      use();
      button.addEventListener('support-checkout', event =>
        event.respondWith({type: 'redirect', url: 'https://evil.example/'}),
      );
      expect(await checkout.press(aWish())).to.equal('unsafe-url');
      expect(button.left).to.deep.equal([]);
    });

    it('and reports an answer that fails', async () => {
      use();
      button.addEventListener('support-checkout', event =>
        event.respondWith(Promise.reject(new CheckoutError('not-permitted'))),
      );
      expect(await checkout.press(aWish())).to.equal('not-permitted');
    });

    it('and calls no hook when a listener calls the attempt off', async () => {
      let hooks = 0;
      use(() => Promise.reject(new Error(`${hooks++}`)));
      button.addEventListener('support-checkout', () => checkout.abort());
      expect(await checkout.press(aWish())).to.equal('aborted');
      expect(hooks).to.equal(0);
      expect(checkout.phase).to.equal('idle');
    });

    it('and lets a listener call the attempt off and take over', async () => {
      use();
      button.addEventListener('support-checkout', event => {
        checkout.abort();
        event.preventDefault();
      });
      expect(await checkout.press(aWish())).to.equal(undefined);
      expect(checkout.phase).to.equal('idle');
    });
  });

  const never = () => new Promise<never>(() => undefined);
  const answering = (answer: unknown) => () => Promise.resolve(answer as CheckoutOutcome);
  const faults: readonly {given: string; hook: CheckoutHook | undefined; code: string}[] = [
    {given: 'no hook', hook: undefined, code: 'not-configured'},
    {
      given: 'a hook that throws',
      hook: () => {
        throw new Error('x');
      },
      code: 'bad-response',
    },
    {
      given: 'a hook that rejects',
      hook: () => Promise.reject(new Error('x')),
      code: 'bad-response',
    },
    {
      given: 'a hook that rejects with nothing',
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      hook: () => Promise.reject(undefined),
      code: 'bad-response',
    },
    {
      given: 'a hook that rejects with a code of ours',
      hook: () => Promise.reject(Object.assign(new Error('x'), {code: 'rate-limited'})),
      code: 'rate-limited',
    },
    {given: 'a hook that never settles', hook: never, code: 'timeout'},
    {
      given: 'a hook that answers at once, without a promise',
      hook: (() => '<!doctype html>') as never,
      code: 'bad-response',
    },
    {given: 'a hook that answers nothing', hook: (() => undefined) as never, code: 'bad-response'},
    {given: 'undefined', hook: answering(undefined), code: 'bad-response'},
    {given: 'null', hook: answering(null), code: 'bad-response'},
    {given: 'HTML', hook: answering('<!doctype html><title>Log in</title>'), code: 'bad-response'},
    {given: 'a bare URL', hook: answering(pay), code: 'bad-response'},
    {given: 'another shape', hook: answering({url: pay}), code: 'bad-response'},
    {given: 'another type', hook: answering({type: 'iframe', url: pay}), code: 'bad-response'},
    {
      given: 'an embedding without an end',
      hook: answering({type: 'embedded'}),
      code: 'bad-response',
    },
    {
      given: 'an embedding whose end is no promise',
      hook: answering({type: 'embedded', finished: true}),
      code: 'bad-response',
    },
    {given: 'a redirect without a URL', hook: answering({type: 'redirect'}), code: 'unsafe-url'},
    {
      given: 'an answer that throws when it is read',
      hook: answering({
        get type() {
          throw new Error('x');
        },
      }),
      code: 'bad-response',
    },
    ...[
      'http://checkout.stripe.com/',
      'https://checkout.stripe.com@evil.example/',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      'https://pay.example.org/',
    ].map(url => ({given: url, hook: answering({type: 'redirect', url}), code: 'unsafe-url'})),
  ];
  for (const {given, hook, code} of faults) {
    it(`fails as ${code} given ${given}`, async () => {
      expect(await pressWith(hook)).to.equal(code);
      expect(checkout.phase).to.equal('idle');
      expect(checkout.error).to.equal(code);
      expect(button.left).to.deep.equal([]);
      expect(failures).to.have.length(1);
      expect(failures[0]).to.include({code, bubbles: true, composed: true, cancelable: false});
      expect(failures[0]!.intent).to.deep.include(aWish());
    });
  }

  it('goes to an origin of the site', async () => {
    use(() => Promise.resolve({type: 'redirect', url: 'https://pay.example.org/x'}));
    button.origins = ['https://pay.example.org'];
    expect(await checkout.press(aWish())).to.equal(undefined);
    expect(button.left).to.deep.equal(['https://pay.example.org/x']);
  });

  for (const {given, hook, code} of [
    {given: 'what works', hook: () => Promise.resolve({type: 'handled'}), code: undefined},
    {
      given: 'a call that is off',
      hook: () => Promise.resolve({type: 'cancelled'}),
      code: undefined,
    },
    {given: 'a network that is gone', hook: () => Promise.reject(new TypeError()), code: 'offline'},
    {
      given: 'an answer that says why',
      hook: () => Promise.reject(new CheckoutError('rate-limited')),
      code: 'rate-limited',
    },
    {given: 'no answer of any kind', hook: () => Promise.resolve({}), code: 'bad-response'},
  ] as {given: string; hook: CheckoutHook; code: string | undefined}[])
    it(`tries a press where the browser believes to be offline, given ${given}`, async () => {
      let asked = 0;
      use((intent, host) => {
        asked += 1;
        return hook(intent, host);
      });
      button.addEventListener('support-checkout', () => (asked += 1));
      goOffline();
      expect(await checkout.press(aWish())).to.equal(code);
      expect(asked).to.equal(2);
      expect(failures.map(failure => failure.code)).to.deep.equal(code ? [code] : []);
    });

  it('fails after ten seconds unless told otherwise, and stops the hook', async () => {
    const {setTimeout: real} = globalThis;
    const waits: unknown[] = [];
    let signal: AbortSignal | undefined;
    use(
      (_, host) => {
        signal = host.signal;
        return never();
      },
      {timeout: undefined as never},
    );
    try {
      globalThis.setTimeout = ((late: () => void, wait: number) => {
        waits.push(wait);
        return real(late, wait / 500);
      }) as typeof setTimeout;
      expect(await checkout.press(aWish())).to.equal('timeout');
    } finally {
      globalThis.setTimeout = real;
    }
    expect(waits).to.deep.equal([10_000]);
    expect(signal!.aborted).to.equal(true);
    expect((signal!.reason as CheckoutError).code).to.equal('timeout');
  });

  for (const type of ['handled', 'cancelled'] as const) {
    it(`gives the button back after "${type}", and leaves the signal be`, async () => {
      let signal: AbortSignal | undefined;
      const hook: CheckoutHook = (_, host) => {
        signal = host.signal;
        return Promise.resolve({type});
      };
      expect(await pressWith(hook)).to.equal(undefined);
      expect(checkout.phase).to.equal('idle');
      expect(signal!.aborted).to.equal(false);
      expect(failures).to.deep.equal([]);
    });
  }

  it('tells nobody of a payment the reader called off inside the hook', async () => {
    expect(
      await pressWith(() => Promise.reject(new DOMException('closed', 'AbortError'))),
    ).to.equal('aborted');
    expect(checkout.error).to.equal(undefined);
    expect(failures).to.deep.equal([]);
  });

  describe('makes one attempt at a time', () => {
    it('and ignores a second press, silently', async () => {
      let hooks = 0;
      use(async () => {
        hooks++;
        await nextTask();
        return redirect;
      });
      const first = checkout.press(aWish());
      expect(await checkout.press(aWish())).to.equal('in-progress');
      expect(await checkout.press(aWish({frequency: 'once'}))).to.equal('in-progress');
      expect(checkout.phase).to.equal('busy');
      expect(checkout.error).to.equal(undefined);
      await first;
      expect(await checkout.press(aWish())).to.equal('in-progress');
      expect(hooks).to.equal(1);
      expect(button.left).to.have.length(1);
      expect(failures).to.deep.equal([]);
    });

    it('and ignores a press made by a listener of the first', async () => {
      use(() => Promise.resolve(redirect));
      const presses: Promise<unknown>[] = [];
      button.addEventListener('support-checkout', () => presses.push(checkout.press(aWish())));
      await checkout.press(aWish());
      expect(await Promise.all(presses)).to.deep.equal(['in-progress']);
    });

    it('also when another element has the page’s', async () => {
      use(() => nextTask().then(() => redirect));
      const first = checkout.press(aWish());
      const other = aButton(() => Promise.resolve(redirect));
      expect(await other.checkout!.press(aWish())).to.equal('in-progress');
      checkout.abort();
      expect(await first).to.equal('aborted');
      expect(await other.checkout!.press(aWish())).to.equal(undefined);
      expect(other.left).to.deep.equal([pay]);
    });

    it('and closes a payment page that another element has mounted', async () => {
      await pressWith(() => Promise.resolve({type: 'embedded', finished: never()}));
      const other = aButton(() => Promise.resolve(redirect));
      expect(await checkout.press(aWish())).to.equal('in-progress');
      expect(await other.checkout!.press(aWish())).to.equal(undefined);
      expect(checkout.phase).to.equal('idle');
    });
  });

  describe('names attempts so that a retry is not charged twice', () => {
    let ids: string[];
    let answers: (() => Promise<CheckoutOutcome>)[];
    const refused = () => Promise.reject(new CheckoutError('network'));
    const hook: CheckoutHook = ({attemptId}) => {
      ids.push(attemptId);
      return (answers.shift() ?? refused)();
    };
    beforeEach(() => {
      ids = [];
      answers = [];
      use(hook);
    });

    it('the same again after a failure', async () => {
      await checkout.press(aWish());
      await checkout.press(aWish());
      await checkout.press(aWish({attribution: {campaign: 'winter', placement: 'bar'}}));
      expect(new Set(ids).size).to.equal(1);
    });

    const changes: readonly {given: string; wish: Partial<CheckoutIntent>}[] = [
      {given: 'another frequency', wish: {frequency: 'annual'}},
      {given: 'another amount', wish: {amount: {minor: 501, currency: 'USD'}}},
      {given: 'another currency', wish: {amount: {minor: 500, currency: 'EUR'}}},
      {given: 'another offer', wish: {offerId: 'gift'}},
    ];
    for (const {given, wish} of changes) {
      it(`anew given ${given}, and again when that is taken back`, async () => {
        await checkout.press(aWish());
        await checkout.press(aWish(wish));
        await checkout.press(aWish());
        expect(new Set(ids).size).to.equal(3);
      });
    }

    it('anew after the reader left for the payment and came back', async () => {
      answers = [refused, () => Promise.resolve(redirect)];
      await checkout.press(aWish());
      await checkout.press(aWish());
      dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
      await checkout.press(aWish());
      expect(ids[0]).to.equal(ids[1]);
      expect(ids[2]).not.to.equal(ids[1]);
    });

    it('anew after a cancel', async () => {
      answers = [() => Promise.resolve({type: 'cancelled'})];
      await checkout.press(aWish());
      await checkout.press(aWish());
      expect(new Set(ids).size).to.equal(2);
    });

    it('anew after the attempt was called off', async () => {
      answers = [never];
      const first = checkout.press(aWish());
      checkout.abort();
      await first;
      await checkout.press(aWish());
      expect(new Set(ids).size).to.equal(2);
    });
  });

  it('forgets the last error at the next press', async () => {
    await pressWith(() => Promise.reject(new CheckoutError('not-permitted')));
    button.hook = () => nextTask().then(() => redirect);
    const pressed = checkout.press(aWish());
    expect(checkout.error).to.equal(undefined);
    await pressed;
  });

  describe('called off', () => {
    it('ignores what the hook answers afterwards', async () => {
      let mount: (() => HTMLElement) | undefined;
      let answerNow: () => void = () => undefined;
      const answer = new Promise<void>(resolve => (answerNow = resolve));
      use((_, host) => {
        mount = host.mount;
        return answer.then(() => redirect);
      });
      const pressed = checkout.press(aWish());
      checkout.abort();
      expect(checkout.phase).to.equal('idle');
      expect(await pressed).to.equal('aborted');
      answerNow();
      await nextTask();
      expect(button.left).to.deep.equal([]);
      expect(failures).to.deep.equal([]);
      expect(mount).to.throw();
      expect(button.mounted).to.equal(0);
    });

    it('ignores a hook that rejects afterwards', async () => {
      let reject: (error: Error) => void = () => undefined;
      use(() => new Promise((_, no) => (reject = no)));
      const pressed = checkout.press(aWish());
      checkout.abort();
      expect(await pressed).to.equal('aborted');
      // An unhandled rejection fails the test.
      reject(new Error('late'));
      await nextTask();
    });

    it('goes nowhere even in the moment after the answer', async () => {
      let answer: (outcome: CheckoutOutcome) => void = () => undefined;
      use(() => new Promise(resolve => (answer = resolve)));
      const pressed = checkout.press(aWish());
      answer(redirect);
      await Promise.resolve();
      checkout.abort();
      expect(await pressed).to.equal('aborted');
      expect(button.left).to.deep.equal([]);
    });

    it('does not disturb the attempt after it', async () => {
      const hooks = [
        () => nextTask().then(() => Promise.reject(new Error('late'))),
        () =>
          nextTask()
            .then(nextTask)
            .then(() => redirect),
      ];
      use(() => hooks.shift()!());
      const first = checkout.press(aWish());
      checkout.abort();
      const second = checkout.press(aWish());
      expect(await first).to.equal('aborted');
      expect(checkout.phase).to.equal('busy');
      expect(await second).to.equal(undefined);
      expect(button.left).to.deep.equal([pay]);
      expect(failures).to.deep.equal([]);
    });

    it('happens when the element is removed', async () => {
      let signal: AbortSignal | undefined;
      use((_, host) => {
        signal = host.signal;
        return never();
      });
      const pressed = checkout.press(aWish());
      button.remove();
      expect(signal!.aborted).to.equal(true);
      expect(await pressed).to.equal('aborted');
      expect(failures).to.deep.equal([]);
      // The page may go on elsewhere.
      const other = aButton(() => Promise.resolve(redirect));
      expect(await other.checkout!.press(aWish())).to.equal(undefined);
    });

    it('is nothing when nothing is under way', () => {
      use();
      checkout.abort();
      expect(checkout.phase).to.equal('idle');
    });
  });

  describe('back on the page', () => {
    const comeBack = (persisted: boolean) =>
      dispatchEvent(new PageTransitionEvent('pageshow', {persisted}));

    it('is idle again out of the back-forward cache', async () => {
      await pressWith(() => Promise.resolve(redirect));
      comeBack(false);
      expect(checkout.phase).to.equal('leaving');
      comeBack(true);
      expect(checkout.phase).to.equal('idle');
      expect(await checkout.press(aWish())).to.equal(undefined);
    });

    it('is idle again when it left half-way through an attempt', async () => {
      use(never);
      const pressed = checkout.press(aWish());
      comeBack(true);
      expect(checkout.phase).to.equal('idle');
      expect(await pressed).to.equal('aborted');
      expect(failures).to.deep.equal([]);
    });

    it('keeps a payment page that is mounted', async () => {
      await pressWith(() => Promise.resolve({type: 'embedded', finished: never()}));
      comeBack(true);
      expect(checkout.phase).to.equal('embedded');
    });

    it('listens no more once removed, and again once back', async () => {
      await pressWith(() => Promise.resolve(redirect));
      button.remove();
      document.body.append(button);
      await checkout.press(aWish());
      comeBack(true);
      expect(checkout.phase).to.equal('idle');
    });

    it('is idle again when the reader stopped the navigation', async () => {
      const timers = new FakeTimers();
      try {
        await pressWith(() => Promise.resolve(redirect));
        await timers.advance(59);
        expect(checkout.phase).to.equal('leaving');
        await timers.advance(1);
        expect(checkout.phase).to.equal('idle');
        expect(failures).to.deep.equal([]);
      } finally {
        timers.restore();
      }
    });
  });

  describe('with a payment page in the page', () => {
    let finish: (how: 'complete' | 'closed') => void;
    let fail: (error: Error) => void;
    let signal: AbortSignal;
    let thanks: SupportSupportedEvent[];
    let timers: FakeTimers;
    beforeEach(async () => {
      timers = new FakeTimers();
      thanks = [];
      use((_, host) => {
        signal = host.signal;
        host.mount();
        const finished = new Promise<'complete' | 'closed'>((resolve, reject) => {
          finish = resolve;
          fail = reject;
        });
        return Promise.resolve({type: 'embedded', finished});
      });
      button.addEventListener('support-supported', event => thanks.push(event));
      expect(await checkout.press(aWish())).to.equal(undefined);
      expect(checkout.phase).to.equal('embedded');
    });
    afterEach(() => timers.restore());

    it('takes all the time the reader takes', async () => {
      await timers.advance(3_600_000);
      expect(checkout.phase).to.equal('embedded');
      expect(signal.aborted).to.equal(false);
    });

    it('says when the payment is complete', async () => {
      finish('complete');
      await nextTask();
      expect(checkout.phase).to.equal('idle');
      expect(thanks).to.have.length(1);
      expect(thanks[0]).to.deep.include({
        frequency: 'monthly',
        amount: {minor: 500, currency: 'USD'},
      });
    });

    it('is idle again when the page was closed', async () => {
      finish('closed');
      await nextTask();
      expect(checkout.phase).to.equal('idle');
      expect(thanks).to.deep.equal([]);
    });

    it('ends it when the attempt is called off', async () => {
      checkout.abort();
      expect(signal.aborted).to.equal(true);
      expect(checkout.phase).to.equal('idle');
      finish('complete');
      await nextTask();
      expect(thanks).to.deep.equal([]);
    });

    it('says nothing when it is complete in the moment it is called off', async () => {
      finish('complete');
      checkout.abort();
      await nextTask();
      expect(thanks).to.deep.equal([]);
    });

    it('reports a page that fails later', async () => {
      fail(new CheckoutError('provider-down'));
      await nextTask();
      expect(checkout.phase).to.equal('idle');
      expect(checkout.error).to.equal('provider-down');
      expect(failures.map(({code}) => code)).to.deep.equal(['provider-down']);
    });
  });

  describe('where the page cannot be left', () => {
    it('offers the URL for a link', async () => {
      use(() => Promise.resolve(redirect), {navigate: () => false});
      expect(await checkout.press(aWish())).to.equal(undefined);
      expect(checkout.phase).to.equal('idle');
      expect(checkout.newTabUrl).to.equal(pay);
      expect(failures).to.deep.equal([]);
    });

    it('forgets the URL at the next press, and when it is called off', async () => {
      use(() => Promise.resolve(redirect), {navigate: () => false});
      await checkout.press(aWish());
      checkout.abort();
      expect(checkout.newTabUrl).to.equal(undefined);
      await checkout.press(aWish());
      button.hook = never;
      void checkout.press(aWish());
      expect(checkout.newTabUrl).to.equal(undefined);
    });

    /** Presses a button inside a frame; answers its phase and its link. */
    const pressFramed = (sandbox: string, url: string) =>
      new Promise<{phase: string; newTabUrl?: string}>(resolve => {
        const frame = document.createElement('iframe');
        if (sandbox) frame.setAttribute('sandbox', sandbox);
        addEventListener('message', function answer({source, data}) {
          if (source !== frame.contentWindow) return;
          removeEventListener('message', answer);
          frame.remove();
          resolve(data as {phase: string});
        });
        const script = `
          import {CheckoutController} from '/src/controllers/checkout-controller.ts';
          const host = Object.assign(new EventTarget(), {addController() {}, requestUpdate() {}});
          const checkout = new CheckoutController(host, {
            hook: () => async () => ({type: 'redirect', url: ${JSON.stringify(url)}}),
            mount: () => document.body,
            origins: () => [],
          });
          await checkout.press({offerId: 'support', frequency: 'once', amount: {minor: 500, currency: 'USD'}, locale: 'en', attribution: {}});
          parent.postMessage({phase: checkout.phase, newTabUrl: checkout.newTabUrl}, '*');
        `;
        // A document with an origin of its own; one made by srcdoc has none in its location.
        frame.src = '/package.json';
        frame.addEventListener('load', () => {
          const element = document.createElement('script');
          element.type = 'module';
          element.textContent = script;
          frame.contentDocument!.body.append(element);
        });
        document.body.append(frame);
      });

    it('as in a sandboxed frame', async () => {
      expect(await pressFramed('allow-scripts allow-same-origin', pay)).to.deep.equal({
        phase: 'idle',
        newTabUrl: pay,
      });
    });

    it('but a frame of the same site navigates the page above it', async () => {
      // Only the fragment changes, so that the tests stay on their page.
      const {hash} = location;
      const {origin, pathname, search} = location;
      const url = `${origin}${pathname}${search}#paying`;
      try {
        expect(await pressFramed('', url)).to.deep.equal({phase: 'leaving', newTabUrl: undefined});
        expect(location.hash).to.equal('#paying');
      } finally {
        history.replaceState(null, '', hash || pathname + search);
      }
    });
  });
});
