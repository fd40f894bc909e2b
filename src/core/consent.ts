/** What do the answers of consent frameworks mean for us? */

/** `minimal`: only what the reader asks for is kept. `full`: views may be kept too. */
export type Consent = 'minimal' | 'full';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/**
 * Whether an answer of the IAB's Transparency and Consent Framework allows keeping views: storage
 * (purpose 1) and measuring content (purpose 8), or the framework does not apply to this reader.
 */
export function tcfAllows(answer: unknown): boolean {
  if (!isRecord(answer)) return false;
  const {eventStatus, gdprApplies, purpose} = answer;
  if (eventStatus !== 'tcloaded' && eventStatus !== 'useractioncomplete') return false;
  if (gdprApplies === false) return true;
  const consents = isRecord(purpose) && isRecord(purpose['consents']) ? purpose['consents'] : {};
  return consents[1] === true && consents[8] === true;
}

/**
 * Whether an answer of the IAB's Global Privacy Platform allows keeping views: the signal is ready,
 * and no section of it opts out of sale or sharing.
 */
export function gppAllows(answer: unknown): boolean {
  const ping = isRecord(answer) && isRecord(answer['pingData']) ? answer['pingData'] : answer;
  if (!isRecord(ping) || ping['signalStatus'] !== 'ready') return false;
  const sections = isRecord(ping['parsedSections']) ? Object.values(ping['parsedSections']) : [];
  return !sections.some(section =>
    [section]
      .flat()
      .some(
        part =>
          isRecord(part) &&
          (part['SaleOptOut'] === 1 || part['SharingOptOut'] === 1 || part['Gpc'] === true),
      ),
  );
}
