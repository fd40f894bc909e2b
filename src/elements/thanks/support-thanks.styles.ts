import {css, type CSSResult} from 'lit';

export const thanksStyles: CSSResult = css`
  .frame {
    container-type: inline-size;
    border-block-start: var(--support-rule-width, 3px) solid var(--_rule);
  }
  .sheet {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space);
    padding: var(--_pad);
  }
  ::slotted(p) {
    margin: 0 !important;
  }
  [part='note'] {
    color: var(--_muted);
  }
`;
