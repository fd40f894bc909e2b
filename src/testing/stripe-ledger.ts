/** What does an account look like after a gift, a renewal, an end or a refund? */

import type Stripe from 'stripe';
import type {
  ChargeObject,
  CustomerObject,
  DisputeObject,
  Interval,
  InvoiceObject,
  InvoicePaymentObject,
  ItemObject,
  PaymentIntentObject,
  PortalObject,
  PriceObject,
  RefundObject,
  SessionObject,
  SubscriptionObject,
} from './stripe-objects.js';
import {missing, StripeRefusal} from './stripe-refusal.js';

/** Something that happened to an object, before it becomes an event. */
export interface Happening {
  readonly type: string;
  readonly object: {readonly id: string; readonly object: string};
}

type Params = Stripe.Checkout.SessionCreateParams & {readonly mode: 'payment' | 'subscription'};

/** A Checkout Session with what it was made from. */
export interface Checkout {
  readonly session: SessionObject;
  readonly params: Params;
  readonly price: PriceObject;
  readonly quantity: number;
}

export interface LedgerOptions {
  /** Epoch ms. */
  readonly now: () => number;
  /** Where the double's pages are, without a slash at the end. */
  readonly pages: string;
}

/** Keeps the account. Every change answers what happened, as copies that later changes do not touch. */
export interface Ledger {
  readonly checkouts: ReadonlyMap<string, Checkout>;
  readonly subscriptions: ReadonlyMap<string, SubscriptionObject>;
  readonly portals: ReadonlyMap<string, PortalObject>;
  readonly invoicePayments: ReadonlyMap<string, InvoicePaymentObject>;
  /** Any object by its id. */
  find(id: string): {readonly id: string; readonly object: string} | undefined;
  /** Every object of one kind. */
  all(kind: string): readonly Happening['object'][];
  create(params: Params): SessionObject;
  /** A session that has not been paid and whose time has not run out. */
  open(id: string): Checkout;
  complete(id: string, payment: 'paid' | 'unpaid'): Happening[];
  settle(id: string, outcome: 'succeeded' | 'failed'): Happening[];
  expire(id: string): Happening[];
  renew(id: string, outcome: 'paid' | 'declined'): Happening[];
  cancel(id: string, when: 'now' | 'period-end' | 'never'): Happening[];
  refund(
    id: string,
    minor?: number,
  ): {readonly refund: RefundObject; readonly happened: Happening[]};
  failRefund(id: string): Happening[];
  dispute(id: string, status: DisputeObject['status']): Happening[];
  createPortal(customer: string, returnUrl: string | null): PortalObject;
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** A fresh id. Random, so that a store that outlives the double never meets one twice. */
export function freshId(prefix: string, length = 24): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return `${prefix}_${Array.from(bytes, byte => letters[byte % letters.length]).join('')}`;
}

/** The end of a period: the same day of a later month, or that month's last. Epoch seconds. */
export function periodEnd(start: number, interval: Interval, anchor: number): number {
  const date = new Date(start * 1000);
  if (interval === 'day' || interval === 'week')
    return start + (interval === 'day' ? 86_400 : 7 * 86_400);
  const day = new Date(anchor * 1000).getUTCDate();
  const month = date.getUTCMonth() + (interval === 'month' ? 1 : 12);
  const last = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  date.setUTCFullYear(date.getUTCFullYear(), month, Math.min(day, last));
  return Math.floor(date.getTime() / 1000);
}

/** Opens an empty account in test mode. */
export function openLedger({now, pages}: LedgerOptions): Ledger {
  const checkouts = new Map<string, Checkout>();
  const subscriptions = new Map<string, SubscriptionObject>();
  const portals = new Map<string, PortalObject>();
  const invoicePayments = new Map<string, InvoicePaymentObject>();
  const objects = new Map<string, {readonly id: string; readonly object: string}>();

  const livemode = false;
  const seconds = () => Math.floor(now() / 1000);
  const keep = <T extends {readonly id: string; readonly object: string}>(object: T): T => {
    objects.set(object.id, object);
    return object;
  };
  const happened = (type: string, object: Happening['object']): Happening => ({
    type,
    object: structuredClone(object),
  });
  const get = <T extends Happening['object']>(id: string | null, what: T['object']): T => {
    const object = id === null ? undefined : objects.get(id);
    if (object?.object !== what) throw missing(what.replaceAll('_', ' '), id ?? '');
    return object as T;
  };
  const getCheckout = (id: string): Checkout => {
    const checkout = checkouts.get(id);
    if (!checkout) throw missing('checkout.session', id, 'session');
    const {session} = checkout;
    if (session.status === 'open' && session.expires_at <= seconds()) close(session, 'expired');
    return checkout;
  };
  const getSubscription = (id: string): SubscriptionObject => {
    const session = checkouts.get(id)?.session;
    return get<SubscriptionObject>(session?.subscription ?? id, 'subscription');
  };

  /** Marks a session as over; its page is gone then. */
  function close(session: SessionObject, status: 'complete' | 'expired'): void {
    session.status = status;
    session.url = null;
  }

  interface Payment {
    readonly amount: number;
    readonly currency: string;
    readonly customer: string | null;
    readonly metadata: Stripe.Metadata;
    readonly description: string | null;
    readonly status: 'succeeded' | 'processing' | 'requires_payment_method';
  }

  function pay({status, ...of}: Payment): PaymentIntentObject {
    const intent = keep<PaymentIntentObject>({
      id: freshId('pi'),
      object: 'payment_intent',
      amount_received: status === 'succeeded' ? of.amount : 0,
      created: seconds(),
      latest_charge: null,
      livemode,
      status,
      ...of,
    });
    charge(intent);
    return intent;
  }

  /** A payment hands its metadata to its charge. */
  function charge(intent: PaymentIntentObject): ChargeObject {
    const {amount, currency, customer, description, metadata} = intent;
    const status =
      intent.status === 'succeeded'
        ? 'succeeded'
        : intent.status === 'processing'
          ? 'pending'
          : 'failed';
    const made = keep<ChargeObject>({
      id: freshId('ch'),
      object: 'charge',
      amount,
      amount_captured: status === 'succeeded' ? amount : 0,
      amount_refunded: 0,
      captured: status === 'succeeded',
      created: seconds(),
      currency,
      customer,
      description,
      disputed: false,
      livemode,
      metadata: {...metadata},
      paid: status === 'succeeded',
      payment_intent: intent.id,
      refunded: false,
      status,
    });
    intent.latest_charge = made.id;
    return made;
  }

  function bill(
    subscription: SubscriptionObject,
    reason: 'subscription_create' | 'subscription_cycle',
    status: 'succeeded' | 'processing' | 'requires_payment_method',
  ): {readonly invoice: InvoiceObject; readonly intent: PaymentIntentObject} {
    const [item] = subscription.items.data;
    const amount = (item?.price.unit_amount ?? 0) * (item?.quantity ?? 1);
    const paid = status === 'succeeded';
    const {currency, customer, id, metadata} = subscription;
    const invoice = keep<InvoiceObject>({
      id: freshId('in'),
      object: 'invoice',
      amount_due: amount,
      amount_paid: paid ? amount : 0,
      amount_remaining: paid ? 0 : amount,
      attempted: true,
      billing_reason: reason,
      collection_method: 'charge_automatically',
      created: seconds(),
      currency,
      customer,
      customer_email: get<CustomerObject>(customer, 'customer').email,
      livemode,
      metadata: {},
      parent: {
        type: 'subscription_details',
        quote_details: null,
        subscription_details: {subscription: id, metadata: {...metadata}},
      },
      period_start: item?.current_period_start ?? seconds(),
      period_end: item?.current_period_end ?? seconds(),
      status: paid ? 'paid' : 'open',
      status_transitions: {
        finalized_at: seconds(),
        marked_uncollectible_at: null,
        paid_at: paid ? seconds() : null,
        voided_at: null,
      },
      subtotal: amount,
      total: amount,
    });
    // Neither the subscription's metadata nor the invoice's number reaches the payment.
    const description =
      reason === 'subscription_create' ? 'Subscription creation' : 'Subscription update';
    const intent = pay({amount, currency, customer, metadata: {}, description, status});
    const payment = keep<InvoicePaymentObject>({
      id: freshId('inpay'),
      object: 'invoice_payment',
      amount_paid: paid ? amount : null,
      amount_requested: amount,
      created: seconds(),
      currency,
      invoice: invoice.id,
      is_default: true,
      livemode,
      payment: {type: 'payment_intent', payment_intent: intent.id},
      status: paid ? 'paid' : 'open',
    });
    invoicePayments.set(payment.id, payment);
    subscription.latest_invoice = invoice.id;
    return {invoice, intent};
  }

  function succeed(intent: PaymentIntentObject): ChargeObject {
    intent.status = 'succeeded';
    intent.amount_received = intent.amount;
    const made = get<ChargeObject>(intent.latest_charge, 'charge');
    Object.assign(made, {
      status: 'succeeded',
      paid: true,
      captured: true,
      amount_captured: made.amount,
    });
    return made;
  }

  function payInvoice(invoice: InvoiceObject): PaymentIntentObject {
    Object.assign(invoice, {
      status: 'paid',
      amount_paid: invoice.amount_due,
      amount_remaining: 0,
      status_transitions: {...invoice.status_transitions, paid_at: seconds()},
    });
    for (const payment of invoicePayments.values())
      if (payment.invoice === invoice.id) {
        Object.assign(payment, {status: 'paid', amount_paid: payment.amount_requested});
        return get<PaymentIntentObject>(payment.payment.payment_intent, 'payment_intent');
      }
    throw missing('invoice payment', invoice.id);
  }

  function subscribe(
    {params, price, quantity}: Checkout,
    customer: string,
    status: SubscriptionObject['status'],
  ): SubscriptionObject {
    const start = seconds();
    const id = freshId('sub');
    const item: ItemObject = {
      id: freshId('si'),
      object: 'subscription_item',
      created: start,
      current_period_start: start,
      current_period_end: periodEnd(start, price.recurring?.interval ?? 'month', start),
      metadata: {},
      price,
      quantity,
      subscription: id,
    };
    const subscription = keep<SubscriptionObject>({
      id,
      object: 'subscription',
      billing_cycle_anchor: start,
      cancel_at: null,
      cancel_at_period_end: false,
      canceled_at: null,
      cancellation_details: null,
      collection_method: 'charge_automatically',
      created: start,
      currency: price.currency,
      customer,
      description: params.subscription_data?.description ?? null,
      ended_at: null,
      items: {
        object: 'list',
        data: [item],
        has_more: false,
        url: `/v1/subscription_items?subscription=${id}`,
      },
      latest_invoice: null,
      livemode,
      metadata: {...(params.subscription_data?.metadata as Stripe.Metadata | undefined)},
      start_date: start,
      status,
      trial_end: null,
    });
    subscriptions.set(id, subscription);
    return subscription;
  }

  /** The charge behind a session, subscription, invoice, payment or charge. */
  function chargeOf(id: string): ChargeObject {
    const session = checkouts.get(id)?.session;
    let of = session ? (session.payment_intent ?? session.invoice ?? id) : id;
    if (objects.get(of)?.object === 'subscription')
      of = get<SubscriptionObject>(of, 'subscription').latest_invoice ?? of;
    for (const payment of invoicePayments.values())
      if (payment.invoice === of) of = payment.payment.payment_intent;
    const intent = objects.get(of) as PaymentIntentObject | undefined;
    return get<ChargeObject>(
      intent?.object === 'payment_intent' ? intent.latest_charge : of,
      'charge',
    );
  }

  const ledger: Ledger = {
    checkouts,
    subscriptions,
    portals,
    invoicePayments,
    all: kind => [...objects.values()].filter(({object}) => object === kind),
    find: id => (checkouts.has(id) ? getCheckout(id).session : objects.get(id)),

    create(params) {
      const [item] = params.line_items ?? [];
      const data = item?.price_data;
      const quantity = item?.quantity ?? 1;
      const embedded = params.ui_mode === 'embedded_page';
      const recurring = data?.recurring;
      const price = keep<PriceObject>({
        id: freshId('price'),
        object: 'price',
        active: false,
        created: seconds(),
        currency: (data?.currency ?? 'usd').toLowerCase(),
        livemode,
        metadata: {},
        product: data?.product ?? freshId('prod', 14),
        recurring: recurring
          ? {
              interval: recurring.interval as Interval,
              interval_count: recurring.interval_count ?? 1,
            }
          : null,
        type: recurring ? 'recurring' : 'one_time',
        unit_amount: data?.unit_amount ?? 0,
      });
      const id = freshId('cs_test', 56);
      const total = (price.unit_amount ?? 0) * quantity;
      const session = keep<SessionObject>({
        id,
        object: 'checkout.session',
        amount_subtotal: total,
        amount_total: total,
        cancel_url: params.cancel_url ?? null,
        client_reference_id: params.client_reference_id ?? null,
        client_secret: embedded ? `${id}_secret_${freshId('double', 40)}` : null,
        created: seconds(),
        currency: price.currency,
        customer: params.customer ?? null,
        customer_details: null,
        customer_email: params.customer_email ?? null,
        expires_at: params.expires_at ?? seconds() + 86_400,
        invoice: null,
        livemode,
        locale: params.locale ?? null,
        metadata: {...(params.metadata as Stripe.Metadata | undefined)},
        mode: params.mode,
        payment_intent: null,
        payment_method_types: ['card'],
        payment_status: 'unpaid',
        ...(embedded && {
          redirect_on_completion: params.redirect_on_completion ?? 'always',
          ...(params.return_url !== undefined && {return_url: params.return_url}),
        }),
        status: 'open',
        submit_type: params.submit_type ?? null,
        subscription: null,
        success_url: params.success_url ?? null,
        ui_mode: embedded ? 'embedded_page' : 'hosted_page',
        url: embedded ? null : `${pages}/pay/${id}`,
      });
      checkouts.set(id, {session, params, price, quantity});
      return structuredClone(session);
    },

    open(id) {
      const checkout = getCheckout(id);
      if (checkout.session.status !== 'open')
        throw new StripeRefusal(`This Checkout Session is ${checkout.session.status ?? 'over'}`, {
          param: 'session',
        });
      return checkout;
    },

    complete(id, payment) {
      const checkout = ledger.open(id);
      const {session, params} = checkout;
      const events: Happening[] = [];
      const email = session.customer_email ?? 'reader@example.com';
      const status = payment === 'paid' ? 'succeeded' : 'processing';
      const currency = session.currency ?? 'usd';
      if (params.mode === 'subscription') {
        const customer = keep<CustomerObject>({
          id: session.customer ?? freshId('cus', 14),
          object: 'customer',
          created: seconds(),
          email,
          livemode,
          metadata: {},
          name: null,
        });
        session.customer = customer.id;
        const subscription = subscribe(
          checkout,
          customer.id,
          payment === 'paid' ? 'active' : 'incomplete',
        );
        const {invoice, intent} = bill(subscription, 'subscription_create', status);
        session.subscription = subscription.id;
        session.invoice = invoice.id;
        events.push(
          happened('customer.created', customer),
          happened('customer.subscription.created', subscription),
          ...(payment === 'paid'
            ? [
                happened('charge.succeeded', get<ChargeObject>(intent.latest_charge, 'charge')),
                happened('payment_intent.succeeded', intent),
                happened('invoice.paid', invoice),
              ]
            : []),
        );
      } else {
        const intent = pay({
          amount: session.amount_total ?? 0,
          currency,
          customer: session.customer,
          metadata: {...(params.payment_intent_data?.metadata as Stripe.Metadata | undefined)},
          description: params.payment_intent_data?.description ?? null,
          status,
        });
        session.payment_intent = intent.id;
        if (payment === 'paid')
          events.push(
            happened('charge.succeeded', get<ChargeObject>(intent.latest_charge, 'charge')),
            happened('payment_intent.succeeded', intent),
          );
      }
      session.payment_status = payment;
      session.customer_details = {
        address: null,
        business_name: null,
        email,
        individual_name: null,
        name: null,
        phone: null,
        tax_exempt: 'none',
        tax_ids: [],
      };
      close(session, 'complete');
      return [...events, happened('checkout.session.completed', session)];
    },

    settle(id, outcome) {
      const {session} = getCheckout(id);
      if (session.status !== 'complete' || session.payment_status !== 'unpaid')
        throw new StripeRefusal('This Checkout Session does not wait for a payment');
      if (outcome === 'failed') return [happened('checkout.session.async_payment_failed', session)];
      session.payment_status = 'paid';
      const events: Happening[] = [];
      if (session.invoice) {
        const invoice = get<InvoiceObject>(session.invoice, 'invoice');
        const intent = payInvoice(invoice);
        const subscription = getSubscription(id);
        subscription.status = 'active';
        events.push(
          happened('charge.succeeded', succeed(intent)),
          happened('invoice.paid', invoice),
          happened('customer.subscription.updated', subscription),
        );
      } else {
        const intent = get<PaymentIntentObject>(session.payment_intent, 'payment_intent');
        events.push(happened('charge.succeeded', succeed(intent)));
      }
      return [...events, happened('checkout.session.async_payment_succeeded', session)];
    },

    expire(id) {
      const {session} = ledger.open(id);
      close(session, 'expired');
      return [happened('checkout.session.expired', session)];
    },

    renew(id, outcome) {
      const subscription = getSubscription(id);
      if (subscription.status === 'canceled')
        throw new StripeRefusal('A canceled subscription is not renewed');
      if (subscription.cancel_at_period_end) return ledger.cancel(id, 'now');
      const [item] = subscription.items.data;
      if (item) {
        const start = item.current_period_end;
        const interval = item.price.recurring?.interval ?? 'month';
        item.current_period_start = start;
        item.current_period_end = periodEnd(start, interval, subscription.billing_cycle_anchor);
      }
      const paid = outcome === 'paid';
      const {invoice, intent} = bill(
        subscription,
        'subscription_cycle',
        paid ? 'succeeded' : 'requires_payment_method',
      );
      subscription.status = paid ? 'active' : 'past_due';
      const made = get<ChargeObject>(intent.latest_charge, 'charge');
      return [
        happened(paid ? 'charge.succeeded' : 'charge.failed', made),
        happened(paid ? 'invoice.paid' : 'invoice.payment_failed', invoice),
        happened('customer.subscription.updated', subscription),
      ];
    },

    cancel(id, when) {
      const subscription = getSubscription(id);
      if (subscription.status === 'canceled')
        throw new StripeRefusal(`No such subscription: '${id}'`, {
          status: 404,
          code: 'resource_missing',
          param: 'id',
        });
      if (when !== 'now') {
        const end = subscription.items.data[0]?.current_period_end ?? null;
        subscription.cancel_at_period_end = when === 'period-end';
        subscription.cancel_at = when === 'period-end' ? end : null;
        subscription.canceled_at = when === 'period-end' ? seconds() : null;
        return [happened('customer.subscription.updated', subscription)];
      }
      Object.assign(subscription, {
        status: 'canceled',
        canceled_at: subscription.canceled_at ?? seconds(),
        ended_at: seconds(),
        cancellation_details: {comment: null, feedback: null, reason: 'cancellation_requested'},
      });
      return [happened('customer.subscription.deleted', subscription)];
    },

    refund(id, minor) {
      const made = chargeOf(id);
      const left = made.amount - made.amount_refunded;
      const amount = minor ?? left;
      if (!left || made.status !== 'succeeded')
        throw new StripeRefusal(`Charge ${made.id} has already been refunded.`, {
          code: 'charge_already_refunded',
        });
      if (amount < 1 || amount > left)
        throw new StripeRefusal(
          `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
          {param: 'amount'},
        );
      made.amount_refunded += amount;
      made.refunded = made.amount_refunded === made.amount;
      const refund = keep<RefundObject>({
        id: freshId('re'),
        object: 'refund',
        amount,
        charge: made.id,
        created: seconds(),
        currency: made.currency,
        metadata: {},
        payment_intent: made.payment_intent,
        reason: 'requested_by_customer',
        status: 'succeeded',
      });
      return {
        refund,
        happened: [happened('refund.created', refund), happened('charge.refunded', made)],
      };
    },

    failRefund(id) {
      const refund = get<RefundObject>(id, 'refund');
      if (refund.status !== 'succeeded')
        throw new StripeRefusal(`Refund ${id} has not succeeded and cannot fail.`);
      refund.status = 'failed';
      const made = get<ChargeObject>(refund.charge, 'charge');
      made.amount_refunded -= refund.amount;
      made.refunded = false;
      return [happened('refund.updated', refund), happened('refund.failed', refund)];
    },

    dispute(id, status) {
      const made = chargeOf(id);
      const known = ledger.all('dispute') as DisputeObject[];
      const open = known.find(({charge}) => charge === made.id);
      if (open) {
        open.status = status;
        const money = status === 'won' ? ['charge.dispute.funds_reinstated'] : [];
        return [...money, 'charge.dispute.closed'].map(type => happened(type, open));
      }
      made.disputed = true;
      const dispute = keep<DisputeObject>({
        id: freshId('du'),
        object: 'dispute',
        amount: made.amount,
        charge: made.id,
        created: seconds(),
        currency: made.currency,
        livemode,
        payment_intent: made.payment_intent,
        reason: 'fraudulent',
        status,
      });
      return [
        happened('charge.dispute.created', dispute),
        happened('charge.dispute.funds_withdrawn', dispute),
      ];
    },

    createPortal(customer, returnUrl) {
      get<CustomerObject>(customer, 'customer');
      const id = freshId('bps');
      const portal = keep<PortalObject>({
        id,
        object: 'billing_portal.session',
        created: seconds(),
        customer,
        livemode,
        return_url: returnUrl,
        url: `${pages}/portal/${id}`,
      });
      portals.set(id, portal);
      return portal;
    },
  };
  return ledger;
}
