/** Measures how far the reader has scrolled, whatever it is that scrolls. */

/** Returns the parent that lays an element out: across slots and shadow roots. */
const layoutParent = (element: Element): Element | null =>
  element.assignedSlot ??
  element.parentElement ??
  (element.getRootNode() as Partial<ShadowRoot>).host ??
  null;

/** Returns what scrolls the article, or what is in the middle of the window: ancestors and the document. */
export function articleScrollers(): Element[] {
  const {documentElement: html, body} = document;
  const root = document.scrollingElement ?? html;
  // The overflow of `<body>` is the document's, unless `<html>` has its own.
  const isOwn = getComputedStyle(html).overflowY !== 'visible';
  const scrollers: Element[] = [];
  let element: Element | null =
    document.querySelector('article,main,[role=main]') ??
    document.elementFromPoint(innerWidth / 2, innerHeight / 2) ??
    root;
  for (; element; element = layoutParent(element)) {
    const isScroller =
      element === root ||
      ((element !== body || isOwn) && /auto|scroll/.test(getComputedStyle(element).overflowY));
    if (isScroller && element.scrollHeight - element.clientHeight > 1) scrollers.push(element);
  }
  return scrollers;
}

/** Returns the share that was scrolled, in percent. An article that is wholly in view is 100 %. */
export function shareScrolled(scrollers: readonly Element[]): number {
  let scrolled = 0;
  let height = 0;
  for (const {scrollTop, scrollHeight, clientHeight} of scrollers) {
    scrolled += scrollTop;
    height += scrollHeight - clientHeight;
  }
  return height ? (scrolled / height) * 100 : 100;
}
