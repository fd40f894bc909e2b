/** Shows an appeal again that was hidden. */

/** Undoes `withdraw()`. */
export function restore(element: HTMLElement): void {
  element.hidden = false;
  element.style.removeProperty('visibility');
}

/**
 * Shows the words and the link that the site wrote into an appeal, as a page without a script does. For an appeal
 * that was due and could not be opened; one that is open or was closed stays as it is.
 */
export function giveWordsBack(element: HTMLElement): void {
  const root = element.shadowRoot;
  if (root?.querySelector('[part=base]')) return;
  restore(element);
  if (!root) return;
  // Nothing that has just failed is used again.
  root.replaceChildren(
    ...['heading', '', 'reassurance', 'fallback'].map(name => {
      const slot = document.createElement('slot');
      slot.name = name;
      return slot;
    }),
  );
  if (root.adoptedStyleSheets.length > 0) root.adoptedStyleSheets = [];
}
