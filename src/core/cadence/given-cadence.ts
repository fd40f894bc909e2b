/** Reads what a campaign or an element says about its cadence, also in the words of 0.1.0. */

/** The old words for the caps on views, each with today's. Honoured until 1.0. */
export const oldViewWords: Readonly<Record<string, string>> = {
  gapHours: 'hoursBetweenViews',
  otherGapHours: 'hoursBetweenCampaigns',
};

/** The old words for how long nothing is asked, each with today's. Honoured until 1.0. */
export const oldQuietWords: Readonly<Record<string, string>> = {
  later: 'laterDays',
  close: 'closeDays',
  closeMost: 'closeDaysMax',
  alreadySupporting: 'alreadySupportingDays',
  notThisCampaign: 'notThisCampaignDays',
  supportedOnce: 'supportedOnceDays',
  supportedRecurring: 'supportedRecurringDays',
  dayStartsAt: 'dayStartsAtHour',
};

/** Puts what is given over the defaults. Of an old and a new word beside each other the new one holds. */
export function cadenceOver<T extends object>(
  defaults: T,
  given: Partial<T> | undefined,
  oldWords: Readonly<Record<string, string>>,
): T {
  const own: Record<string, unknown> = {...given};
  const renamed: Record<string, unknown> = {};
  for (const [old, word] of Object.entries(oldWords))
    if (Object.hasOwn(own, old)) renamed[word] = own[old];
  return {...defaults, ...renamed, ...given};
}
