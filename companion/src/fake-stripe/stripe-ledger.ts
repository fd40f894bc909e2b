/** Changes the fake's account by gifts, renewals, cancellations and refunds. */

import {
  openAccount,
  type Checkout,
  type Happening,
  type Named,
  type SessionParams,
} from './stripe-account.js';
import {complete, settleSession} from './stripe-completion.js';
import type {
  DisputeObject,
  InvoicePaymentObject,
  PortalObject,
  SessionObject,
  SubscriptionObject,
} from './stripe-objects.js';
import {change, type PlanChange} from './stripe-changes.js';
import {dispute} from './stripe-disputes.js';
import {createPortal} from './stripe-portals.js';
import {failRefund, refund, type Refunded} from './stripe-refunds.js';
import {createSession, expire, openSession} from './stripe-sessions.js';
import {cancel, renew} from './stripe-subscriptions.js';

/** Options of the ledger. */
export interface LedgerOptions {
  /** Epoch ms. */
  readonly now: () => number;
  /** The URL of the fake's pages, without a trailing slash. */
  readonly pages: string;
}

/** Manages the account. Every change returns what happened, as copies that later changes do not affect. */
export interface Ledger {
  readonly checkouts: ReadonlyMap<string, Checkout>;
  readonly subscriptions: ReadonlyMap<string, SubscriptionObject>;
  readonly portals: ReadonlyMap<string, PortalObject>;
  readonly invoicePayments: ReadonlyMap<string, InvoicePaymentObject>;
  /** Finds any object by its id. */
  find(id: string): Named | undefined;
  /** Finds every object of one kind with a value in a field. */
  all(kind: string, field: string, value: unknown): readonly Named[];
  create(params: SessionParams): SessionObject;
  /** Returns a session that is neither paid nor expired. */
  open(id: string): Checkout;
  complete(id: string, payment: 'paid' | 'unpaid'): Happening[];
  settle(id: string, outcome: 'succeeded' | 'failed'): Happening[];
  expire(id: string): Happening[];
  renew(id: string, outcome: 'paid' | 'declined'): Happening[];
  cancel(id: string, when: 'now' | 'period-end' | 'never'): Happening[];
  change(id: string, plan: PlanChange): Happening[];
  refund(id: string, minor?: number): Refunded;
  failRefund(id: string): Happening[];
  dispute(id: string, status: DisputeObject['status']): Happening[];
  createPortal(customer: string, returnUrl: string | null): PortalObject;
}

/** Creates a ledger with an empty account in test mode. */
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
    settle: (id, outcome) => settleSession(account, id, outcome),
    expire: id => expire(account, id),
    renew: (id, outcome) => renew(account, id, outcome),
    cancel: (id, when) => cancel(account, id, when),
    change: (id, plan) => change(account, id, plan),
    refund: (id, minor) => refund(account, id, minor),
    failRefund: id => failRefund(account, id),
    dispute: (id, status) => dispute(account, id, status),
    createPortal: (customer, returnUrl) => createPortal(account, customer, returnUrl, pages),
  };
}
