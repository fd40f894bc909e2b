import {css, type CSSResult} from 'lit';

/**
 * What every element here starts from: a host that no style sheet of the page reaches, except by the
 * `--support-*` properties, and controls in one hand. A reader's own (user-origin) styles still win.
 *
 * Only longhands take a property, so that a `url()` in one is refused and never fetched. `color-scheme`
 * comes from the page, so the defaults are dark only where the page is.
 */
export const hostStyles: CSSResult = css`
  :host {
    all: initial !important;
    --_text: var(--support-text, CanvasText) !important;
    --_muted: var(--support-muted, light-dark(#555, #bbb)) !important;
    --_border: var(--support-border, light-dark(#777, #999)) !important;
    --_accent: var(--support-accent, light-dark(#12496f, #9fcbee)) !important;
    --_error: var(--support-error, light-dark(#a00, #f99)) !important;
    --_radius: var(--support-radius, 4px) !important;
    --_space: var(--support-space, 1em) !important;
    display: block !important;
    color-scheme: inherit !important;
    color: var(--_text) !important;
    background-color: var(--support-background, Canvas) !important;
    font-family: var(--support-font, system-ui, sans-serif) !important;
    font-size: var(--support-font-size, clamp(16px, 1rem, 32px)) !important;
    line-height: 1.45 !important;
    overflow-wrap: break-word !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  * {
    box-sizing: border-box;
  }
  a {
    color: var(--_accent);
  }
  p {
    margin: 0;
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
    background: none;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    min-height: 44px;
    padding: 0.5em 0.9em;
    margin: 0;
  }
  button {
    cursor: pointer;
  }
  :focus-visible,
  [type='radio']:focus-visible + span,
  .field:focus-within {
    outline: 3px solid var(--support-focus, var(--_accent));
    outline-offset: 2px;
  }
  @media print {
    :host {
      display: none !important;
    }
  }
`;
