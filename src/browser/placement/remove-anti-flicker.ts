/** Removes the anti-flicker snippet once the paywall has decided. */

/** Removes the snippet from the page's head. */
export function endGuard(): void {
  document.getElementById('support-guard')?.remove();
}
