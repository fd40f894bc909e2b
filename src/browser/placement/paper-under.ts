/** Finds the colour of the paper that an element lies on. */

/**
 * Returns the background that shows around an element, as a CSS colour, or `undefined` where it is not one plain
 * colour: a picture, a gradient, or something that can be seen through.
 */
export function paperUnder(element: Element): string | undefined {
  for (let node: Node | null = element.parentNode; node; node = node.parentNode) {
    if (node instanceof ShadowRoot) node = node.host;
    if (!(node instanceof Element)) continue;
    const {backgroundColor, backgroundImage, opacity} = getComputedStyle(node);
    if (backgroundImage !== 'none' || opacity !== '1') return undefined;
    if (backgroundColor === 'rgba(0, 0, 0, 0)') continue;
    return /rgba|\//.test(backgroundColor) ? undefined : backgroundColor;
  }
  return 'Canvas';
}
