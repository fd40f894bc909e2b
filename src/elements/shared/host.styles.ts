import {css, type CSSResult} from 'lit';

/**
 * What every element here starts from: a host in the page's layout, whose looks no style sheet of the
 * page reaches, except by the `--support-*` properties, and controls in one hand. A reader's own
 * (user-origin) styles still win.
 *
 * `all` on the host would keep the layout out too, and nothing reopens it. So the host names what a
 * page may not say of it, and is silent on margins, widths, grid, flex and float: there the page's
 * rules win. What inherits ends at the wrapper, but for direction, color scheme and typeface.
 *
 * Only longhands take a property, so that a `url()` in one is refused and never fetched. `color-scheme`
 * comes from the page, so the defaults are dark only where the page is.
 */
export const hostStyles: CSSResult = css`
  :host {
    margin-block: 1em;
    break-inside: avoid;
    align-content: initial !important;
    animation: initial !important;
    appearance: initial !important;
    aspect-ratio: initial !important;
    backdrop-filter: initial !important;
    background: initial !important;
    border: initial !important;
    border-radius: initial !important;
    border-shape: initial !important;
    box-shadow: initial !important;
    clip-path: initial !important;
    columns: initial !important;
    contain: initial !important;
    container: initial !important;
    content: initial !important;
    content-visibility: initial !important;
    filter: initial !important;
    height: initial !important;
    inset: initial !important;
    interactivity: initial !important;
    justify-items: initial !important;
    mask: initial !important;
    max-height: initial !important;
    min-height: initial !important;
    mix-blend-mode: initial !important;
    offset: initial !important;
    opacity: initial !important;
    outline: initial !important;
    overflow: initial !important;
    padding: initial !important;
    perspective: initial !important;
    pointer-events: initial !important;
    position: initial !important;
    rotate: initial !important;
    scale: initial !important;
    text-box: initial !important;
    text-decoration: initial !important;
    touch-action: initial !important;
    transform: initial !important;
    transform-style: initial !important;
    transition: initial !important;
    translate: initial !important;
    user-select: initial !important;
    visibility: initial !important;
    -webkit-box-reflect: initial !important;
    -webkit-line-clamp: initial !important;
    -webkit-mask-box-image: initial !important;
    writing-mode: initial !important;
    z-index: initial !important;
    zoom: initial !important;
  }
  /* Over the page there is no column to stand in. */
  :host(:where([format='bar'], [format='dialog'])) {
    all: initial !important;
    font-family: inherit !important;
  }
  :host {
    --_text: var(--support-text, CanvasText) !important;
    --_paper: var(--support-background, var(--support-page, var(--_page, Canvas))) !important;
    --_accent: var(--support-accent, #ffbe2e) !important;
    --_sheet: var(
      --support-background,
      light-dark(
        color-mix(in srgb, var(--_accent) 9%, Canvas),
        color-mix(in srgb, CanvasText 6%, Canvas)
      )
    ) !important;
    --_muted: var(--support-muted, color-mix(in srgb, var(--_text) 74%, transparent)) !important;
    --_border: var(--support-border, color-mix(in srgb, var(--_text) 56%, transparent)) !important;
    --_hair: color-mix(in srgb, var(--_text) 20%, transparent) !important;
    --_rule: var(--support-rule, var(--_text)) !important;
    /* Black or white, whichever is legible on the accent a site has. */
    --_on-accent: var(
      --support-on-accent,
      oklch(from var(--_accent) calc((0.62 - l) * 999) 0 0)
    ) !important;
    --_edge: var(--support-edge, color-mix(in oklab, var(--_accent), #000 34%)) !important;
    --_tint: var(
      --support-tint,
      light-dark(
        color-mix(in srgb, var(--_accent) 24%, transparent),
        color-mix(in srgb, CanvasText 11%, transparent)
      )
    ) !important;
    --_error: var(--support-error, light-dark(#a81e12, #ff9c8c)) !important;
    --_radius: var(--support-radius, 3px) !important;
    --_space: var(--support-space, 1.25em) !important;
    --_size: var(--support-font-size, clamp(16px, 1rem, 32px)) !important;
    --_heading: var(--support-heading-font, var(--_article-font, inherit)) !important;
    --_pad: clamp(16px, 5cqi, 32px) !important;
    --_fast: 160ms cubic-bezier(0.2, 0, 0.2, 1) !important;
    display: block !important;
    color-scheme: inherit !important;
    background-color: var(--_sheet) !important;
  }
  :host > * {
    all: initial;
    display: block;
    box-sizing: border-box;
    visibility: inherit;
    color-scheme: inherit;
    color: var(--_text);
    font-family: var(--support-font, inherit);
    font-size: var(--_size);
    font-variant-numeric: lining-nums tabular-nums;
    line-height: 1.5;
    overflow-wrap: break-word;
  }
  /* A page would add to the words. */
  :host::before,
  :host::after {
    content: none !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  * {
    box-sizing: border-box;
  }
  a {
    color: inherit;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.24em;
  }
  /* Family and size apart: a shorthand takes no inherit. */
  h2,
  ::slotted([slot='heading']) {
    margin: 0 !important;
    font: inherit !important;
    font-family: var(--_heading) !important;
    font-size: var(--support-heading-size, clamp(1.375em, 0.85em + 4.2cqi, 2.25em)) !important;
    font-weight: var(--support-heading-weight, var(--_article-weight, 700)) !important;
    line-height: 1.14 !important;
    text-wrap: balance;
  }
  p,
  support-ask,
  support-meter {
    margin: 0;
  }
  svg {
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
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
  /* A server renders style sheets as elements, beside the frame. */
  style,
  [hidden] {
    display: none !important;
  }
  /* For ears alone. */
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible,
  [type='radio']:focus-visible + span,
  .field:has(:focus-visible) {
    outline: 3px solid var(--support-focus, var(--_text));
    outline-offset: 2px;
  }
  @media print {
    :host {
      display: none !important;
    }
  }
`;
