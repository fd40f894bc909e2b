/** Reads how the headings of an article are set, for the headings beside them. */

/** Finds the nearest visible heading of the article: the last before the element, or the first. */
function nearestHeading(element: Element): Element | undefined {
  const article = element.closest('article,main') ?? document.querySelector('article,main');
  const headings = [
    ...(article ?? document).querySelectorAll<HTMLElement>('h1,h2,h3,h4,h5,h6'),
  ].filter(
    // One for screen readers alone is a pixel wide; those in our slots are set like this one.
    heading =>
      heading.offsetWidth > 1 &&
      heading.slot !== 'heading' &&
      heading.checkVisibility({visibilityProperty: true}),
  );
  return (
    headings.findLast(
      heading => heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
    ) ?? headings[0]
  );
}

/** Tells an element the family and the weight of the article's headings; nothing else of their looks. */
export function readHeading(host: HTMLElement): void {
  const heading = nearestHeading(host);
  if (!heading) return;
  const {fontFamily, fontWeight} = getComputedStyle(heading);
  host.style.setProperty('--_article-font', fontFamily);
  host.style.setProperty('--_article-weight', fontWeight);
}
