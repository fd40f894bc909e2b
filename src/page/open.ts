/** Opens an appeal that the reader asks for. */

import {page} from '../browser/page.js';
import {warn} from './warn.js';

/** Shows the appeal at the reader's own request, whatever the cadence says. Resolves with whether it could. */
export async function open(campaign?: string): Promise<boolean> {
  return (await page().open?.(campaign)) ?? false;
}

/** Whether a press follows a link in place, and not into another tab, another window or a file. */
const isPlain = (link: HTMLAnchorElement, event: MouseEvent): boolean =>
  !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) &&
  !link.hasAttribute('download') &&
  /^(_self)?$/i.test(link.target);

/** Any element with `data-support-open` is a way back to the appeal; its value may name a campaign. */
export function openOnPress(event: MouseEvent): void {
  // The path leads into open shadow roots, of which `target` is only the host.
  const path = event.composedPath();
  const find = (selector: string) =>
    path.find(node => (node as Partial<Element>).matches?.(selector)) as Element | undefined;
  const pressed = find('[data-support-open]');
  const link = find('a[href],area[href]') as HTMLAnchorElement | undefined;
  if (!pressed || event.defaultPrevented || (link && !isPlain(link, event))) return;
  event.preventDefault();
  void open(pressed.getAttribute('data-support-open') ?? '')
    .catch(warn)
    .then(isOpen => {
      // What could not be opened stays an ordinary link.
      if (!isOpen && link) location.assign(link.href);
    });
}
