import {css, type CSSResult} from 'lit';

/** What an appeal needs that lies over the page. */
export const overlayStyles: CSSResult = css`
  :host([format='dialog']) {
    background: none !important;
  }
  /* What browsers give a popover. */
  :host([popover]) {
    margin: 0 !important;
    border: 0 !important;
    padding: 0 !important;
    inline-size: auto !important;
    block-size: auto !important;
    overflow: visible !important;
  }
  :host([format='bar']),
  :host([format='dialog'][closing]) {
    position: fixed !important;
    inset: auto 0 var(--_foot, 0px) !important;
    z-index: 2147483647 !important;
    background-color: var(--_paper) !important;
    box-shadow: var(--support-shadow, 0 -6px 28px rgb(0 0 0 / 0.16)) !important;
  }
  :host([aside]) {
    transform: translateY(calc(101% + var(--_foot, 0px))) !important;
  }
  :host([covered]) {
    display: none !important;
  }
  :host([format='dialog']:not([closing])) .frame {
    border: 0;
  }
  :host([closing]:is([format='bar'], [format='dialog'])) [part='base'] {
    display: none;
  }
  :host(:is([format='bar'], [format='dialog'])) .guard {
    position: fixed;
    inset: 0;
    block-size: auto !important;
  }
  /* The middle scrolls; what closes and what gives stay in sight. */
  :host([format='bar']) .sheet,
  dialog .sheet {
    --_side: var(--_pad);
    max-block-size: calc(var(--support-bar-size, 65dvb) - var(--support-rule-width, 3px));
    grid-template: repeat(5, auto) / minmax(0, 1fr);
    row-gap: 0;
    padding-block: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scroll-padding-block: 52px 6em;
  }
  dialog .sheet {
    max-block-size: calc(100dvb - 24px - var(--support-rule-width, 3px));
  }
  :host([format='bar']) .top,
  dialog .top {
    position: sticky;
    grid-area: 1 / 1 / auto / -1;
    inset: 0 auto auto;
    z-index: 5;
  }
  :host([format='bar']) .top {
    display: flex;
    justify-content: space-between;
    margin-inline: calc(-1 * var(--_side));
    padding: 4px calc(var(--_side) - 12px);
    background-color: var(--_paper);
  }
  :host([format='bar']) [part='close'] {
    margin-inline-start: auto;
  }
  /*
   * The cross of a dialog takes no room: it stands beside the first words, and stays there. What scrolls up
   * goes under a strip of paper, but for picture, kicker and heading, which leave the cross its place.
   */
  dialog .top {
    grid-row: 1 / -1;
    place-self: start end;
    inset-block-start: 4px;
    margin-block: calc(var(--_pad) - 12px) calc(-32px - var(--_pad));
    margin-inline-end: -14px;
  }
  dialog .sheet::before {
    content: '';
    position: sticky;
    inset-block-start: 0;
    grid-area: 1 / 1 / -1 / -1;
    align-self: start;
    block-size: 52px;
    margin: 0 calc(-1 * var(--_side)) -52px;
    background-color: var(--_paper);
    z-index: 2;
  }
  dialog :is([part='kicker'], [part='heading'], [part='image']) {
    position: relative;
    z-index: 3;
  }
  dialog :is([part='kicker'], [part='heading']) {
    margin-inline-end: 36px;
    padding-inline-end: 0;
  }
  dialog [part='close'] {
    border-radius: 50%;
    background-color: var(--_paper);
    outline-offset: -3px;
  }
  [part='collapse'] {
    flex: 0 1 auto;
    min-inline-size: 44px;
    text-align: start;
  }
  :host([closing]:is([format='bar'], [format='dialog'])) .panel {
    max-block-size: calc(100dvb - 8px);
    overflow: hidden auto;
    overscroll-behavior: contain;
  }
  .wide {
    order: 3;
  }
  .back svg {
    transform: rotate(90deg);
  }
  .back:dir(rtl) svg {
    transform: rotate(-90deg);
  }
  :host(:is([format='bar'], [format='dialog'])) .letter {
    grid-area: 3 / 1;
    padding-block-end: var(--_space);
    position: relative;
    z-index: 1;
  }
  :host([format='dialog']) .letter {
    padding-block-start: var(--_pad);
    z-index: auto;
  }
  dialog [part='image'] {
    grid-area: 2 / 1 / auto / -1;
    inline-size: calc(100% + 2 * var(--_side));
    margin-inline: calc(-1 * var(--_side));
  }
  :host([format='bar']) .sheet {
    --_trust-order: -1;
    --_space: 0.9em;
  }
  :host([format='bar']) [part='more'] {
    min-block-size: 48px;
  }
  :host([view='amounts']) .sheet {
    --support-heading-size: 1.125em;
  }
  :host([format='bar']) [part~='later'],
  dialog [part~='later'] {
    flex: 0 1 auto;
    min-block-size: 48px;
  }
  dialog [part~='later'] {
    flex: 1 1 9em;
  }
  dialog[part] {
    position: fixed;
    inline-size: min(40em, 100% - 24px);
    max-block-size: calc(100dvb - 24px);
    margin: auto;
    background-color: var(--_paper);
    border-block-start: var(--support-rule-width, 3px) solid var(--_rule);
    border-radius: 0 0 var(--_radius) var(--_radius);
    box-shadow: 0 18px 60px rgb(0 0 0 / 0.34);
  }
  dialog[part]:not([open]) {
    display: none;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.5);
  }

  /* One line: a sentence, one suggested amount, later, the way to more, and the cross. */
  :host([view='button']) .sheet {
    --_acts: 1 1 100%;
    --_acts-order: 2;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    max-block-size: calc(50dvb - var(--support-rule-width, 3px));
    padding: 8px 16px;
  }
  [part='collapsed'] {
    flex: 1 1 0;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    font-size: 0.9375em;
    font-weight: 600;
    line-height: 1.3;
    text-wrap: pretty;
  }
  :host([view='button']) .sheet .top {
    position: static;
    order: 1;
    margin: 0;
    margin-inline-end: -12px;
    padding: 0;
  }
  :host([view='button']) ::slotted([slot='heading']) {
    font: inherit !important;
  }
  :host([view='button']) [part~='later'] {
    padding-inline: 0.75em;
  }
  [part='expand'] {
    min-block-size: 48px;
    padding-inline: 0.5em;
  }
  @container (min-width: 46em) {
    :host([format='bar']) .sheet {
      --_side: max(32px, (100cqi - 72em) / 2);
      --_fields: 3 / 2;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1.15fr);
      column-gap: 48px;
      padding-inline: var(--_side);
    }
    :host([format='bar']) .letter {
      grid-column: 1;
      align-content: start;
      gap: 1em;
    }
    :host([view='button']) .sheet {
      --_acts: 0 0 auto;
      --_acts-order: 0;
      flex-wrap: nowrap;
      gap: 24px;
      padding-block: 14px;
    }
    [part='collapsed'] {
      font-size: 1.125em;
    }
    [part='expand'] .unseen {
      all: unset;
    }
  }
  /* Half of a low window would be too little for a form: the bar takes its place in the page. */
  @media (max-height: 399px) {
    :host([format='bar']) .sheet {
      max-block-size: calc(100dvb - 8px);
      scroll-padding-block: 52px 0;
    }
  }
  /* With letters at twice their size the words would take the strip's width, and the window's height. */
  @container (max-width: 15em) {
    dialog .sheet {
      --_foot-position: static;
    }
  }
  @container (min-width: 15em) {
    [part='collapse'] .unseen {
      all: unset;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    :host([format='bar'][open]) .frame {
      animation: enter var(--_fast);
    }
    @keyframes enter {
      from {
        opacity: 0;
        transform: translateY(8px);
      }
    }
  }
  @media (forced-colors: active) {
    :host([format='bar']),
    dialog {
      border: 1px solid !important;
    }
  }
`;
