/** Removes the anti-flicker snippet once the paywall has decided. */

/** Removes the anti-flicker snippet that stands in the page's head. */
export function removeAntiFlicker(): void {
  document.getElementById('support-guard')?.remove();
}
