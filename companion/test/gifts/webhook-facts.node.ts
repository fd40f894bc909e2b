import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {wordFor} from '../../src/http/error-word.js';
import {readEvent, readingOf} from '../../src/gifts/webhook-facts.js';
import {Problem} from '../../src/http/problem.js';

const metadata = {rs: '1', rs_frequency: 'monthly', rs_campaign: 'winter'};
const theirs = {rs: '2', rs_frequency: 'monthly'};
const single = {...metadata, rs_frequency: 'once'};
const created = 1_800_000_000;

const anEvent = (type: string, object?: unknown) => ({
  ...{id: 'evt_1', type, created, livemode: false},
  data: {object},
});

const aSession = (changes: object = {}) => ({
  ...{id: 'cs_1', mode: 'subscription', payment_status: 'paid', metadata},
  ...{amount_total: 500, currency: 'eur', customer: 'cus_1'},
  ...{invoice: 'in_1', payment_intent: null, subscription: {id: 'sub_1'}},
  ...changes,
});
const aSingleSession = (changes: object = {}) =>
  aSession({
    ...{mode: 'payment', metadata: single, invoice: null, payment_intent: 'pi_1'},
    ...{subscription: null, customer: null},
    ...changes,
  });
const anInvoice = (changes: object = {}, details: object = {}) => ({
  ...{id: 'in_2', amount_paid: 700, currency: 'usd', customer: {id: 'cus_1'}},
  billing_reason: 'subscription_cycle',
  parent: {subscription_details: {subscription: 'sub_1', metadata, ...details}},
  ...changes,
});

const completed = 'checkout.session.completed';
const failed = 'checkout.session.async_payment_failed';
const gift = {
  ...{kind: 'gift', id: 'in_1', rank: 3, state: 'paid', frequency: 'monthly', renewal: false},
  ...{amount: {minor: 500, currency: 'EUR'}, source: {campaign: 'winter'}},
  ...{subscription: 'sub_1', customer: 'cus_1', at: created * 1000},
};
const {subscription, customer, ...singleGift} = {...gift, id: 'pi_1', frequency: 'once'};
const ofInvoice = {...gift, id: 'in_2', rank: 2, amount: {minor: 700, currency: 'USD'}};
const look = (kind: 'subscription' | 'charge', id: string) => ({type: 'news', look: {kind, id}});
const notOurs = {type: 'not-ours'};
const unreadable = {type: 'unreadable'};

describe('readingOf()', () => {
  assert.deepEqual([subscription, customer], ['sub_1', 'cus_1']);
  for (const {given, type, object, reading} of [
    {given: 'a paid checkout', type: completed, object: aSession(), reading: gift},
    {given: 'a single one', type: completed, object: aSingleSession(), reading: singleGift},
    {
      given: 'one that is paid later',
      type: completed,
      object: aSingleSession({payment_status: 'unpaid'}),
      reading: {...singleGift, state: 'pending', rank: 0},
    },
    {
      given: 'one that was paid late',
      type: 'checkout.session.async_payment_succeeded',
      object: aSingleSession(),
      reading: singleGift,
    },
    {
      given: 'one whose payment failed',
      type: failed,
      object: aSingleSession({payment_status: 'unpaid'}),
      reading: {...singleGift, state: 'failed', rank: 1},
    },
    {
      given: 'one that cost nothing',
      type: completed,
      object: aSession({payment_status: 'no_payment_required', amount_total: 0}),
      reading: {...gift, amount: {minor: 0, currency: 'EUR'}},
    },
    {
      given: 'the first invoice',
      type: 'invoice.paid',
      object: anInvoice({billing_reason: 'subscription_create'}),
      reading: ofInvoice,
    },
  ])
    it(`reads a gift, given ${given}`, () => {
      const {type: kind, ...rest} = readingOf(anEvent(type, object));
      assert.equal(kind, 'news');
      assert.deepEqual('gift' in rest && rest.gift, reading);
      assert.equal('look' in rest, false);
      // Only who has paid may be let in.
      assert.equal('paid' in rest, type.startsWith('checkout') && reading.state === 'paid');
    });

  it('looks at the subscription again with each renewal', () => {
    assert.deepEqual(readingOf(anEvent('invoice.paid', anInvoice())), {
      ...look('subscription', 'sub_1'),
      gift: {...ofInvoice, renewal: true},
    });
  });

  for (const reason of [
    'subscription_cycle',
    'subscription_update',
    'subscription_threshold',
    'manual',
    'a reason that Stripe adds later',
  ])
    it(`reads a later payment, not a start, given ${reason}`, () => {
      const reading = readingOf(anEvent('invoice.paid', anInvoice({billing_reason: reason})));
      assert.deepEqual(reading, {
        ...look('subscription', 'sub_1'),
        gift: {...ofInvoice, renewal: true},
      });
    });

  it('reads no gift of a changed plan that cost nothing, but looks at the subscription', () => {
    const change = {billing_reason: 'subscription_update', amount_paid: 0};
    const reading = readingOf(anEvent('invoice.paid', anInvoice(change)));
    assert.deepEqual(reading, look('subscription', 'sub_1'));
  });

  for (const [given, period, reason, frequency] of [
    ['a year', 365, 'subscription_update', 'annual'],
    ['a leap year', 366, 'subscription_cycle', 'annual'],
    ['a February', 28, 'subscription_cycle', 'monthly'],
    ['a quarter', 91, 'subscription_cycle', 'monthly'],
    ['a year at the start, where the choice counts', 365, 'subscription_create', 'monthly'],
  ] as const)
    it(`calls a payment ${frequency}, given ${given}`, () => {
      const data = [{amount: 700, period: {start: created, end: created + period * 86_400}}];
      const invoice = anInvoice({billing_reason: reason, lines: {data}});
      const reading = readingOf(anEvent('invoice.paid', invoice));
      assert.equal('gift' in reading && reading.gift.frequency, frequency);
    });

  it('reads a renewal that names neither its reader nor its subscription', () => {
    const bare = anInvoice({customer: null}, {subscription: null});
    const reading = readingOf(anEvent('invoice.paid', bare));
    const wanted = {
      ...singleGift,
      ...{id: 'in_2', rank: 2, frequency: 'monthly', renewal: true},
      amount: {minor: 700, currency: 'USD'},
    };
    assert.deepEqual(reading, {type: 'news', gift: wanted});
  });

  const ours = {id: 'sub_1', metadata};
  const charge = {id: 'ch_1', payment_intent: 'pi_1'};
  for (const {type, object, reading} of [
    ...['created', 'updated', 'paused', 'resumed', 'deleted'].map(what => ({
      type: `customer.subscription.${what}`,
      object: ours,
      reading: look('subscription', 'sub_1'),
    })),
    ...['payment_failed', 'payment_action_required'].map(what => ({
      type: `invoice.${what}`,
      object: anInvoice(),
      reading: look('subscription', 'sub_1'),
    })),
    {type: 'charge.refunded', object: charge, reading: look('charge', 'ch_1')},
    ...[
      'charge.refund.updated',
      'refund.created',
      'refund.updated',
      'refund.failed',
      'charge.dispute.updated',
      'charge.dispute.closed',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.funds_reinstated',
    ].map(type => ({type, object: {charge: {id: 'ch_1'}}, reading: look('charge', 'ch_1')})),
    ...['charge.dispute.created', 'radar.early_fraud_warning.created'].map(type => ({
      type,
      object: {charge: 'ch_1'},
      reading: {...look('charge', 'ch_1'), alert: type},
    })),
  ])
    it(`has Stripe looked at again, given ${type}`, () =>
      assert.deepEqual(readingOf(anEvent(type, object)), reading));

  for (const {given, type, object, reading} of [
    {given: 'a checkout of the site', type: completed, object: aSession({metadata: theirs})},
    {given: 'one without notes', type: completed, object: aSession({metadata: null})},
    {given: 'an invoice of the site', type: 'invoice.paid', object: anInvoice({parent: null})},
    {given: 'one of theirs', type: 'invoice.paid', object: anInvoice({}, {metadata: theirs})},
    {
      given: 'a failure of theirs',
      type: 'invoice.payment_failed',
      object: anInvoice({}, {metadata: theirs}),
    },
    {given: 'a failure of none', type: 'invoice.payment_failed', object: {parent: null}},
    {
      given: 'a subscription of theirs',
      type: 'customer.subscription.updated',
      object: {id: 'sub_2', metadata: theirs},
    },
    {given: 'a charge of no payment', type: 'charge.refunded', object: {id: 'ch_1'}},
    {given: 'a refund of no charge', type: 'refund.created', object: {charge: null}},
    {given: 'a dispute of no charge', type: 'charge.dispute.created', object: {}},
    {given: 'a kind nobody reads', type: 'customer.created', object: {}},
    {given: 'a kind that every object has', type: 'constructor', object: {}},
    ...[
      completed,
      'invoice.paid',
      'invoice.payment_failed',
      'customer.subscription.updated',
      'charge.refunded',
      'refund.created',
      'charge.dispute.created',
    ].map(type => ({given: `nothing with ${type}`, type, object: undefined, reading: unreadable})),
    ...(
      [
        ['currency', {currency: 'xxx'}],
        ['amount', {amount_total: -1}],
        ['whole amount', {amount_total: 1.5}],
        ['frequency', {metadata: {rs: '1'}}],
        ['invoice', {invoice: null}],
        ['state', {payment_status: 'perhaps'}],
      ] as const
    ).map(([what, changes]) => ({
      ...{given: `a checkout without ${what}`, type: completed, reading: unreadable},
      object: aSession(changes),
    })),
    {
      given: 'a single one without a payment',
      type: completed,
      object: aSingleSession({payment_intent: null}),
      reading: unreadable,
    },
    {
      given: 'an invoice without a currency',
      type: 'invoice.paid',
      object: anInvoice({currency: ''}),
      reading: unreadable,
    },
    {
      given: 'one without a frequency',
      type: 'invoice.paid',
      object: anInvoice({}, {metadata: {rs: '1'}}),
      reading: unreadable,
    },
    {
      given: 'a failure of no subscription',
      type: 'invoice.payment_failed',
      object: anInvoice({}, {subscription: null}),
      reading: unreadable,
    },
  ])
    it(`is ${(reading ?? notOurs).type}, given ${given}`, () =>
      assert.deepEqual(readingOf(anEvent(type, object)), reading ?? notOurs));
});

/** An invoice as versions before 2025-03-31.basil write it. */
const olderInvoice = (changes: object = {}) => ({
  ...{id: 'in_2', amount_paid: 700, currency: 'usd', customer: 'cus_1'},
  ...{billing_reason: 'subscription_cycle', charge: 'ch_1', paid: true, payment_intent: 'pi_1'},
  ...{subscription: 'sub_1', subscription_details: {metadata}},
  lines: {data: [{type: 'subscription', metadata}]},
  ...changes,
});
const lines = (...values: unknown[]) => ({data: values.map(value => ({metadata: value}))});

describe('readingOf() an event of an older API version', () => {
  for (const type of ['invoice.paid', 'invoice.payment_failed', 'invoice.payment_action_required'])
    for (const [given, older, newer] of [
      ['every field', {}, anInvoice()],
      ['a first payment', {billing_reason: 'subscription_create'}, 'the same'],
      ['an expanded subscription', {subscription: {id: 'sub_1', metadata: {}}}, anInvoice()],
      ['an expanded customer', {customer: {id: 'cus_1', object: 'customer'}}, anInvoice()],
      ['notes in its lines only', {subscription_details: undefined}, anInvoice()],
      [
        'notes in its second line only',
        {subscription_details: null, lines: lines({}, metadata)},
        anInvoice(),
      ],
      [
        'notes of the snapshot before those of its lines',
        {lines: lines({...metadata, rs_campaign: 'autumn'})},
        anInvoice(),
      ],
    ] as const)
      it(`reads ${type} like one of today, given ${given}`, () => {
        const today =
          newer === 'the same' ? anInvoice({billing_reason: 'subscription_create'}) : newer;
        const reading = readingOf(anEvent(type, olderInvoice(older)));
        assert.equal(reading.type, 'news');
        assert.deepEqual(reading, readingOf(anEvent(type, today)));
      });

  for (const [given, object, reading] of [
    ['no subscription', olderInvoice({subscription: null}), notOurs],
    ['no subscription and no details', {...olderInvoice(), subscription: null}, notOurs],
    [
      'a subscription of the shop',
      olderInvoice({subscription_details: {metadata: theirs}, lines: lines(theirs)}),
      notOurs,
    ],
    [
      'a subscription without notes',
      olderInvoice({subscription_details: null, lines: lines({}, null)}),
      notOurs,
    ],
    ['neither place', olderInvoice({subscription: undefined}), unreadable],
    ['a subscription that is a number', olderInvoice({subscription: 5}), unreadable],
    ['notes that are a text', olderInvoice({subscription_details: {metadata: 'rs'}}), unreadable],
    ['both places, the newer one of the shop', {...olderInvoice(), parent: null}, notOurs],
  ] as const)
    it(`is ${reading.type}, given an invoice with ${given}`, () => {
      for (const type of ['invoice.paid', 'invoice.payment_failed'])
        assert.deepEqual(readingOf(anEvent(type, object)), reading);
    });
});

describe('readEvent()', () => {
  const event = anEvent('invoice.paid', {a: 1});
  for (const [given, body, isEvent] of [
    ['an event', event, true],
    ['one of a connected account', {...event, account: 'acct_1'}, true],
    ['one of no account', {...event, account: null}, true],
    ['an id of 255 signs', {...event, id: 'e'.repeat(255)}, true],
    ['an id of 256', {...event, id: 'e'.repeat(256)}, false],
    ['no id', {...event, id: ''}, false],
    ['a type of 256 signs', {...event, type: 'e'.repeat(256)}, false],
    ['half a second', {...event, created: 1.5}, false],
    ['another API version', {...event, api_version: '2022-11-15'}, true],
    ['an API version that is none', {...event, api_version: 5}, true],
    ['no mode', {...event, livemode: undefined}, false],
    ['nothing', null, false],
  ] as const)
    it(`given ${given}: ${isEvent}`, () => assert.equal(readEvent(body) !== undefined, isEvent));

  it('takes an event about nothing', () => {
    assert.deepEqual(readEvent({...event, data: null})?.data, {});
    assert.deepEqual(readEvent(event)?.data, {object: {a: 1}});
  });
});

describe('wordFor()', () => {
  const coded = (code: unknown) => Object.assign(new TypeError('no'), {code});
  for (const [given, error, word] of [
    ['a problem of ours', new Problem(503, 'provider-down'), 'provider-down'],
    ["one of Node's", coded('ECONNREFUSED'), 'ECONNREFUSED'],
    ["one of PostgreSQL's", coded('57014'), '57014'],
    ["one of SQLite's", coded('SQLITE_BUSY'), 'SQLITE_BUSY'],
    ['a code of two signs', coded('E1'), 'TypeError'],
    ['a code of 40 signs', coded('E'.repeat(40)), 'E'.repeat(40)],
    ['a code of 41 signs', coded('E'.repeat(41)), 'TypeError'],
    ['a code that ends in words', coded('E123 at reader@example.org'), 'TypeError'],
    ['a code that begins with them', coded('reader@example.org E123'), 'TypeError'],
    ['a number', coded(57_014), 'TypeError'],
    ['no code', new RangeError('no'), 'RangeError'],
    ['what is no error', 'no', 'string'],
    ['nothing', undefined, 'undefined'],
  ] as const)
    it(`given ${given}: ${word}`, () => assert.equal(wordFor(error), word));
});
