import {css, type CSSResult} from 'lit';

/** Styles what stands in an appeal's place once it is dismissed. */
export const confirmationStyles: CSSResult = css`
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
  [part='status'] {
    font-weight: 600;
  }
  .unsaid {
    visibility: hidden;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  [part='remind'] {
    flex: 1 8.2em;
    padding: 0.3em;
    line-height: 1.2;
  }
`;
