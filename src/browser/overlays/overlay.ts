/** Is something already asking for the reader's attention? */

const modal = 'dialog[open],[aria-modal=true]';

const isShown = (element: Element): boolean =>
  element.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});

/** Whether a dialog of the page, or whatever `alsoWaitFor` selects, is on screen. */
export function isOverlaid(alsoWaitFor?: string): boolean {
  return [modal, alsoWaitFor].some((selector = '') => {
    try {
      return [...document.querySelectorAll(selector)].some(isShown);
    } catch {
      // A selector that is none selects nothing.
      return false;
    }
  });
}

/** Whether a paywall stands, or has not decided yet: nothing asks beside a wall, or before it is known. */
export function mayBeWalled(): boolean {
  // Open and metered: every page view that asks pays for these letters.
  return !!document.querySelector('support-paywall:not([state^=o],[state^=m])');
}
