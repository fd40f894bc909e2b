/** Makes the calendar file of a reminder. Fetched with the confirmation that offers it. */

import {reminderCalendar, type Reminder} from '../../core/cadence/calendar.js';

/** Points the link at the file, for 10 s. The file needs no server and no address. */
export function fillCalendarLink(
  link: HTMLAnchorElement,
  reminder: Pick<Reminder, 'until' | 'title' | 'description'>,
): void {
  const {origin, pathname, hostname} = location;
  const text = reminderCalendar({
    ...reminder,
    now: Date.now(),
    url: origin + pathname,
    uid: `${reminder.until}@${hostname}`,
  });
  const address = URL.createObjectURL(new Blob([text], {type: 'text/calendar'}));
  link.href = address;
  setTimeout(() => {
    URL.revokeObjectURL(address);
    if (link.href === address) link.href = '#';
  }, 10_000);
}
