/** Which moment does a date in a campaigns file stand for? */

const day = 86_400_000;

/**
 * The moment an ISO 8601 date or date-time stands for, in epoch ms; NaN when it is none. Without a
 * zone it is the reader's own time; a date alone is its first moment, or its last as an `end`.
 */
export function momentOf(text: string, minutesEast: number, isEnd = false): number {
  const [, date, time, zone]: (string | undefined)[] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  // JavaScript reads the 30th of February as the 2nd of March.
  if (new Date(`${date}T00:00Z`).getUTCDate() !== Number(date?.slice(8))) return NaN;
  return (
    Date.parse(`${date}T${time ?? '00:00'}${zone ?? 'Z'}`) -
    (zone ? 0 : minutesEast * 60_000) +
    (isEnd && !time ? day : 0)
  );
}
