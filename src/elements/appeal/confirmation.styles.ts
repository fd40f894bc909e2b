import {css, type CSSResult} from 'lit';

/** Styles what stands in an appeal's place once it is dismissed. */
export const confirmationStyles: CSSResult = css`
  :host(:not([closing])) .panel {
    display: none;
  }
  .panel {
    display: grid;
    gap: 0.35em;
    padding: 0.75em var(--_pad);
  }
  .panel .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 1.25em;
  }
  .line > p {
    flex: 1 1 12em;
    padding-block: 0.5em;
    line-height: 1.4;
  }
  .panel .list {
    gap: 0 1.25em;
  }
  .panel [part='status'] {
    font-weight: 600;
  }
  .unsaid {
    visibility: hidden;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding-block-end: 0.5em;
  }
  [part='remind'] {
    flex: 1 1 auto;
    padding: 0.4em 0.65em;
    line-height: 1.25;
  }
`;
