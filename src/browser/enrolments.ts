/** What does this browser remember of experiments? A point and an arm for each, and nothing about the reader. */

import {page} from './page.js';

/** A reader's place in one experiment. */
export interface Enrolment {
  readonly arm: string;
  /** What a gift names, so that it finds its arm; only where ids are allowed. */
  readonly exposure?: string;
  /** Epoch ms: forgotten then. */
  readonly until: number;
}

/** All of it: points by seed or layer, places by seed. */
export interface Enrolments {
  readonly points: Record<string, number>;
  readonly arms: Record<string, Enrolment>;
}

/** The key in `localStorage`. Written only where sticky arms are allowed. */
export const enrolmentsKey = 'support:experiments';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The own entries of a stored value that are sane. */
function sane<T>(value: unknown, isSane: (one: unknown) => boolean): Record<string, T> {
  const entries = isRecord(value) ? Object.entries(value).slice(-100) : [];
  return Object.assign(
    Object.create(null) as Record<string, T>,
    Object.fromEntries(entries.filter(([, one]) => isSane(one))),
  );
}

/** What is stored and not past its time. */
export function storedEnrolments(now: number): Enrolments {
  let value: unknown;
  try {
    value = JSON.parse(localStorage.getItem(enrolmentsKey) ?? '');
  } catch {
    // Nothing stored, not ours, or blocked.
  }
  const {v, points, arms} = Object(value) as Record<string, unknown>;
  const isPoint = (one: unknown) => typeof one === 'number' && one >= 0 && one < 1;
  const isPlace = (one: unknown) =>
    isRecord(one) && typeof one['arm'] === 'string' && Number(one['until']) > now;
  return {points: sane(v === 1 && points, isPoint), arms: sane(v === 1 && arms, isPlace)};
}

/** What is known: stored, or of this page only where nothing may be stored. */
export function enrolments(now: number): Enrolments {
  const shared = page();
  if (!shared.full) return (shared.enrolments ??= {points: {}, arms: {}});
  const stored = storedEnrolments(now);
  // What this page drew before the reader said yes stays.
  for (const part of ['points', 'arms'] as const) {
    Object.assign(stored[part], {...shared.enrolments?.[part], ...stored[part]});
  }
  return stored;
}

/** Remembers it, where that is allowed; answers whether it will be known on the next page. */
export function keep({points, arms}: Enrolments): boolean {
  const shared = page();
  if (!shared.full) return false;
  shared.enrolments = {points, arms};
  try {
    localStorage.setItem(enrolmentsKey, JSON.stringify({v: 1, points, arms}));
    return true;
  } catch {
    return false;
  }
}

/** Forgets everything, on this page too: the reader has withdrawn. */
export function forgetEnrolments(): void {
  delete page().enrolments;
  try {
    localStorage.removeItem(enrolmentsKey);
  } catch {
    // Blocked, so there is nothing.
  }
}
