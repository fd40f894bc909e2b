/** Stores a reader's buckets and arms in experiments, and nothing else about the reader. */

import type {Attribution} from '../../core/money/checkout.js';
import {forcedArms} from '../forced-arms.js';
import {isPreview} from '../is-debugged.js';
import {page, type StoredBucket, type Enrolment, type Enrolments} from '../page.js';
import {ownProperties} from '../../core/own-properties.js';

/** The key in `localStorage`. Written only where sticky arms are allowed. */
export const enrolmentsKey = 'support:experiments';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value < 1;

/** Returns the own entries of a stored value that are valid. */
function sane<T>(value: unknown, isSane: (entry: unknown) => boolean): Record<string, T> {
  const entries = isRecord(value) ? Object.entries(value).slice(-100) : [];
  return Object.assign(
    Object.create(null) as Record<string, T>,
    Object.fromEntries(entries.filter(([, entry]) => isSane(entry))),
  );
}

/** Reads the stored enrolments that have not expired. */
export function storedEnrolments(now: number): Enrolments {
  let value: unknown;
  try {
    value = JSON.parse(localStorage.getItem(enrolmentsKey) ?? '');
  } catch {
    // Nothing is stored, it is not ours, or storage is blocked.
  }
  const {v, points, arms} = ownProperties(Object(value)) as Record<string, unknown>;
  const isLive = (entry: unknown) => isRecord(entry) && Number(entry['until']) > now;
  const isBucket = (entry: unknown) =>
    isLive(entry) && isShare((entry as Partial<StoredBucket>).point);
  const isEnrolment = (entry: unknown) =>
    isLive(entry) && typeof (entry as Partial<Enrolment>).arm === 'string';
  return {points: sane(v === 1 && points, isBucket), arms: sane(v === 1 && arms, isEnrolment)};
}

/** Returns the enrolments: stored ones, or this page's where storing is not allowed. */
export function enrolments(now: number): Enrolments {
  const shared = page();
  if (!shared.full) return (shared.enrolments ??= ownProperties({points: {}, arms: {}}));
  const stored = storedEnrolments(now);
  // Buckets that this page drew before the reader consented are kept.
  for (const part of ['points', 'arms'] as const) {
    Object.assign(stored[part], {...shared.enrolments?.[part], ...stored[part]});
  }
  return stored;
}

/**
 * Returns the experiments that a gift of this reader is attributed to, anywhere on the site: the last
 * one they were exposed to, unless the appeal names one, and the holdback. Empty in a preview.
 */
export function placesOf(now: number, given: Attribution = {}): Attribution {
  if (forcedArms().size > 0) return {};
  const all = Object.entries(enrolments(now).arms);
  const isHoldback = ([seed]: (typeof all)[number]) => seed.startsWith('holdback@');
  const [seed, place] = all.findLast(entry => !isHoldback(entry)) ?? [];
  const [share, holdback] = all.findLast(isHoldback) ?? [];
  return {
    ...(given.experiment === undefined && seed !== undefined && place
      ? {
          experiment: seed,
          arm: place.arm,
          ...(place.exposure !== undefined && {exposure: place.exposure}),
        }
      : {}),
    ...(share !== undefined && holdback
      ? {
          holdback: `${share}:${holdback.arm}`,
          ...(holdback.exposure !== undefined && {holdbackExposure: holdback.exposure}),
        }
      : {}),
  };
}

/** Stores enrolments where that is allowed; returns whether the next page will know them. */
export function keep({points, arms}: Enrolments): boolean {
  const shared = page();
  if (!shared.full || isPreview()) return false;
  try {
    localStorage.setItem(enrolmentsKey, JSON.stringify({v: 1, points, arms}));
    shared.enrolments = ownProperties({points, arms});
    return true;
  } catch {
    return false;
  }
}

/** Deletes all enrolments, also of this page, when the reader withdraws consent. */
export function forgetEnrolments(): void {
  delete page().enrolments;
  try {
    localStorage.removeItem(enrolmentsKey);
  } catch {
    // Storage is blocked, so nothing is stored.
  }
}
