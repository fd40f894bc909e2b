import {css, type CSSResult} from 'lit';

export const askStyles: CSSResult = css`
  :host {
    /* Black or white, whichever is legible on the accent a site has. */
    --_on-accent: var(
      --support-on-accent,
      oklch(from var(--_accent) calc((0.57 - l) * 999) 0 0)
    ) !important;
  }
  [lang] {
    container-type: inline-size;
  }
  form {
    max-inline-size: 39em;
  }
  fieldset {
    border: 0;
    margin: 0;
    padding: 0;
    min-inline-size: 0;
  }
  form > * + * {
    margin-block-start: var(--_space);
  }
  legend,
  .currency {
    display: block;
    padding: 0;
    font-weight: 600;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin-block-start: 0.5em;
  }
  .row > * {
    position: relative;
    display: flex;
    flex: 1;
    min-height: 44px;
  }
  [part='amount'] .row > * {
    flex-basis: calc(50% - 0.5em);
  }
  @container (min-width: 26em) {
    [part='amount'] .row > * {
      flex-basis: 0;
    }
  }
  [type='radio'] {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    opacity: 0;
    cursor: pointer;
  }
  [type='radio']:not(:checked):hover + span {
    border-color: var(--_accent);
  }
  [type='radio'] + span {
    flex: 1;
    align-content: center;
    text-align: center;
    padding: 0.3em 0.6em;
  }
  [type='radio'] + span,
  .field {
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
  }
  :checked + span,
  [part='submit'] {
    color: var(--_on-accent);
    background-color: var(--_accent);
    border-color: var(--_accent);
  }
  :checked + span::after {
    content: '✓';
    content: '✓' / '';
    position: absolute;
    inset-block-start: 0.1em;
    inset-inline-end: 0.5em;
    font-size: 0.75em;
  }
  .row > .field {
    align-items: center;
    gap: 0.4em;
    padding-inline: 0.7em;
  }
  [part='custom'] {
    flex: 1;
    min-inline-size: 3em;
    inline-size: 0;
    min-height: 0;
    border: 0;
    outline: 0;
    padding-inline: 0;
  }
  .field:has([aria-invalid='true']) {
    border: 2px solid var(--_error);
  }
  [part='error'] {
    color: var(--_error);
    font-weight: 600;
  }
  [part='error']:empty {
    margin: 0;
  }
  [part='submit'] {
    inline-size: 100%;
    min-height: 3em;
    font-weight: 600;
  }
  [aria-disabled='true'] {
    cursor: progress;
  }
  #range,
  [part='summary'] {
    margin-block-start: 0.6em;
    font-size: 0.875em;
    color: var(--_muted);
  }
  select {
    margin-inline-start: 0.5em;
    font-weight: 400;
    background-color: var(--support-background, Canvas);
  }
  @media (forced-colors: active) {
    :checked + span {
      forced-color-adjust: none;
      color: HighlightText;
      background-color: Highlight;
    }
  }
`;
