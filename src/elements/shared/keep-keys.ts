/** Keeps what a reader types into a field from the page's keyboard shortcuts. */

/** A character, keys that edit, move within or confirm a field, and those of an input method. */
const typed = /^(.|Backspace|Delete|Enter|Arrow.+|Home|End|Page.+|Dead|Process|Unidentified)$/u;

/**
 * Ends a key event at a form if it types into a text field or a list. Outside the shadow root the event comes
 * from the host, which a page does not know as a field. Escape, Tab and combinations reach the page.
 */
export function keepKeys(event: KeyboardEvent): void {
  const {key, target} = event;
  if (!(target as Element).matches('input:not([type=radio]),select')) return;
  // What AltGr types is no combination, although Windows reports it as Ctrl and Alt.
  const isCombined =
    event.metaKey || ((event.ctrlKey || event.altKey) && !event.getModifierState('AltGraph'));
  if (event.isComposing || (!isCombined && typed.test(key))) event.stopPropagation();
}
