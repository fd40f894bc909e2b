import type {Facts} from '../../src/core/campaigns/audience.js';
import type {Cadence} from '../../src/core/cadence/cadence.js';
import {defaultCadence} from '../../src/core/cadence/default-cadence.js';
import type {Campaign} from '../../src/core/campaigns/campaign.js';
import type {Amounts, Offer} from '../../src/core/money/offer.js';
import {snoozeAfter, type Closing} from '../../src/core/cadence/snooze.js';
import {recordClose, recordRemind} from '../../src/core/cadence/reader-record.js';
import type {Close, ReaderState, View} from '../../src/core/cadence/reader-state.js';

export const hour: number = 3_600_000;
export const day: number = 24 * hour;
export const year: number = 365 * day;

/** A Tuesday at 10:00 UTC. */
export const now: number = Date.UTC(2026, 9, 20, 10);

export const daysAgo = (days: number): number => now - days * day;
export const inDays = (days: number): number => now + days * day;

export const aCadence = (changes: Partial<Cadence> = {}): Cadence => ({
  ...defaultCadence,
  ...changes,
});

export const aView = (changes: Partial<View> = {}): View => ({
  campaign: 'winter',
  at: daysAgo(2),
  ...changes,
});

export const aClose = (changes: Partial<Close> = {}): Close => ({
  campaign: 'winter',
  reason: 'later',
  at: daysAgo(1),
  until: inDays(2),
  ...changes,
});

export const aState = (changes: Partial<ReaderState> = {}): ReaderState => ({
  v: 1,
  views: [],
  closes: [],
  read: [],
  meter: [],
  ...changes,
});

export const aCampaign = (changes: Partial<Campaign> = {}): Campaign => ({
  id: 'winter',
  ...changes,
});

export const someFacts = (changes: Partial<Facts> = {}): Facts => ({
  now,
  utcOffsetMinutes: 0,
  path: '/2026/10/bridge.html',
  section: 'Local',
  tags: ['Ferries', 'Bridges'],
  language: 'en-GB',
  country: 'GB',
  device: 'desktop',
  referrer: 'www.example.org',
  articles: 3,
  supporter: false,
  signedIn: false,
  sensitive: false,
  asked: false,
  ...changes,
});

/** Returns facts without the given ones, as a page may leave them out. */
export function factsWithout(...names: (keyof Facts)[]): Facts {
  const facts: Partial<Facts> = someFacts();
  return Object.fromEntries(
    Object.entries(facts).filter(([name]) => !names.includes(name as keyof Facts)),
  ) as unknown as Facts;
}

export const someAmounts = (changes: Partial<Amounts> = {}): Amounts => ({
  min: 200,
  max: 100_000,
  presets: [200, 500, 1000],
  preset: 500,
  ...changes,
});

export const anOffer = (changes: Partial<Offer> = {}): Offer => ({
  monthly: {USD: someAmounts()},
  ...changes,
});

/** Records a close as an element does. */
export function close(
  state: ReaderState,
  closing: Partial<Closing> = {},
  at: number = now,
  utcOffsetMinutes = 0,
): ReaderState {
  const whole: Closing = {campaign: 'winter', reason: 'close', ...closing};
  const {campaign, reason, choice} = whole;
  const quiet = snoozeAfter(aCadence(), state, whole, at, utcOffsetMinutes);
  const record = choice ? recordRemind : recordClose;
  return record(state, {campaign, reason, ...quiet, ...(choice && {choice})}, at);
}
