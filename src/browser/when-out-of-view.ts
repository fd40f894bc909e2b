/** How does something leave the page without moving what the reader is reading? */

/**
 * Makes a change of height once no part of the element is in view, and keeps what is in view where
 * it is. Returns a function that calls the change off.
 */
export function whenOutOfView(element: Element, change: () => void): () => void {
  const observer = new IntersectionObserver(entries => {
    const entry = entries.at(-1);
    if (!entry || entry.isIntersecting) return;
    observer.disconnect();
    const isAbove = entry.boundingClientRect.bottom <= 0;
    const height = document.documentElement.scrollHeight;
    change();
    // Chromium and Firefox anchor the scroll themselves.
    if (isAbove && !CSS.supports('overflow-anchor', 'auto')) {
      scrollBy(0, document.documentElement.scrollHeight - height);
    }
  });
  observer.observe(element);
  return () => observer.disconnect();
}
