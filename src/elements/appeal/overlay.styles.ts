import {css, type CSSResult} from 'lit';

/** What an appeal needs that lies over the page. */
export const overlayStyles: CSSResult = css`
  :host([format='dialog']) {
    background: none !important;
  }
  /* What browsers give a popover. */
  :host([popover]) {
    margin: 0 !important;
    border: 0 !important;
    padding: 0 !important;
    inline-size: auto !important;
    block-size: auto !important;
    overflow: visible !important;
  }
  :host([format='bar']),
  :host([format='dialog'][closing]) {
    position: fixed !important;
    inset: auto 0 var(--_foot, 0px) !important;
    z-index: 2147483647 !important;
    box-shadow: 0 -1px 24px rgb(0 0 0 / 0.14) !important;
  }
  :host([aside]) {
    transform: translateY(calc(101% + var(--_foot, 0px))) !important;
  }
  :host([covered]) {
    display: none !important;
  }
  :host([format='dialog']:not([closing])) .frame {
    border: 0;
  }
  dialog[part] {
    border-block-start: var(--support-rule-width, 3px) solid var(--_rule);
  }
  :host([format='bar']) .sheet,
  dialog .sheet {
    overflow: auto;
    overscroll-behavior: contain;
    /* What scrolls must not run under the ✕, where a press would close it all. */
    padding-inline-end: 52px;
  }
  :host(:is([format='bar'], [format='dialog'])) [part='close'] {
    background-color: var(--support-background, Canvas);
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
  :host([closing]:is([format='bar'], [format='dialog'])) {
    background-color: var(--support-background, Canvas) !important;
  }
  :host([closing]:is([format='bar'], [format='dialog'])) [part='base'] {
    display: none;
  }

  /* Wide: words and form side by side, so that a bar stays low. */
  @media (min-width: 52em) {
    :host([closing]:is([format='bar'], [format='dialog'])) .panel {
      padding-inline: max(var(--_pad), 50% - 34em);
    }
    :host([format='bar']) .sheet {
      padding-inline: max(var(--_pad), 50% - 34em) max(52px, 50% - 34em);
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
