/** Holds the objects of the fake's account. */

import type Stripe from 'stripe';
import type {
  InvoicePaymentObject,
  PortalObject,
  PriceObject,
  SessionObject,
  SubscriptionObject,
} from './stripe-objects.js';
import {missing} from './stripe-refusal.js';

/** The fields that every Stripe object has. */
export interface Named {
  readonly id: string;
  readonly object: string;
}

/** Something that happened to an object, before it becomes an event. */
export interface Happening {
  readonly type: string;
  readonly object: Named;
}

/** The checked parameters of a Checkout Session. */
export type SessionParams = Stripe.Checkout.SessionCreateParams & {
  readonly mode: 'payment' | 'subscription';
};

/** A Checkout Session with its parameters. */
export interface Checkout {
  readonly session: SessionObject;
  readonly params: SessionParams;
  readonly price: PriceObject;
  readonly quantity: number;
}

/** The objects of the account. Functions that change them return what happened. */
export interface Account {
  readonly checkouts: Map<string, Checkout>;
  readonly subscriptions: Map<string, SubscriptionObject>;
  readonly portals: Map<string, PortalObject>;
  readonly invoicePayments: Map<string, InvoicePaymentObject>;
  /** Returns the time in epoch seconds. */
  seconds(): number;
  /** Adds an object, so that it is found by its id. */
  keep<T extends Named>(object: T): T;
  /** Returns an object; throws a `StripeRefusal` when it does not exist. */
  get<T extends Named>(id: string | null, what: T['object']): T;
  /** Finds any object by its id. */
  find(id: string): Named | undefined;
  /** Finds every object of one kind with a value in a field. */
  all(kind: string, field: string, value: unknown): readonly Named[];
  /** Returns a session by its id; an open one past its end expires on access. */
  checkout(id: string): Checkout;
  /** Returns a subscription by its own id, or by its session's. */
  subscription(id: string): SubscriptionObject;
}

/** Describes what happened, with a copy of the object that later changes do not affect. */
export const happened = (type: string, object: Named): Happening => ({
  type,
  object: structuredClone(object),
});

/** Ends a session, which removes its page. */
export function close(session: SessionObject, status: 'complete' | 'expired'): void {
  session.status = status;
  session.url = null;
}

/** Creates an empty account. */
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
