/**
 * Spells what a gate decided as attributes of a page's elements, and reads it back. The attributes
 * keep the words of 0.1.0, since the page of a newer server may be read by an older script.
 */

import type {AccessVerdict} from './access.js';

/** A verdict as far as it goes into a page; a gate of a site's own may give its own reason. */
export type ToldVerdict = Partial<Omit<AccessVerdict, 'reason'>> & {
  readonly reason?: string | undefined;
};

/** Today's reason for each one that is spelled otherwise in a page. */
const reasons: Readonly<Record<string, string>> = {'meter-used': 'limit-reached'};

const spelled = (reason: string | undefined): string | undefined =>
  Object.keys(reasons).find(word => reasons[word] === reason) ?? reason;

/** The attributes for a verdict. What is not there, or without end, has none. */
export function verdictAttributes(verdict: ToldVerdict): Record<string, string> {
  const {access, reason, until, left, limit, extraAfterRegistration} = verdict;
  const attributes = {
    ...{state: access, because: spelled(reason), until, left},
    ...{of: limit, more: extraAfterRegistration},
  };
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      typeof value === 'string' || Number.isFinite(value) ? [[name, String(value)]] : [],
    ),
  );
}

/** The verdict that a page's attributes tell. */
export function verdictFrom(attribute: (name: string) => string | null): Partial<AccessVerdict> {
  const number = (name: string) => Number(attribute(name) ?? Infinity);
  const reason = attribute('because') ?? '';
  const today = Object.hasOwn(reasons, reason) ? reasons[reason] : reason;
  return {
    access: attribute('state') as AccessVerdict['access'],
    reason: today as AccessVerdict['reason'],
    ...{left: number('left'), limit: number('of')},
    extraAfterRegistration: Number(attribute('more')),
  };
}
