/** When may the page be seen that an editor has guarded until there is a decision? */

/** Takes the guard away that stands in the page's head. */
export function endGuard(): void {
  document.getElementById('support-guard')?.remove();
}
