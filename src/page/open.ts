/** Opens an appeal that the reader asks for. */

import {page} from '../browser/page.js';
import {warn} from './warn.js';

/** Shows the appeal at the reader's own request, whatever the cadence says. Resolves with whether it could. */
export async function open(campaign?: string): Promise<boolean> {
  return (await page().open?.(campaign)) ?? false;
}

/** Any element with `data-support-open` is a way back to the appeal; its value may name a campaign. */
export function openOnPress(event: Event): void {
  const pressed = (event.target as Partial<Element>).closest?.('[data-support-open]');
  if (!pressed || event.defaultPrevented) return;
  event.preventDefault();
  void open(pressed.getAttribute('data-support-open') ?? '')
    .catch((error: unknown) => {
      warn(error);
      return false;
    })
    .then(isOpen => {
      // What could not be opened stays an ordinary link.
      if (!isOpen && pressed instanceof HTMLAnchorElement) location.assign(pressed.href);
    });
}
