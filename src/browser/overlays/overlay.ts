/** Detects whether something already asks for the reader's attention. */

const modal = 'dialog[open],[aria-modal=true]';

/** A part of the window, in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The whole window. */
export const windowBox = (): Box => ({left: 0, top: 0, right: innerWidth, bottom: innerHeight});

/**
 * Whether anything of an element can be seen, or pressed, within a box of the window. Drawers beside the window,
 * collapsed menus, and what is transparent, inert or without a size are in the page and cover nothing; a wrapper
 * without a size may hold a box that covers all.
 */
function meets(element: Element, box: Box, owner: Element = element): boolean {
  const area = element.getBoundingClientRect();
  const left = Math.max(area.left, box.left);
  const right = Math.min(area.right, box.right);
  const top = Math.max(area.top, box.top);
  const bottom = Math.min(area.bottom, box.bottom);
  return (
    (left < right &&
      top < bottom &&
      element.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) &&
      // The browser knows what an ancestor clips, and what is inert.
      document
        .elementsFromPoint((left + right) / 2, (top + bottom) / 2)
        .some(hit => owner.contains(hit))) ||
    [...element.children, ...(element.shadowRoot?.children ?? [])].some(child =>
      meets(child, box, owner),
    )
  );
}

/** Returns the first element of a kind that is seen within a box of the window; an invalid selector finds none. */
export function findWithin(
  selector: string,
  box: Box,
  isMeant: (element: Element) => boolean = () => true,
): Element | undefined {
  try {
    return [...document.querySelectorAll(selector)].find(
      element => isMeant(element) && meets(element, box),
    );
  } catch {
    return undefined;
  }
}

/** Returns the dialog of the page, or the element that `alsoWaitFor` selects, that is on screen, if any. */
export const coverOf = (alsoWaitFor: string = modal): Element | undefined =>
  findWithin(modal, windowBox()) ?? findWithin(alsoWaitFor, windowBox());

/** Returns the paywall that is shown or has not decided yet, if any: nothing is asked then. */
export const wallOf = (): Element | null =>
  // The first letters of `open` and `metered` are enough, and smaller.
  document.querySelector('support-paywall:not([state^=o],[state^=m])');
