import type {CSSResult} from 'lit';

/** Adds a style sheet to a shadow root, once. */
export function adopt(root: Node, {styleSheet}: CSSResult): void {
  if (!(root instanceof ShadowRoot) || !styleSheet) return;
  const sheets = root.adoptedStyleSheets;
  if (!sheets.includes(styleSheet)) root.adoptedStyleSheets = [...sheets, styleSheet];
}
