/** How does something leave the page without moving what the reader is reading? */

/**
 * Makes a change of height once no part of the element is in view, and keeps what is in view where
 * it is. Returns a function that calls the change off.
 */
export function whenOutOfView(element: Element, change: () => void): () => void {
  const observer = new IntersectionObserver(entries => {
    const last = entries.at(-1);
    if (last?.isIntersecting !== false) return;
    stop();
    const root = document.documentElement;
    const height = root.scrollHeight;
    change();
    // Chromium and Firefox anchor the scroll themselves.
    if (last.boundingClientRect.bottom <= 0 && !('overflowAnchor' in root.style)) {
      scrollBy(0, root.scrollHeight - height);
    }
  });
  const stop = () => observer.disconnect();
  observer.observe(element);
  return stop;
}
