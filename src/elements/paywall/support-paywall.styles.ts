import {css, type CSSResult} from 'lit';

export const paywallStyles: CSSResult = css`
  :host {
    min-height: calc(1.45 * var(--_size)) !important;
  }
  :host(:not([state='locked'])) {
    background: none !important;
  }
  :host(:not([state='locked'], [state='metered'])) {
    visibility: hidden !important;
  }
  :host([server]:not([state='locked'], [state='metered'])) {
    display: none !important;
  }
  [part='base'] {
    position: relative;
    container-type: inline-size;
    border: 1px solid var(--_border);
    border-block-start: var(--support-rule-width, 3px) solid var(--_rule);
    border-radius: 0 0 var(--_radius) var(--_radius);
  }
  /* The paper, laid over the last lines above. They stay as they are, and can be selected. */
  .fade {
    position: absolute;
    inset: auto 0 calc(100% + var(--support-rule-width, 3px));
    block-size: var(--_fade, 0);
    background-image: linear-gradient(
      to top,
      var(--_fade-paper, transparent) var(--_fade-gap, 0),
      transparent
    );
    pointer-events: none;
  }
  .steps {
    padding: 0.6em var(--_pad);
    border-block-end: 1px solid var(--_hair);
    line-height: 1.35;
  }
  .sheet {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space);
    padding: var(--_pad);
  }
  .sheet > * {
    min-inline-size: 0;
  }
  ::slotted(p) {
    margin: 0 !important;
  }
  [part='note'] {
    color: var(--_muted);
  }
  [part='sign-in'] {
    color: var(--_muted);
    display: inline-block;
    min-block-size: 44px;
    align-content: center;
    font-size: 0.9375em;
  }
  @media (forced-colors: active) {
    .fade {
      display: none;
    }
  }
`;
