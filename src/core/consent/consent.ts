/** Decides what may be stored about a reader, from the answers of consent frameworks. */

/** `minimal`: only what the reader asks for is kept. `full`: every purpose is allowed. */
export type Consent = 'minimal' | 'full';

/** Counting views, keeping experiment arms, and ids that join events. */
export type Purpose = 'views' | 'experiments' | 'events';

export const purposes: readonly Purpose[] = ['views', 'experiments', 'events'];

/** Whether a purpose is allowed. Global Privacy Control always forbids events. */
export function consentAllows(consent: Consent, purpose: Purpose, hasGpc = false): boolean {
  return consent === 'full' && !(hasGpc && purpose === 'events');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Whether the purposes also need TCF purpose 8 (measuring content) besides 1 (storage). */
const isMeasured = (purposes: readonly Purpose[]): boolean =>
  purposes.some(purpose => purpose !== 'views');

/**
 * Whether an answer of the IAB's Transparency and Consent Framework (`TCData`) allows the purposes:
 * storage (1) and, for experiments and events, measuring content (8). Everything is allowed where the
 * framework says that it does not apply; nothing while there is no answer.
 */
export function tcfAllows(answer: unknown, wanted: readonly Purpose[] = ['views']): boolean {
  if (!isRecord(answer)) return false;
  const {eventStatus, gdprApplies, purpose} = answer;
  if (eventStatus !== 'tcloaded' && eventStatus !== 'useractioncomplete') return false;
  if (gdprApplies === false) return true;
  const consents = isRecord(purpose) && isRecord(purpose['consents']) ? purpose['consents'] : {};
  return consents[1] === true && (!isMeasured(wanted) || consents[8] === true);
}

const optOuts: readonly (readonly [string, unknown])[] = [
  ['SaleOptOut', 1],
  ['SharingOptOut', 1],
  ['Gpc', true],
  // The section of the older US Privacy string.
  ['OptOutSale', 'Y'],
];

/**
 * Whether an answer of the IAB's Global Privacy Platform (`PingReturn`, or an event that holds one)
 * allows the purposes: its signal is ready, no section opts out of sale or sharing, and a European
 * section consents as the TCF would.
 */
export function gppAllows(answer: unknown, wanted: readonly Purpose[] = ['views']): boolean {
  const ping = isRecord(answer) && isRecord(answer['pingData']) ? answer['pingData'] : answer;
  if (!isRecord(ping) || ping['signalStatus'] !== 'ready') return false;
  const sections = isRecord(ping['parsedSections']) ? ping['parsedSections'] : {};
  // A section is a record, or a list of its segments.
  const parts = Object.values(sections).flat().filter(isRecord);
  return parts.every(part => {
    if (optOuts.some(([name, value]) => part[name] === value)) return false;
    const {PurposeConsents: consents} = part;
    if (!Array.isArray(consents)) return true;
    // Decoders return either a flag per purpose, or the numbers of the consented ones.
    const isGiven = (purpose: number) =>
      typeof consents[0] === 'boolean'
        ? consents[purpose - 1] === true
        : consents.includes(purpose);
    return isGiven(1) && (!isMeasured(wanted) || isGiven(8));
  });
}
