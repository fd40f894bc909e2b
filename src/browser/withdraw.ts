/** How does an appeal that is not due leave the page? */

/** Hides an appeal that was put into the page by hand, without moving anything in view. */
export async function withdraw(element: HTMLElement): Promise<void> {
  if (element.hasAttribute('open')) return;
  element.style.visibility = 'hidden';
  // Nothing is to be seen of it from here on; the room it takes can be given back a little later.
  const {whenOutOfView} = await import('./when-out-of-view.js');
  whenOutOfView(element, () => {
    // It may have been brought back meanwhile.
    if (element.style.visibility) element.hidden = true;
  });
}
