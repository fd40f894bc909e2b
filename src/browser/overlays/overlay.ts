/** Detects whether something already asks for the reader's attention. */

const modal = 'dialog[open],[aria-modal=true]';

const isShown = (element: Element): boolean =>
  element.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});

/** Whether a dialog of the page, or an element that `alsoWaitFor` selects, is on screen. */
export function isOverlaid(alsoWaitFor?: string): boolean {
  return [modal, alsoWaitFor].some((selector = '') => {
    try {
      return [...document.querySelectorAll(selector)].some(isShown);
    } catch {
      // An invalid selector selects nothing.
      return false;
    }
  });
}

/** Whether a paywall is shown or has not decided yet: nothing is asked then. */
export function mayBeWalled(): boolean {
  // The first letters of `open` and `metered` are enough, and smaller.
  return !!document.querySelector('support-paywall:not([state^=o],[state^=m])');
}
