/** Converts a date in a campaigns file to a moment. */

const day = 86_400_000;

/**
 * Returns the moment of an ISO 8601 date or date-time in epoch ms; NaN when it is invalid. Without a
 * zone it is in the reader's; a date alone means its first moment, or its last as an `end`.
 */
export function momentOf(text: string, utcOffsetMinutes: number, isEnd = false): number {
  const [, date, time, zone]: (string | undefined)[] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  // JavaScript parses 30 February as 2 March.
  if (new Date(`${date}T00:00Z`).getUTCDate() !== Number(date?.slice(8))) return NaN;
  return (
    Date.parse(`${date}T${time ?? '00:00'}${zone ?? 'Z'}`) -
    (zone ? 0 : utcOffsetMinutes * 60_000) +
    (isEnd && !time ? day : 0)
  );
}
