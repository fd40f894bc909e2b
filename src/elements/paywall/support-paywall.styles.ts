import {css, type CSSResult} from 'lit';

export const paywallStyles: CSSResult = css`
  :host {
    min-height: calc(1.45 * var(--_size)) !important;
  }
  :host(:not([state='locked'], [state='metered'])) {
    visibility: hidden !important;
  }
  :host([server]:not([state='locked'], [state='metered'])) {
    display: none !important;
  }
  [part='base'] {
    display: grid;
    gap: var(--_space);
    border-block: var(--support-rule-width, 3px) solid var(--support-rule, currentColor);
    padding-block: var(--_space);
  }
  [part='base'] > * {
    min-inline-size: 0;
  }
  h2,
  ::slotted([slot='heading']) {
    margin: 0;
    font: var(--_article-weight, 600) 1.5em/1.25 var(--_heading);
    text-wrap: balance;
  }
`;
