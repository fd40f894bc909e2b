/** Which objects are in an account? */

import type Stripe from 'stripe';
import type {
  InvoicePaymentObject,
  PortalObject,
  PriceObject,
  SessionObject,
  SubscriptionObject,
} from './stripe-objects.js';
import {missing} from './stripe-refusal.js';

/** What every object of Stripe's says of itself. */
export interface Named {
  readonly id: string;
  readonly object: string;
}

/** Something that happened to an object, before it becomes an event. */
export interface Happening {
  readonly type: string;
  readonly object: Named;
}

/** What a Checkout Session is made from, once it has been checked. */
export type SessionParams = Stripe.Checkout.SessionCreateParams & {
  readonly mode: 'payment' | 'subscription';
};

/** A Checkout Session with what it was made from. */
export interface Checkout {
  readonly session: SessionObject;
  readonly params: SessionParams;
  readonly price: PriceObject;
  readonly quantity: number;
}

/** The objects themselves. Whoever changes them answers with what happened. */
export interface Account {
  readonly checkouts: Map<string, Checkout>;
  readonly subscriptions: Map<string, SubscriptionObject>;
  readonly portals: Map<string, PortalObject>;
  readonly invoicePayments: Map<string, InvoicePaymentObject>;
  /** The time in epoch seconds. */
  seconds(): number;
  /** Takes an object in, so that it is found by its id. */
  keep<T extends Named>(object: T): T;
  /** An object that must be there. */
  get<T extends Named>(id: string | null, what: T['object']): T;
  /** Any object by its id. */
  find(id: string): Named | undefined;
  /** Every object of one kind whose field has a value. */
  all(kind: string, field: string, value: unknown): readonly Named[];
  /** A session by its id; an open one whose time has run out expires when it is looked at. */
  checkout(id: string): Checkout;
  /** A subscription by its own id, or by its session's. */
  subscription(id: string): SubscriptionObject;
}

/** Says what happened, with a copy that later changes do not touch. */
export const happened = (type: string, object: Named): Happening => ({
  type,
  object: structuredClone(object),
});

/** Marks a session as over; its page is gone then. */
export function close(session: SessionObject, status: 'complete' | 'expired'): void {
  session.status = status;
  session.url = null;
}

/** Opens an account without objects. */
export function openAccount(now: () => number): Account {
  const objects = new Map<string, Named>();
  const account: Account = {
    checkouts: new Map(),
    subscriptions: new Map(),
    portals: new Map(),
    invoicePayments: new Map(),
    seconds: () => Math.floor(now() / 1000),
    keep(object) {
      objects.set(object.id, object);
      return object;
    },
    get<T extends Named>(id: string | null, what: T['object']): T {
      const object = id === null ? undefined : objects.get(id);
      if (object?.object !== what) throw missing(what.replaceAll('_', ' '), id ?? '');
      return object as T;
    },
    find: id => (account.checkouts.has(id) ? account.checkout(id).session : objects.get(id)),
    all: (kind, field, value) =>
      [...objects.values()].filter(
        object => object.object === kind && Reflect.get(object, field) === value,
      ),
    checkout(id) {
      const checkout = account.checkouts.get(id);
      if (!checkout) throw missing('checkout.session', id, 'session');
      const {session} = checkout;
      if (session.status === 'open' && session.expires_at <= account.seconds())
        close(session, 'expired');
      return checkout;
    },
    subscription(id) {
      const session = account.checkouts.get(id)?.session;
      return account.get<SubscriptionObject>(session?.subscription ?? id, 'subscription');
    },
  };
  return account;
}
