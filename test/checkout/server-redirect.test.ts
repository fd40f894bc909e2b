import {expect} from '@open-wc/testing';
import {checkoutHook} from '../../src/checkout/hook.js';
import {serverRedirect} from '../../src/checkout/server-redirect.js';
import {
  aHost,
  anIntent,
  answerFetch,
  codeOf,
  goOffline,
  goOnline,
  json,
  never,
  problem,
  restoreFetch,
} from './builders.js';
import {nextTask} from '../fake-timers.js';

const session = {url: 'https://checkout.stripe.com/c/pay/cs_test_1'};
const press = () => serverRedirect('/companion/checkout')(anIntent(), aHost());

describe('serverRedirect()', () => {
  afterEach(() => {
    restoreFetch();
    goOnline();
  });

  it('posts the intent as JSON and answers with the session’s URL', async () => {
    const asked = answerFetch(json(session));
    const intent = anIntent({email: 'reader@example.org'});
    expect(await serverRedirect('/companion/checkout')(intent, aHost())).to.deep.equal({
      type: 'redirect',
      url: session.url,
    });
    expect(asked).to.have.length(1);
    const {url, init, body} = asked[0]!;
    expect(url).to.equal('/companion/checkout');
    expect(init.method).to.equal('POST');
    expect(init.credentials).to.equal('same-origin');
    expect(init.cache).to.equal('no-store');
    expect(new Headers(init.headers).get('content-type')).to.equal('application/json');
    expect(body).to.deep.equal({...intent, ui: 'hosted_page'});
  });

  it('sends nothing but the fields of the contract', async () => {
    const asked = answerFetch(json(session));
    await serverRedirect('/x')({...anIntent(), secret: 'x'} as never, aHost());
    expect(Object.keys(asked[0]!.body)).to.deep.equal([
      'attemptId',
      'offerId',
      'frequency',
      'amount',
      'locale',
      'attribution',
      'ui',
    ]);
  });

  it('sends the site’s headers and cookies where it is told to', async () => {
    const asked = answerFetch(json(session));
    await serverRedirect('/x', {
      headers: {'x-csrf': '1', 'content-type': 'text/plain'},
      credentials: 'include',
    })(anIntent(), aHost());
    const headers = new Headers(asked[0]!.init.headers);
    expect(headers.get('x-csrf')).to.equal('1');
    expect(headers.get('content-type')).to.equal('application/json');
    expect(asked[0]!.init.credentials).to.equal('include');
  });

  it('is not led astray by a polluted prototype', async () => {
    const polluted = Object.prototype as {mode?: string};
    try {
      polluted.mode = 'navigate';
      const asked = answerFetch(json(session));
      await press();
      expect(asked[0]!.init.mode).to.equal(undefined);
    } finally {
      delete polluted.mode;
    }
  });

  it('keeps no session’s URL: every press asks', async () => {
    const asked = answerFetch(json(session), json({url: 'https://checkout.stripe.com/2'}));
    const hook = serverRedirect('/x');
    await hook(anIntent(), aHost());
    expect(await hook(anIntent(), aHost())).to.deep.equal({
      type: 'redirect',
      url: 'https://checkout.stripe.com/2',
    });
    expect(asked).to.have.length(2);
  });

  const answers: readonly {given: string; answer: () => Response; code: string; asks?: number}[] = [
    {given: 'a 429', answer: () => problem(429), code: 'rate-limited'},
    {
      given: 'a 429 of HTML',
      answer: () => new Response('<h1>Slow</h1>', {status: 429}),
      code: 'rate-limited',
    },
    {given: 'a 403', answer: () => problem(403), code: 'not-permitted'},
    {
      given: 'a 403 with the code of 0.1.0',
      answer: () => problem(403, 'refused'),
      code: 'provider-down',
    },
    {
      given: 'a 403 with a code of this version',
      answer: () => problem(403, 'origin-not-allowed'),
      code: 'origin-not-allowed',
    },
    {
      given: 'a 403 that wants a challenge',
      answer: () => problem(403, 'challenge-required'),
      code: 'challenge-required',
    },
    {
      given: 'a 422 with a code',
      answer: () => problem(422, 'amount-too-small'),
      code: 'amount-too-small',
    },
    {
      given: 'another 422 with a code',
      answer: () => problem(422, 'currency-unsupported'),
      code: 'currency-unsupported',
    },
    {
      given: 'a 404 with a code',
      answer: () => problem(404, 'offer-unavailable'),
      code: 'offer-unavailable',
    },
    {given: 'a 422 without a code', answer: () => problem(422), code: 'bad-response'},
    {
      given: 'a code that is none of ours',
      answer: () => problem(422, 'sk_live_oops'),
      code: 'provider-down',
    },
    {
      given: 'a silent code, which would tell the reader nothing',
      answer: () => problem(422, 'aborted'),
      code: 'bad-response',
    },
    {
      given: 'another silent code',
      answer: () => problem(500, 'in-progress'),
      code: 'provider-down',
    },
    {
      given: 'a code of the prototype',
      answer: () => problem(422, '__proto__'),
      code: 'provider-down',
    },
    {
      given: 'a 404 of HTML',
      answer: () => new Response('<h1>No</h1>', {status: 404}),
      code: 'bad-response',
    },
    {given: 'a 500', answer: () => problem(500), code: 'provider-down'},
    {
      given: 'a 500 of HTML',
      answer: () => new Response('<h1>Oops</h1>', {status: 500}),
      code: 'provider-down',
    },
    {given: 'a 501', answer: () => problem(501), code: 'provider-down'},
    {given: 'a 505', answer: () => problem(505), code: 'provider-down'},
    {given: 'a 502 twice', answer: () => problem(502), code: 'provider-down', asks: 2},
    {given: 'a 503 twice', answer: () => problem(503), code: 'provider-down', asks: 2},
    {
      given: 'a 504 with a code twice',
      answer: () => problem(504, 'timeout'),
      code: 'timeout',
      asks: 2,
    },
    {
      given: 'a captive portal’s page',
      answer: () =>
        new Response('<!doctype html><p>Log in</p>', {headers: {'content-type': 'text/html'}}),
      code: 'bad-response',
    },
    {
      given: 'half of a JSON',
      answer: () => new Response('{"url":"https://checkout.str'),
      code: 'bad-response',
    },
    {
      given: 'an empty answer',
      answer: () => new Response(null, {status: 204}),
      code: 'bad-response',
    },
    {given: 'null', answer: () => json(null), code: 'bad-response'},
    {given: 'a text', answer: () => json('https://checkout.stripe.com/'), code: 'bad-response'},
    {given: 'a list', answer: () => json([session]), code: 'bad-response'},
    {given: 'no url', answer: () => json({clientSecret: 'cs_secret'}), code: 'bad-response'},
    {given: 'a url that is no text', answer: () => json({url: {}}), code: 'bad-response'},
  ];
  for (const {given, answer, code, asks = 1} of answers) {
    it(`fails as ${code} given ${given}`, async () => {
      const asked = answerFetch(answer());
      expect(await codeOf(press())).to.equal(code);
      expect(asked).to.have.length(asks);
    });
  }

  it('tries once more, as the same attempt, after a network fault', async () => {
    const asked = answerFetch(new TypeError('Failed to fetch'), json(session));
    expect(await press()).to.deep.equal({type: 'redirect', url: session.url});
    expect(asked.map(({body}) => body['attemptId'])).to.deep.equal([
      anIntent().attemptId,
      anIntent().attemptId,
    ]);
  });

  it('tries once more after a 503', async () => {
    const asked = answerFetch(problem(503), json(session));
    expect(await press()).to.deep.equal({type: 'redirect', url: session.url});
    expect(asked).to.have.length(2);
  });

  it('fails as network after two network faults', async () => {
    const asked = answerFetch(new TypeError('Failed to fetch'));
    expect(await codeOf(press())).to.equal('network');
    expect(asked).to.have.length(2);
  });

  it('fails as offline, without another try, when the line is gone', async () => {
    goOffline();
    const asked = answerFetch(new TypeError('Failed to fetch'));
    expect(await codeOf(press())).to.equal('offline');
    expect(asked).to.have.length(1);
  });

  it('fails as timeout when no answer comes', async () => {
    const asked = answerFetch(never);
    expect(await codeOf(serverRedirect('/x', {timeout: 30})(anIntent(), aHost()))).to.equal(
      'timeout',
    );
    expect(asked).to.have.length(1);
  });

  it('fails as timeout when the answer stops half-way', async () => {
    answerFetch(({init}) => {
      const body = new ReadableStream({
        start: stream => {
          stream.enqueue(new TextEncoder().encode('{"url":'));
          init.signal!.addEventListener('abort', () => stream.error(init.signal!.reason));
        },
      });
      return new Response(body);
    });
    expect(await codeOf(serverRedirect('/x', {timeout: 30})(anIntent(), aHost()))).to.equal(
      'timeout',
    );
  });

  it('fails as aborted when the attempt ends, and asks no more', async () => {
    const asked = answerFetch(never);
    const attempt = new AbortController();
    const pressed = codeOf(serverRedirect('/x')(anIntent(), aHost({signal: attempt.signal})));
    attempt.abort();
    expect(await pressed).to.equal('aborted');
    expect(asked).to.have.length(1);
  });

  it('asks no more when the attempt ends between two tries', async () => {
    const asked = answerFetch(problem(503));
    const attempt = new AbortController();
    const pressed = codeOf(serverRedirect('/x')(anIntent(), aHost({signal: attempt.signal})));
    while (asked.length < 1) await nextTask();
    await nextTask();
    attempt.abort();
    expect(await pressed).to.equal('aborted');
    expect(asked).to.have.length(2); // the second one is refused by its signal
  });

  it('relies on the caller’s time-out where signals cannot be joined', async () => {
    const {any} = AbortSignal;
    try {
      (AbortSignal as {any?: unknown}).any = undefined;
      const asked = answerFetch(json(session));
      const {signal} = new AbortController();
      await serverRedirect('/x')(anIntent(), aHost({signal}));
      expect(asked[0]!.init.signal).to.equal(signal);
    } finally {
      AbortSignal.any = any;
    }
  });
});

describe('checkoutHook()', () => {
  afterEach(restoreFetch);

  it('leaves a hook as it is', () => {
    const hook = serverRedirect('/x');
    expect(checkoutHook(hook)).to.equal(hook);
  });

  it('makes a text a checkout endpoint', async () => {
    const asked = answerFetch(json(session));
    await checkoutHook('https://support.example.org/checkout')(anIntent(), aHost());
    expect(asked[0]!.url).to.equal('https://support.example.org/checkout');
  });
});
