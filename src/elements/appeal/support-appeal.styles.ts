import {css, type CSSResult} from 'lit';

export const appealStyles: CSSResult = css`
  :host {
    --_rule: var(--support-rule, var(--_text)) !important;
    --_pad: clamp(1em, 4vw, 1.75em) !important;
  }
  /* Undecided or withdrawn: keeps its place until it is out of view, so that nothing moves. */
  :host(:defined:not([open], [closing])) {
    visibility: hidden !important;
  }
  /* A heavy and a fine rule, as over a leader. */
  .frame {
    display: grid;
    overflow: clip;
    border-block-start: var(--support-rule-width, 3px) solid var(--_rule);
  }
  .frame > * {
    grid-area: 1/1;
    min-inline-size: 0;
  }
  [part='base'] {
    position: relative;
    padding: 0;
    border: 0;
    color: inherit;
    display: grid;
    min-block-size: 0;
  }
  .sheet {
    display: grid;
    gap: var(--_space);
    padding: 1.1em var(--_pad) 0.5em;
    margin-block-start: 2px;
    border-block-start: 1px solid var(--_rule);
    min-block-size: 0;
  }
  .words {
    overflow-wrap: anywhere;
  }
  h2,
  ::slotted([slot='heading']) {
    margin: 0 !important;
    font: var(--_article-weight, 700) 1.5em/1.2 var(--_heading) !important;
    text-wrap: balance;
  }
  [part='heading'] {
    padding-inline-end: 44px;
    outline: 0;
  }
  [part='copy'] {
    margin-block-start: 0.6em;
    font-family: var(--support-copy-font, var(--support-heading-font, inherit));
    font-size: 1.0625em;
    line-height: 1.5;
  }
  [part='copy'] p,
  ::slotted(p) {
    margin: 0 0 0.6em !important;
    /* Copy may be in another direction than its page. */
    unicode-bidi: plaintext;
  }
  [part='reassurance'] {
    margin-block-start: 0.6em;
    font-size: 0.875em;
    color: var(--_muted);
  }
  [part='actions'] {
    display: flex;
    flex-wrap: wrap;
    column-gap: 1.5em;
    font-size: 0.875em;
    border-block-start: 1px solid color-mix(in srgb, var(--_rule) 25%, transparent);
  }
  [part~='action'] {
    min-height: 44px;
    padding: 0;
    border: 0;
    align-content: center;
    color: var(--_muted);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.25em;
    text-align: start;
  }
  [part~='action']:hover {
    color: inherit;
  }
  [part~='later'] {
    color: inherit;
    font-weight: 600;
  }
  [part='close'] {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 4px;
    inline-size: 44px;
    padding: 0;
    border: 0;
    color: var(--_muted);
  }

  .panel {
    outline: 0;
    align-self: start;
  }
`;
