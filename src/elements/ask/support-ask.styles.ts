import {css, type CSSResult} from 'lit';

export const askStyles: CSSResult = css`
  /* Within another of ours it stands on that one's paper. */
  :host([part~='ask']) {
    background: none !important;
  }
  /* Over the page the parts stand in the appeal's own rows, so that the foot can stay in sight. */
  :host([over]) {
    display: grid !important;
    grid: subgrid / subgrid;
    grid-area: 1 / 1 / -1 / -1;
  }
  form,
  .fields {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space);
  }
  :host([over]) :is([lang], form) {
    display: contents;
  }
  .fields {
    container-type: inline-size;
    min-inline-size: 0;
  }
  fieldset {
    border: 0;
    margin: 0;
    padding: 0;
    min-inline-size: 0;
  }
  .row,
  .foot {
    display: flex;
    flex-wrap: wrap;
  }
  .tab,
  .tile {
    position: relative;
    display: grid;
    min-inline-size: min-content;
    line-height: 1.25;
  }
  [type='radio'] {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    opacity: 0;
    cursor: pointer;
  }
  /* Tabs: one hairline; the chosen one stands on a bar of ink. */
  [part='frequency'] .row {
    flex-wrap: nowrap;
    border-block-end: 1px solid var(--_hair);
  }
  .tab {
    flex: 1 1 0;
    min-block-size: 48px;
    margin-block-end: -1px;
  }
  .tab > span {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.45em;
    padding: 0.5em 0.5em calc(0.5em - 3px);
    border-block-end: 3px solid transparent;
    color: var(--_muted);
    text-align: center;
  }
  .tab:hover > span,
  .tab > :checked + span {
    color: inherit;
  }
  .tab > :checked + span {
    font-weight: 700;
    border-color: currentColor;
  }
  /* Amounts: the label, the quiet currency, one row. */
  [part='amount'] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    column-gap: 1em;
  }
  [part='amount'] > legend {
    float: left;
    padding: 0;
    font-weight: 700;
  }
  [part='amount'] > .row {
    flex: 1 1 100%;
    gap: 6px;
    margin-block-start: 0.6em;
  }
  [part='amount'] > p {
    flex: 1 1 100%;
    margin-block-start: 0.6em;
    color: var(--_muted);
    font-size: 0.9375em;
    line-height: 1.4;
  }
  .currency {
    position: relative;
    display: grid;
    align-items: center;
    color: var(--_muted);
    font-size: 0.875em;
  }
  .currency select {
    appearance: none;
    margin-block: -8px;
    padding: 0 1.4em 0 0.5em;
    border: 0;
    cursor: pointer;
  }
  [dir='rtl'] .currency select {
    padding: 0 0.5em 0 1.4em;
  }
  .currency svg {
    position: absolute;
    inset-inline-end: 0.3em;
    pointer-events: none;
  }
  option {
    color: CanvasText;
    background-color: Canvas;
  }
  .tile {
    flex: 1 1 44px;
    min-block-size: 52px;
  }
  .tile > span {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: 0.2em;
    padding: 0.4em 0.2em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background-color: var(--support-field, transparent);
    text-align: center;
  }
  .tile:hover > span {
    border-color: currentColor;
  }
  b {
    font-size: 1.125em;
    font-weight: 600;
    white-space: nowrap;
  }
  .tile > :checked + span {
    border-color: currentColor;
    box-shadow: inset 0 0 0 1px currentColor;
    background-color: var(--_tint);
  }
  .tick {
    display: none;
  }
  :checked + span > .tick {
    display: block;
  }
  .tile .tick {
    position: absolute;
    inset-block-end: -9px;
    inset-inline: 0;
    margin-inline: auto;
    padding: 3px;
    inline-size: 18px;
    block-size: 18px;
    border-radius: 50%;
    background-color: currentColor;
    z-index: 1;
  }
  .tile .tick path {
    color: var(--_paper);
    stroke-width: 2.4;
  }
  /* "Other" is a tile; chosen, it is the field. */
  .other b {
    font-size: 1em;
  }
  .tile.other:has(:checked) {
    flex: 1 1 100%;
  }
  .tile.other > .field {
    position: relative;
    display: none;
    align-items: center;
    gap: 0.4em;
    padding: 0 0.8em;
    text-align: start;
    background-color: var(--support-field, var(--_paper));
    border-color: currentColor;
    box-shadow: inset 0 0 0 1px currentColor;
    cursor: text;
  }
  .tile.other > :checked + span {
    display: none;
  }
  .tile.other > :checked ~ .field {
    display: flex;
  }
  [part='custom'] {
    flex: 1;
    inline-size: 3em;
    min-inline-size: 0;
    padding: 0;
    border: 0;
    outline: 0;
    font-size: 1.125em;
    font-weight: 600;
  }
  .tile.other > .field:has([aria-invalid='true']) {
    border-color: var(--_error);
    box-shadow: inset 0 0 0 1px var(--_error);
  }
  [part='error'] {
    color: var(--_error);
    font-weight: 600;
    font-size: 0.9375em;
    line-height: 1.4;
    /* Close to the field it is about. */
    margin-block-start: calc(0.55em - var(--_space));
  }
  [part='error'].failed {
    margin-block-start: 0;
    padding: 0.85em 1em;
    border: 1px solid;
    border-radius: var(--_radius);
  }
  [part='error']:empty {
    margin-block-start: calc(-1 * var(--_space));
  }
  .foot {
    gap: 8px;
    align-items: start;
  }
  [part='submit'] {
    flex: 1 1 100%;
    min-inline-size: 0;
    min-block-size: 52px;
    padding: 0.4em 16px;
    overflow-wrap: anywhere;
    color: var(--_on-accent);
    background-color: var(--_accent);
    border-color: var(--_edge);
    font-size: 1.0625em;
    font-weight: 700;
    line-height: 1.25;
  }
  [part='submit']:hover {
    box-shadow: inset 0 0 0 100vmax color-mix(in srgb, currentColor 9%, transparent);
  }
  [part='submit']:active {
    transform: translateY(1px);
  }
  [part='submit'] small {
    display: block;
    font-size: 0.75rem;
    font-weight: 400;
  }
  [aria-disabled='true'] {
    cursor: progress;
  }
  [part='trust'] {
    flex: 1 1 100%;
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0.3em 1em;
    margin-block-end: calc(var(--_space) - 12px);
    color: var(--_muted);
    font-size: 0.875em;
    line-height: 1.4;
  }
  [part='trust'] a {
    /* A link within running text keeps its line; its target grows by padding. */
    padding-block: 1em;
    color: inherit;
  }
  [part='back'] {
    font-weight: 600;
  }

  :host([over]) .fields {
    grid-area: var(--_fields, 4);
    align-content: start;
    padding-block-end: var(--_space);
  }
  :host([over]) :is(.mount, [part='thanks'], [part='back']) {
    grid-row: 4;
  }
  :host([over]) .mount {
    grid-area: 5 / 1 / auto / -1;
  }
  :host([over]) .foot {
    grid-area: 5 / 1 / auto / -1;
    position: var(--_foot-position, sticky);
    inset-block-end: 0;
    align-items: center;
    margin-inline: calc(-1 * var(--_side));
    padding: 10px var(--_side) 14px;
    background-color: var(--_paper);
    border-block-start: 1px solid var(--_hair);
    z-index: 4;
  }
  :host([over]) [part='submit'] {
    flex: 1 1 11em;
    padding-inline: 0.6em;
    min-block-size: 48px;
    font-size: 1em;
  }
  :host([over]) [part='trust'] {
    flex: 1 1 19em;
    display: block;
    margin: 0;
    order: var(--_trust-order, 1);
  }
  :host([view='button']) {
    display: block !important;
    flex: var(--_acts);
    order: var(--_acts-order);
  }
  :host(:is([view='button'], [view='summary'])) .fields {
    display: block;
    padding: 0;
  }
  :host([view='button']) .foot {
    position: static;
    flex-wrap: nowrap;
    margin: 0;
    padding: 0;
    border: 0;
  }
  :host([view='button']) [part='submit'] {
    flex: 1 1 auto;
    padding: 0.2em 0.6em;
    font-size: 0.9375em;
    line-height: 1.15;
  }

  @container (min-width: 30em) {
    .tile.other:has(:checked) {
      flex: 2.2 1 0;
    }
    .meanings > .row {
      gap: 8px;
      margin-block-start: 1.1em;
    }
    .meanings label.tile > span {
      align-content: start;
      padding: 1em 0.5em 0.7em;
    }
    .meanings .tile {
      min-block-size: 100px;
    }
    .meanings label b {
      font-size: 1.3125em;
    }
    .meanings [part='meaning'] {
      all: unset;
      color: var(--_muted);
      font-size: 0.8125em;
      line-height: 1.35;
      text-wrap: balance;
    }
    .meanings :checked + span [part='meaning'] {
      color: inherit;
    }
    .meanings [part='pill'] {
      all: unset;
      position: absolute;
      inset-block-start: -0.85em;
      inset-inline: -1em;
      inline-size: fit-content;
      margin-inline: auto;
      padding: 0.15em 0.6em;
      white-space: nowrap;
      background-color: var(--_paper);
      border: 1px solid;
      border-radius: 1em;
      font-size: 0.75em;
      font-weight: 600;
      line-height: 1.35;
    }
    .meanings .tile:has([part='pill']) {
      flex-grow: 1.6;
    }
    .meanings [part='meaning-line'] {
      display: none;
    }
  }
  /* In a low window the buttons would leave no room for what they are about. */
  @media (max-height: 399px) {
    :host([over]) .foot {
      position: static;
    }
  }
  /* Very narrow, or letters at twice their size: two tiles a row. */
  @container (max-width: 15em) {
    .tile {
      flex-basis: calc(50% - 3px);
    }
    [part='frequency'] .row,
    :host([view='button']) .foot {
      flex-wrap: wrap;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .tick {
      animation: appear var(--_fast);
    }
    @keyframes appear {
      from {
        opacity: 0;
        transform: scale(0);
      }
    }
  }
  @media (forced-colors: active) {
    .tile > :checked + span {
      border: 3px solid Highlight;
    }
    .tab > span {
      border-color: Canvas;
    }
    .tab > :checked + span {
      border-color: Highlight;
    }
    .tile .tick {
      forced-color-adjust: none;
      background-color: Highlight;
    }
    .tile .tick path {
      color: HighlightText;
    }
    .currency select {
      appearance: auto;
    }
    .currency svg {
      display: none;
    }
  }
`;
