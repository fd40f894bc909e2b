import {css, type CSSResult} from 'lit';

export const appealStyles: CSSResult = css`
  :host {
    --_rule: var(--support-rule, var(--_text)) !important;
    --_serif: var(--support-heading-font, Georgia, 'Times New Roman', serif) !important;
    --_pad: clamp(1em, 4vw, 1.75em) !important;
  }
  /* Undecided or withdrawn: keeps its place until it is out of view, so that nothing moves. */
  :host(:defined:not([open], [closing])) {
    visibility: hidden !important;
  }
  :host([format='dialog']) {
    background: none !important;
  }
  :host([format='bar']),
  :host([format='dialog'][closing]) {
    position: fixed !important;
    inset: auto 0 0 !important;
    z-index: 2147483647 !important;
    box-shadow: 0 -1px 24px rgb(0 0 0 / 0.14) !important;
  }
  :host([aside]) {
    transform: translateY(101%) !important;
  }

  .frame {
    display: grid;
    overflow: clip;
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
  /* A heavy and a fine rule, as over a leader. */
  :host(:not([format='dialog'])) .frame,
  :host([closing]) .frame,
  dialog[part] {
    border-block-start: var(--support-rule-width, 3px) solid var(--_rule);
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
    font: 700 1.5em/1.2 var(--_serif) !important;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  [part='heading'] {
    padding-inline-end: 44px;
    outline: 0;
  }
  [part='copy'] {
    margin-block-start: 0.6em;
    font: 1.0625em/1.5 var(--support-copy-font, var(--_serif));
  }
  [part='copy'] p,
  ::slotted(p) {
    margin: 0 0 0.6em !important;
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

  :host([format='bar']) .sheet,
  dialog .sheet {
    overflow: auto;
    overscroll-behavior: contain;
  }
  :host([format='bar']) .sheet,
  :host([closing]:is([format='bar'], [format='dialog'])) .panel {
    max-block-size: calc(50vh - 6px);
    overflow: auto;
  }
  dialog[part] {
    position: fixed;
    inline-size: min(36em, 100% - 24px);
    max-block-size: calc(100dvh - 24px);
    margin: auto;
    grid-template-rows: minmax(0, 1fr);
    background-color: var(--support-background, Canvas);
  }
  dialog[part]:not([open]) {
    display: none;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.5);
  }

  .panel {
    outline: 0;
    align-self: start;
  }
  :host([closing]) .panel {
    align-self: center;
    position: sticky;
    inset-block: 5em 1em;
    display: grid;
    gap: 0.75em;
    padding: 1em var(--_pad) 0.5em;
  }
  /* Not visibility, which the form inside sets anew; the base is inert as well. */
  :host([closing]) [part='base'] {
    opacity: 0;
  }
  :host([closing]:is([format='bar'], [format='dialog'])) {
    background: var(--support-background, Canvas) !important;
  }
  :host([closing]:is([format='bar'], [format='dialog'])) [part='base'] {
    display: none;
  }
  [part='status'] {
    font-weight: 600;
  }
  .unsaid {
    visibility: hidden;
  }
  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(8.2em, 100%), 1fr));
    gap: 0.5em;
  }
  [part='remind'] {
    padding: 0.3em;
    line-height: 1.2;
  }

  /* Wide: words and form side by side, so that a bar stays low. */
  @media (min-width: 52em) {
    :host([format='bar']) .sheet,
    :host([format='bar']) .panel,
    :host([format='dialog']) .panel {
      padding-inline: max(var(--_pad), 50% - 34em);
    }
    :host([format='bar']) .sheet {
      grid-template: auto 1fr / 1fr 1fr;
      column-gap: 3em;
    }
    :host([format='bar']) .form {
      grid-area: 1/2 / span 2;
    }
    :host([format='bar']) [part='actions'] {
      align-self: start;
    }
  }
  /* Half of a low window would be too little for a form: the bar takes its place in the page. */
  @media (max-height: 399px) {
    :host([format='bar']) {
      position: relative !important;
      box-shadow: none !important;
    }
    :host([format='bar']) .sheet {
      max-block-size: none;
    }
  }
  @media (forced-colors: active) {
    :host([format='bar']),
    dialog {
      border: 1px solid !important;
    }
  }
`;
