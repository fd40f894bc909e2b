import {css, type CSSResult} from 'lit';

export const paywallStyles: CSSResult = css`
  :host {
    min-block-size: 1.45em !important;
    padding-block-start: 1em !important;
    background-clip: content-box !important;
  }
  :host(:not([state='locked'], [state='metered'])) {
    visibility: hidden !important;
  }
  :host([server]:not([state='locked'], [state='metered'])) {
    display: none !important;
  }
  section {
    display: grid;
    gap: var(--_space);
    border-block: var(--support-rule-width, 3px) solid var(--support-rule, currentColor);
    padding-block: var(--_space);
  }
  section > * {
    min-inline-size: 0;
  }
  h2,
  ::slotted([slot='heading']) {
    margin: 0;
    font: 600 1.5em/1.25 var(--support-heading-font, Georgia, serif);
    text-wrap: balance;
  }
`;
