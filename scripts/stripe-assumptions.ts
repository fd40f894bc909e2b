/** Lists what the kit assumes of Stripe, to be checked against the fake in tests and Stripe by `npm run probe`. */

import type {Stripe} from 'stripe';

/** Stripe's answer: `taken`, or the code of its error; `refused` for an error without a code. */
export type Answer = 'taken' | 'refused' | (string & {});

export interface Assumption {
  /** Finishes "given …". */
  readonly given: string;
  /** The fake's answer. Codes are compared only where the kit acts on them. */
  readonly answer: Answer;
  /** Marks a guess that Stripe's documentation does not settle: neither answer is an error. */
  readonly open?: true;
  /** Makes the request. A result counts as `taken`, unless it is a string, which is the answer itself. */
  readonly ask: (stripe: Stripe) => Promise<unknown>;
}

const site = 'https://www.example.org';

const aLine = (price: object = {}) => ({
  quantity: 1,
  price_data: {
    currency: 'usd',
    unit_amount: 500,
    product_data: {name: 'reader-support probe'},
    ...price,
  },
});

const once = {
  mode: 'payment',
  ui_mode: 'hosted_page',
  line_items: [aLine()],
  success_url: `${site}/thanks?id={CHECKOUT_SESSION_ID}`,
  cancel_url: `${site}/article`,
};

const monthly = {
  ...once,
  mode: 'subscription',
  line_items: [aLine({recurring: {interval: 'month'}})],
};

const embedded = {
  mode: 'payment',
  ui_mode: 'embedded_page',
  line_items: [aLine()],
  redirect_on_completion: 'if_required',
  return_url: `${site}/thanks?id={CHECKOUT_SESSION_ID}`,
};

// Deliberately wrong parameters do not fit the SDK's types, so any object is accepted.
const create = (stripe: Stripe, params: object, options?: Stripe.RequestOptions) =>
  stripe.checkout.sessions.create(params, options);

const session = (given: string, answer: Answer, params: object, open?: true): Assumption => ({
  given,
  answer,
  ...(open && {open}),
  ask: stripe => create(stripe, params),
});

const price = (currency: string, unit_amount: number) => ({
  ...once,
  line_items: [aLine({currency, unit_amount})],
});

const inMinutes = (minutes: number) => Math.floor(Date.now() / 1000) + minutes * 60;

/** As of API version 2026-10-28.endive. */
export const assumptions: readonly Assumption[] = [
  session('a single gift', 'taken', once),
  session('a monthly gift', 'taken', monthly),
  session('a yearly gift', 'taken', {
    ...monthly,
    line_items: [aLine({recurring: {interval: 'year'}})],
  }),
  session('an embedded page', 'taken', embedded),
  session('an embedded page with success_url', 'refused', {
    ...embedded,
    success_url: `${site}/thanks`,
  }),
  session('an embedded page that redirects, without return_url', 'refused', {
    ...embedded,
    return_url: undefined,
  }),
  session('an embedded page that never redirects, without return_url', 'taken', {
    ...embedded,
    redirect_on_completion: 'never',
    return_url: undefined,
  }),
  ...['hosted', 'embedded', 'custom'].map(ui_mode =>
    session(`ui_mode by its old name, ${ui_mode}`, 'refused', {...once, ui_mode}),
  ),
  session('payment_method_types', 'refused', {...once, payment_method_types: ['card']}),
  session('a parameter nobody knows', 'refused', {...once, gift: 'yes'}),
  session('a single price in subscription mode', 'refused', {...monthly, line_items: [aLine()]}),
  session('a recurring price in payment mode', 'refused', {
    ...once,
    line_items: monthly.line_items,
  }),

  session('50 US cents', 'taken', price('usd', 50)),
  session('49 US cents', 'amount_too_small', price('usd', 49)),
  session('the largest amount of eight digits', 'taken', price('usd', 99_999_999)),
  session('an amount of nine digits', 'amount_too_large', price('usd', 100_000_000)),
  session('500 yen, which have no minor unit', 'taken', price('jpy', 500)),
  session('150 krónur, counted in hundredths', 'taken', price('isk', 15_000)),
  session('150.50 krónur', 'refused', price('isk', 15_050)),
  session('5,000 Ugandan shillings, counted in hundredths', 'taken', price('ugx', 500_000)),
  session('5,000.50 Ugandan shillings', 'refused', price('ugx', 500_050)),
  session('1.230 Kuwaiti dinars', 'taken', price('kwd', 1_230)),
  session('1.234 Kuwaiti dinars', 'refused', price('kwd', 1_234)),
  session('200.50 forints, charged with decimals', 'taken', price('huf', 20_050)),
  session('20.50 Taiwan dollars, charged with decimals', 'taken', price('twd', 2_050)),
  session('a currency nobody charges in', 'refused', price('xxx', 500)),

  session('50 keys of metadata', 'taken', {...once, metadata: keys(50)}),
  session('51 keys of metadata', 'refused', {...once, metadata: keys(51)}),
  session('a key of 40 characters', 'taken', {...once, metadata: {['k'.repeat(40)]: 'v'}}),
  session('a key of 41 characters', 'refused', {...once, metadata: {['k'.repeat(41)]: 'v'}}),
  session('a value of 500 characters', 'taken', {...once, metadata: {k: 'v'.repeat(500)}}),
  session('a value of 501 characters', 'refused', {...once, metadata: {k: 'v'.repeat(501)}}),
  session('a client reference of 200 characters', 'taken', {
    ...once,
    client_reference_id: 'r'.repeat(200),
  }),
  session('a client reference of 201 characters', 'refused', {
    ...once,
    client_reference_id: 'r'.repeat(201),
  }),
  session('metadata for the payment of a subscription', 'refused', {
    ...monthly,
    payment_intent_data: {metadata: {rs: '1'}},
  }),
  session('metadata for the subscription of a payment', 'refused', {
    ...once,
    subscription_data: {metadata: {rs: '1'}},
  }),

  ...['auto', 'en-GB', 'es-419', 'hi-IN', 'zh-HK'].map(locale =>
    session(`the language ${locale}`, 'taken', {...once, locale}),
  ),
  ...['ar', 'he', 'en-US', 'de-AT'].map(locale =>
    session(`the language ${locale}`, 'refused', {...once, locale}),
  ),
  session('an address that is none', 'email_invalid', {...once, customer_email: 'nobody'}),
  session('half an hour to pay', 'taken', {...once, expires_at: inMinutes(31)}),
  session('twenty minutes to pay', 'refused', {...once, expires_at: inMinutes(20)}),
  session('two days to pay', 'refused', {...once, expires_at: inMinutes(2880)}),
  session('submit_type donate for a single gift', 'taken', {...once, submit_type: 'donate'}),
  session(
    'submit_type donate for a monthly gift',
    'taken',
    {...monthly, submit_type: 'donate'},
    true,
  ),
  session('submit_type pay for a monthly gift', 'taken', {...monthly, submit_type: 'pay'}, true),

  {
    given: 'the same request again with its idempotency key',
    answer: 'the same session',
    ask: async stripe => {
      const options = {idempotencyKey: `probe_${crypto.randomUUID()}`};
      const [first, second] = [
        await create(stripe, once, options),
        await create(stripe, once, options),
      ];
      return first.id === second.id ? 'the same session' : 'another session';
    },
  },
  {
    given: 'another request with the same idempotency key',
    answer: 'StripeIdempotencyError',
    ask: async stripe => {
      const options = {idempotencyKey: `probe_${crypto.randomUUID()}`};
      await create(stripe, once, options);
      try {
        await create(stripe, monthly, options);
        return 'taken';
      } catch (error) {
        return (error as {type?: string}).type;
      }
    },
  },
  {
    given: 'a monthly session that nobody has paid',
    answer: 'open, unpaid, without a subscription',
    ask: async stripe => {
      const {id} = await create(stripe, monthly);
      const {
        status,
        payment_status: paid,
        subscription,
      } = await stripe.checkout.sessions.retrieve(id);
      return `${status ?? ''}, ${paid}, ${subscription ? 'with' : 'without'} a subscription`;
    },
  },
  {
    given: 'a session that is expired',
    answer: 'expired, without a page',
    ask: async stripe => {
      const {id} = await create(stripe, once);
      const {status, url} = await stripe.checkout.sessions.expire(id);
      return `${status ?? ''}, ${url ? 'with' : 'without'} a page`;
    },
  },
  {
    given: 'a session that nobody has heard of',
    answer: 'resource_missing',
    ask: stripe => stripe.checkout.sessions.retrieve('cs_test_nobody'),
  },
];

function keys(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({length: count}, (_, at) => [`k${at}`, 'v']));
}

/** Makes the request and returns the answer. Throws other errors, such as a lost connection. */
export async function answerTo({ask, answer}: Assumption, stripe: Stripe): Promise<Answer> {
  try {
    const said = await ask(stripe);
    return typeof said === 'string' ? said : 'taken';
  } catch (error) {
    const {type, code} = error as {type?: string; code?: string};
    if (type !== 'StripeInvalidRequestError' && type !== 'StripeIdempotencyError') throw error;
    return answer === 'refused' ? answer : (code ?? 'refused');
  }
}
