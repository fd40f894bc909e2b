/** Grants, checks and renews the cookies that give supporters access. */

import {cookieName, readCookie, setCookie} from '../http/cookies.js';
import {readMailAddress} from '../mail/index.js';
import type {PaidCheckout} from '../stripe/index.js';
import {isLiveGift, otherLiveGifts} from './live-gifts.js';
import {passStandingOf, type PassRules, type PassStanding} from './pass-standing.js';
import type {PassStore, Support} from './pass-store.js';
import type {PassTokens} from './pass-token.js';
import type {Secrets} from '../database/secrets.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long an unused pass can be renewed, and its cookies are kept. Browsers cap cookies at 400 days. */
const renewable = 180 * day;

/** How long a reader may take from the button to the return from the pay page. */
const claimable = day;

/** How long a claim may be repeated, because a response can be lost on the way. */
const repeatable = 10 * minute;

/** How many checkouts one browser may have open at once. */
const mostClaims = 4;

/** The verdict about the reader of a request. */
export type PassDecision =
  | {
      readonly pass: true;
      readonly until: number;
      readonly support: Support;
      readonly cookies: readonly string[];
    }
  | {
      readonly pass: false;
      readonly reason: 'no-pass' | 'ended' | 'refunded' | 'lapsed';
      readonly cookies: readonly string[];
    };

/** Grants, checks and renews passes. Methods that need the store may reject. */
export interface Passes {
  /** Records that a checkout was paid, so that its reader can get access. */
  note(paid: PaidCheckout): Promise<void>;
  /** Returns the cookie that binds a checkout to the browser that started it. */
  bind(request: Request, session: string): Promise<string>;
  /** Returns the cookies of a pass, if this browser started that checkout and has not fetched its pass yet. */
  fetch(request: Request, session: string, paid: PaidCheckout): Promise<readonly string[]>;
  /** Whether this browser started that checkout. */
  isBound(request: Request, session: string): Promise<boolean>;
  /** Whether this reader has access, according to the store. */
  check(request: Request): Promise<PassDecision>;
  /** Returns until when a fresh pass is valid by itself, for when the store cannot be reached. */
  glance(request: Request): Promise<number | undefined>;
  /** Whether the reader must be asked before another recurring gift: the site asks, and one goes on. */
  mustAsk(request: Request): Promise<boolean>;
  /** Returns the ids of other recurring gifts that go on and were paid from the same address. */
  otherGifts(paid: PaidCheckout): Promise<readonly string[]>;
  /** Finds the support of an address that gives access for longest. */
  of(addressHashes: readonly string[]): Promise<Support | undefined>;
  /** Returns the cookies of a pass for a support; none when it gives no access. */
  admit(supportId: string): Promise<readonly string[]>;
}

/** What the passes need. */
export interface PassParts {
  readonly site: string;
  readonly tokens: PassTokens;
  readonly store: PassStore;
  readonly secrets: Secrets;
  readonly rules: PassRules;
  /** Whether a reader with a recurring gift is asked before another one. */
  readonly asksBeforeSecond: boolean;
  /** How long a pass is valid without asking the store, in ms. */
  readonly life: number;
  readonly now: () => number;
}

/** Creates the service that grants, checks and renews passes. */
export function openPasses(parts: PassParts): Passes {
  const {site, tokens, store, secrets, rules, asksBeforeSecond, life, now} = parts;
  const names = {
    pass: cookieName(site, 'support-pass'),
    claim: cookieName(site, 'support-claim'),
    // Read by the page's script only; access is never decided by it.
    hint: 'support-hint',
  };

  const isRecurring = (ref: string) => ref.startsWith('sub_');

  async function standing({ref, at}: Support): Promise<PassStanding> {
    return passStandingOf(await store.facts(ref), isRecurring(ref), at, rules, now());
  }

  async function passCookies(id: string, until: number): Promise<readonly string[]> {
    const time = now();
    // Never valid for longer than the access is known to last.
    const token = await tokens.sign('support-pass', {sub: id}, time, Math.min(time + life, until));
    return [
      setCookie(site, {name: names.pass, value: token, maxAge: renewable}),
      setCookie(site, {name: names.hint, value: '1', maxAge: renewable, readable: true}),
    ];
  }

  const noCookies = () => [
    setCookie(site, {name: names.pass, value: '', maxAge: 0}),
    setCookie(site, {name: names.hint, value: '', maxAge: 0, readable: true}),
  ];

  async function claims(request: Request): Promise<readonly string[]> {
    const token = await tokens.read('support-claim', readCookie(request, names.claim), now());
    const sessions = token?.['cs'];
    return Array.isArray(sessions) ? sessions.filter(session => typeof session === 'string') : [];
  }

  async function claimCookie(sessions: readonly string[]): Promise<string> {
    const time = now();
    const until = time + claimable;
    const value = sessions.length
      ? await tokens.sign('support-claim', {cs: sessions}, time, until)
      : '';
    return setCookie(site, {name: names.claim, value, maxAge: value ? claimable : 0});
  }

  async function note({ref, customer, email, at}: PaidCheckout): Promise<string> {
    const mail = readMailAddress(email);
    return await store.add({
      ref,
      at,
      ...(customer !== undefined && {customer}),
      ...(mail && {addressHash: await secrets.hash('address', mail.key)}),
    });
  }

  async function admit(supportId: string): Promise<readonly string[]> {
    const support = await store.find(supportId);
    const current = support && (await standing(support));
    return support && current?.holds ? await passCookies(support.id, current.until) : [];
  }

  return {
    admit,

    async note(paid) {
      // A gift that gives no access is not recorded here.
      if (isRecurring(paid.ref) || rules.once > 0) await note(paid);
    },

    async bind(request, session) {
      const before = (await claims(request)).filter(candidate => candidate !== session);
      return await claimCookie([...before, session].slice(-mostClaims));
    },

    isBound: async (request, session) => (await claims(request)).includes(session),

    async fetch(request, session, paid) {
      const bound = await claims(request);
      if (!bound.includes(session)) return [];
      if (!isRecurring(paid.ref) && rules.once <= 0) return [];
      const time = now();
      if (time - (await store.claim(session, time)) > repeatable) return [];
      const cookies = await admit(await note(paid));
      // The claim is kept for a while in case the response is lost; it has no other use.
      return cookies;
    },

    async check(request) {
      const time = now();
      const cookie = readCookie(request, names.pass);
      const token = await tokens.read('support-pass', cookie, time, renewable);
      if (!token?.sub || !token.iat) return {pass: false, reason: 'no-pass', cookies: []};
      const support = await store.find(token.sub);
      if (!support) return {pass: false, reason: 'ended', cookies: noCookies()};
      const current = await standing(support);
      if (!current.holds) return {pass: false, reason: current.reason, cookies: noCookies()};
      // Renewed at half its life rather than on every request, so that most responses set no cookie.
      const isFresh = time - token.iat * 1000 < life / 2;
      const cookies = isFresh ? [] : await passCookies(support.id, current.until);
      return {pass: true, until: current.until, support, cookies};
    },

    async mustAsk(request) {
      if (!asksBeforeSecond) return false;
      const cookie = readCookie(request, names.pass);
      const token = await tokens.read('support-pass', cookie, now(), renewable);
      const support = token?.sub ? await store.find(token.sub) : undefined;
      return support !== undefined && (await isLiveGift(store, support));
    },

    async otherGifts(paid) {
      const mail = readMailAddress(paid.email);
      const hashes = mail ? await secrets.hashes('address', mail.key) : [];
      return await otherLiveGifts(store, hashes, paid);
    },

    async glance(request) {
      const token = await tokens.read('support-pass', readCookie(request, names.pass), now());
      return token?.exp === undefined ? undefined : token.exp * 1000;
    },

    async of(addressHashes) {
      let best: {readonly support: Support; readonly until: number} | undefined;
      for (const support of await store.of(addressHashes)) {
        const current = await standing(support);
        if (current.holds && !(best && best.until >= current.until))
          best = {support, until: current.until};
      }
      return best?.support;
    },
  };
}
