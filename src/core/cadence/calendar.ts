/** Creates a calendar file for a reminder, so that a reader need not leave an address. */

/** The content of the calendar entry. */
export interface Reminder {
  /** Epoch ms: when to remind. */
  readonly until: number;
  /** Epoch ms. */
  readonly now: number;
  readonly title: string;
  readonly description?: string;
  /** The page to return to. */
  readonly url: string;
  /** Unique to this reminder. */
  readonly uid: string;
}

/** The last time with a four-digit year. Epoch ms. */
const latest = 253_402_300_799_000;

const stamp = (time: number): string =>
  new Date(Math.min(Math.max(time, 0), latest) || 0).toISOString().replaceAll(/[-:]|\.\d+/g, '');

/** Removes control characters, which calendar files must not contain (RFC 5545, section 3.1). */
const plain = (text: string): string => text.replaceAll(/[\0-\x1F\x7F]/g, '');

const escape = (text: string): string =>
  text
    .replaceAll(/[\\;,]/g, '\\$&')
    .split(/\r\n|\r|\n/)
    .map(plain)
    .join('\\n');

/** Folds a line at 75 octets, never inside a character (RFC 5545, section 3.1). */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const code = Number(character.codePointAt(0));
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (octets + size > 75) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

/** Returns an iCalendar file with one event of 15 minutes and an alarm at its start. */
export function reminderCalendar(reminder: Reminder): string {
  const {until, now, title, description, url, uid} = reminder;
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//reader-support//EN',
    'BEGIN:VEVENT',
    `UID:${escape(uid)}`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(until)}`,
    'DURATION:PT15M',
    'TRANSP:TRANSPARENT',
    `SUMMARY:${escape(title)}`,
    ...(description ? [`DESCRIPTION:${escape(description)}`] : []),
    `URL:${plain(url)}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'TRIGGER:PT0S',
    `DESCRIPTION:${escape(title)}`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
    .map(fold)
    .join('\r\n');
}
