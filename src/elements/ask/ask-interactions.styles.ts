import {css, type CSSResult} from 'lit';

/** What a form looks like once a reader does something in it. */
export const askActsStyles: CSSResult = css`
  [type='radio'] {
    cursor: pointer;
  }
  [type='radio']:not(:checked):hover + span {
    border-color: var(--_accent);
  }
  .field:has([aria-invalid='true']) {
    border: 2px solid var(--_error);
  }
  [aria-disabled='true'] {
    cursor: progress;
  }
`;
