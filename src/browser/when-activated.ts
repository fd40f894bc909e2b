/** Waits for the reader to open a page that the browser prerenders. */

/** Resolves when the page is activated; nothing to wait for when it is not being prerendered. */
export const whenActivated = (): Promise<unknown> | false | undefined =>
  (document as {prerendering?: boolean}).prerendering &&
  // Fires once.
  new Promise(resolve => document.addEventListener('prerenderingchange', resolve));
