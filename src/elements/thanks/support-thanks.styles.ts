import {css, type CSSResult} from 'lit';

export const thanksStyles: CSSResult = css`
  h2,
  ::slotted([slot='heading']) {
    margin: 0;
    font: var(--_article-weight, 600) 1.5em/1.25 var(--_heading);
    text-wrap: balance;
  }
  [part='note'] {
    color: var(--_muted);
  }
`;
