/** What does an account look like after a gift, a renewal, an end or a refund? */

import {
  openAccount,
  type Checkout,
  type Happening,
  type Named,
  type SessionParams,
} from './stripe-account.js';
import {complete, settle} from './stripe-completion.js';
import type {
  DisputeObject,
  InvoicePaymentObject,
  PortalObject,
  SessionObject,
  SubscriptionObject,
} from './stripe-objects.js';
import {dispute} from './stripe-disputes.js';
import {createPortal} from './stripe-portals.js';
import {failRefund, refund, type Refunded} from './stripe-refunds.js';
import {createSession, expire, openSession} from './stripe-sessions.js';
import {cancel, renew} from './stripe-subscriptions.js';

/** What a ledger needs to know of the world. */
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
  find(id: string): Named | undefined;
  /** Every object of one kind whose field has a value. */
  all(kind: string, field: string, value: unknown): readonly Named[];
  create(params: SessionParams): SessionObject;
  /** A session that has not been paid and whose time has not run out. */
  open(id: string): Checkout;
  complete(id: string, payment: 'paid' | 'unpaid'): Happening[];
  settle(id: string, outcome: 'succeeded' | 'failed'): Happening[];
  expire(id: string): Happening[];
  renew(id: string, outcome: 'paid' | 'declined'): Happening[];
  cancel(id: string, when: 'now' | 'period-end' | 'never'): Happening[];
  refund(id: string, minor?: number): Refunded;
  failRefund(id: string): Happening[];
  dispute(id: string, status: DisputeObject['status']): Happening[];
  createPortal(customer: string, returnUrl: string | null): PortalObject;
}

/** Opens an empty account in test mode. */
export function openLedger({now, pages}: LedgerOptions): Ledger {
  const account = openAccount(now);
  const {checkouts, subscriptions, portals, invoicePayments} = account;
  return {
    checkouts,
    subscriptions,
    portals,
    invoicePayments,
    find: id => account.find(id),
    all: (kind, field, value) => account.all(kind, field, value),
    create: params => createSession(account, params, pages),
    open: id => openSession(account, id),
    complete: (id, payment) => complete(account, id, payment),
    settle: (id, outcome) => settle(account, id, outcome),
    expire: id => expire(account, id),
    renew: (id, outcome) => renew(account, id, outcome),
    cancel: (id, when) => cancel(account, id, when),
    refund: (id, minor) => refund(account, id, minor),
    failRefund: id => failRefund(account, id),
    dispute: (id, status) => dispute(account, id, status),
    createPortal: (customer, returnUrl) => createPortal(account, customer, returnUrl, pages),
  };
}
