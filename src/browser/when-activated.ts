/** Waits for the reader to open a page that the browser prerenders. */

/** Resolves when the page is activated, or at once when it is not being prerendered. */
export async function whenActivated(): Promise<void> {
  if ((document as {prerendering?: boolean}).prerendering)
    // Fires once.
    await new Promise(resolve => document.addEventListener('prerenderingchange', resolve));
}
