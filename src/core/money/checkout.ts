/** Declares what a checkout receives and returns. Plain data without secrets. */

import type {Frequency} from './offer.js';
import type {Money} from './money.js';

/** Where a gift came from: the newsroom's own names, never a reader's address. */
export interface Attribution {
  readonly campaign?: string;
  readonly experiment?: string;
  readonly arm?: string;
  readonly exposure?: string;
  /** The holdback and the reader's arm in it, `holdback@500:control`, beside any experiment. */
  readonly holdback?: string;
  readonly holdbackExposure?: string;
  readonly placement?: string;
  /** Path of the page, without its query. */
  readonly page?: string;
  readonly readerId?: string;
}

/** One press of the button. */
export interface CheckoutIntent {
  /** Unique for each press; the same when a press is retried. */
  readonly attemptId: string;
  readonly offerId: string;
  readonly frequency: Frequency;
  readonly amount: Money;
  /** BCP 47. */
  readonly locale: string;
  readonly email?: string;
  readonly attribution: Attribution;
}

/** The result of a checkout hook. The element acts on it; the hook never navigates. */
export type CheckoutOutcome =
  | {readonly type: 'redirect'; readonly url: string}
  | {readonly type: 'embedded'; readonly finished: Promise<'complete' | 'closed'>}
  | {readonly type: 'handled'}
  | {readonly type: 'cancelled'};

/** Ways in which an endpoint does not take a request as such: nothing that a reader could put right. */
export const requestErrorCodes = [
  'origin-not-allowed',
  'unsupported-media-type',
  'too-large',
  'method-not-allowed',
  'not-found',
  'invalid-request',
  'not-signed-in',
  'not-permitted',
] as const;

/** Ways in which a checkout fails that a reader may be told apart. */
const readerErrorCodes = [
  'not-configured',
  'in-progress',
  'aborted',
  'timeout',
  'offline',
  'network',
  'bad-response',
  'unsafe-url',
  'script-blocked',
  'amount-too-small',
  'amount-too-large',
  'currency-unsupported',
  'offer-unavailable',
  'challenge-required',
  'rate-limited',
  'provider-down',
] as const;

export type CheckoutErrorCode =
  (typeof readerErrorCodes)[number] | (typeof requestErrorCodes)[number];

/** The reasons a checkout can fail. Readers see our message for the code, never a provider's. */
export const checkoutErrorCodes: readonly CheckoutErrorCode[] = [
  ...readerErrorCodes,
  ...requestErrorCodes,
];

/** The fields of a client reference, in order. */
const carried = ['readerId', 'campaign', 'experiment', 'arm', 'placement'] as const;

/**
 * Packs an attribution into what Stripe's `client_reference_id` can carry, on Payment Links the only carrier:
 * `rs1_<reader>_<campaign>_<experiment>_<arm>_<placement>`, at most 168 of `[A-Za-z0-9_-]`. Any other character is
 * `-x<code point in hex>-`. If too long, it loses the reader first, then the ends of the longest fields.
 */
export function clientReference(attribution: Attribution): string {
  // Every field is a list of encoded characters, so that truncating never splits one.
  const fields = carried.map(name => {
    // Not by a pattern: WebKit's take U+F900 U+FC00 for one character (https://bugs.webkit.org/show_bug.cgi?id=319651).
    // eslint-disable-next-line @typescript-eslint/no-misused-spread -- code points are what is encoded
    const characters = [...(attribution[name] ?? '').slice(0, 168)];
    return characters.map((each, at) =>
      /^[A-Za-z0-9]$/.test(each) || (each === '-' && characters[at + 1] !== 'x')
        ? each
        : `-x${(each.codePointAt(0) as number).toString(16)}-`,
    );
  });
  const sizes = () => fields.map(field => field.join('').length);
  const reference = () => ['rs1', ...fields.map(field => field.join(''))].join('_');
  if (reference().length > 168) fields[0] = [];
  while (reference().length > 168) {
    const longest = sizes();
    fields[longest.indexOf(Math.max(...longest))]?.pop();
  }
  return reference();
}

/** Parses a client reference; `undefined` when it is not one of ours. It comes from a browser: do not trust it. */
export function readClientReference(text: string): Attribution | undefined {
  if (text.length > 200 || !/^rs1(_[A-Za-z0-9-]*){5}$/.test(text)) return undefined;
  const attribution: {-readonly [Key in keyof Attribution]: Attribution[Key]} = {};
  const fields = text.split('_');
  carried.forEach((name, at) => {
    const field = (fields[at + 1] ?? '').replace(/-x([\da-f]{1,6})-/g, (escape, hex: string) =>
      parseInt(hex, 16) > 0x10ffff ? escape : String.fromCodePoint(parseInt(hex, 16)),
    );
    if (field) attribution[name] = field;
  });
  return attribution;
}
