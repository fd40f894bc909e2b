/** Finds the element of a page in which a campaign stands. */

/** The part of a DOM element that is used, which browsers and server-side parsers share. */
export interface PageElement<E> {
  readonly tagName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<{readonly nodeType: number; readonly textContent: string | null}>;
  readonly nextElementSibling: E | null;
  readonly parentElement: E | null;
  matches(selectors: string): boolean;
  closest(selectors: string): E | null;
  contains(other: E | null): boolean;
  querySelectorAll(selectors: string): Iterable<E>;
}

/** What a press or a click would trigger, and what nobody can use. */
export const controls = 'a,button,label,summary,[inert],support-appeal,support-paywall';
/** What stands beside the text. */
export const besides = 'aside,nav,figure,blockquote,q,[role=complementary],[role=navigation]';

/** Whether an element may hold an appeal: visible, and not within a link or another control. */
export const mayHold = <E extends PageElement<E>>(
  element: E,
  isVisible: (element: E) => boolean,
): boolean => !element.closest(controls) && isVisible(element);

/**
 * Returns the first element of a selector that may hold an appeal. One that is not in an aside, a quotation or the like goes first.
 */
export function findPlace<E extends PageElement<E>>(
  page: {querySelectorAll(selectors: string): Iterable<E>},
  selector: string,
  isVisible: (element: E) => boolean,
): E | undefined {
  const matches = [...page.querySelectorAll(selector)];
  const isOpen = (match: E) => mayHold(match, isVisible);
  return matches.find(match => !match.closest(besides) && isOpen(match)) ?? matches.find(isOpen);
}
