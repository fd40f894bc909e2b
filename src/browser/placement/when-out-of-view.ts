/** Delays a change of height until it does not move what the reader is reading. */

/**
 * Runs a change of height once the element is out of view, and keeps the visible part in place. Returns
 * a function that cancels the change.
 */
export function whenOutOfView(element: Element, change: () => void): () => void {
  // Where nobody tells what is in view, nothing is moved.
  if (!('IntersectionObserver' in globalThis)) return () => undefined;
  const observer = new IntersectionObserver(entries => {
    const last = entries.at(-1);
    if (last?.isIntersecting !== false) return;
    stop();
    const root = document.documentElement;
    const height = root.scrollHeight;
    change();
    // Chromium and Firefox support scroll anchoring.
    if (last.boundingClientRect.bottom <= 0 && !('overflowAnchor' in root.style)) {
      scrollBy(0, root.scrollHeight - height);
    }
  });
  const stop = () => observer.disconnect();
  observer.observe(element);
  return stop;
}
