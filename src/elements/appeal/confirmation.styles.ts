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
  /* Room for the field, its button and two lines of an answer; where lines are short, for more of them. */
  .mail {
    --_lines: 3;
    min-block-size: calc(var(--_lines) * 1.5em + 0.7em + 2 * max(44px, 2.75em));
  }
  @container (max-width: 26em) {
    .mail {
      --_lines: 5;
    }
  }
  @container (max-width: 15em) {
    .mail {
      --_lines: 9;
    }
  }
  [part='remind'] {
    flex: 1 1 auto;
    padding: 0.4em 0.65em;
    line-height: 1.25;
  }
`;
