/** Notices elements of ours that come into the page later. */

const ours = 'support-appeal,support-ask,support-thanks,support-paywall,support-meter';

/**
 * Calls back after each change of the document, before it is painted, with the elements of ours among
 * what was added. Elements in shadow roots are not noticed. Returns the observer, to end it.
 */
export function watchArrivals(
  report: (elements: HTMLElement[]) => void,
): MutationObserver | undefined {
  // Some pages take it away; they get what is there at the start.
  if (!('MutationObserver' in globalThis)) return undefined;
  const observer = new MutationObserver(records => {
    const elements: HTMLElement[] = [];
    for (const {addedNodes} of records) {
      for (const node of addedNodes as NodeListOf<HTMLElement>) {
        try {
          if (node.nodeType !== 1) continue;
          if (node.matches(ours)) elements.push(node);
          // Most nodes have nothing in them to look for.
          if (node.firstElementChild) elements.push(...node.querySelectorAll<HTMLElement>(ours));
        } catch {
          // A form whose fields have the names of its methods.
        }
      }
    }
    report(elements);
  });
  observer.observe(document, {childList: true, subtree: true});
  return observer;
}
