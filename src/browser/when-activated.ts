/** Waits for the reader to open a page that the browser prerenders. */

/** Resolves when the page is activated, or at once when it is not being prerendered. */
export const whenActivated = (): Promise<unknown> =>
  new Promise(resolve => {
    if (!(document as {prerendering?: boolean}).prerendering) resolve(undefined);
    // Fires once.
    else document.addEventListener('prerenderingchange', resolve);
  });
