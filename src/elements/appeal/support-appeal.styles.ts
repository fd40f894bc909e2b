import {css, type CSSResult} from 'lit';

export const appealStyles: CSSResult = css`
  /* Undecided or withdrawn: keeps its place until it is out of view, so that nothing moves. */
  :host(:defined:not([open], [closing])) {
    visibility: hidden !important;
  }
  .frame {
    position: relative;
    border-block-start: var(--support-rule-width, 3px) solid var(--_rule);
  }
  .frame,
  [part='base'] {
    container-type: inline-size;
  }
  [part='base'] {
    position: relative;
    padding: 0;
    border: 0;
    color: inherit;
  }
  .sheet {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space);
    position: relative;
    padding: var(--_pad);
  }
  .sheet > *,
  .letter > * {
    min-inline-size: 0;
  }
  .letter {
    display: grid;
    gap: var(--_space);
    overflow-wrap: anywhere;
  }
  [part='image'] {
    display: block;
    inline-size: 100%;
    block-size: auto;
    aspect-ratio: var(--support-image-ratio, 8 / 3);
    object-fit: cover;
  }
  [part='kicker'] {
    margin-block-end: calc(0.7em - var(--_space));
    padding-inline-end: 44px;
    color: var(--support-kicker, var(--_muted));
    font-size: 0.8125em;
    font-weight: 700;
    line-height: 1.4;
  }
  [part='heading'] {
    outline: 0;
  }
  [part='heading']:first-child {
    padding-inline-end: 36px;
  }
  [part='copy'] {
    max-inline-size: 38em;
    margin-block-start: -0.2em;
    font-family: var(--support-copy-font, var(--support-heading-font, inherit));
    font-size: 1.125em;
    line-height: 1.55;
    text-wrap: pretty;
  }
  [part='copy'] p,
  ::slotted(p) {
    margin: 0 0 0.75em !important;
    /* Copy may be in another direction than its page. */
    unicode-bidi: plaintext;
  }
  [part='copy'] p:last-child,
  ::slotted(p:last-child) {
    margin: 0 !important;
  }
  [part='highlight'] {
    max-inline-size: 34em;
    font-family: var(--support-copy-font, var(--support-heading-font, inherit));
    font-size: 1.1875em;
    font-weight: 600;
    line-height: 1.62;
    text-wrap: balance;
  }
  mark {
    color: inherit;
    background-color: var(
      --support-highlight,
      light-dark(
        color-mix(in srgb, var(--_accent) 38%, transparent),
        color-mix(in srgb, var(--_accent) 26%, transparent)
      )
    );
    padding: 0.12em 0.28em;
    margin-inline: -0.28em;
    -webkit-box-decoration-break: clone;
    box-decoration-break: clone;
  }
  [part='benefits'] {
    margin: 0;
    padding: 0;
    list-style: none;
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 15em), 1fr));
    gap: 0.5em 1.75em;
    line-height: 1.4;
  }
  /* Two columns would leave a hole. */
  [part='benefits']:has(> li:last-child:nth-child(odd)) {
    grid-template-columns: 1fr;
  }
  li,
  .line p {
    display: flex;
    gap: 0.6em;
  }
  li svg,
  .line svg {
    margin-block-start: 0.36em;
  }
  [part='byline'] {
    display: flex;
    align-items: center;
    gap: 0.9em;
  }
  [part='portrait'] {
    inline-size: 3.5em;
    block-size: 3.5em;
    border-radius: 50%;
    object-fit: cover;
  }
  [part='byline'] b,
  [part='byline'] span {
    display: block;
    line-height: 1.35;
  }
  [part='byline'] span {
    color: var(--_muted);
    font-size: 0.875em;
  }
  [part='reassurance'] {
    color: var(--_muted);
    font-size: 0.875em;
  }
  /* What stands beside the button is laid out with it. */
  [part='actions'],
  [part='actions'] > slot {
    display: contents;
  }
  .wide {
    flex: 1 1 100%;
  }
  [part~='later'],
  [part='more'],
  [part='expand'],
  [part='collapse'] {
    flex: 1 1 9em;
    min-block-size: 52px;
    font-weight: 600;
    line-height: 1.25;
  }
  [part~='later']:hover,
  [part='remind']:hover {
    border-color: currentColor;
    background-color: color-mix(in srgb, currentColor 5%, transparent);
  }
  [part='more'],
  [part='expand'],
  [part='collapse'],
  [part='close'] {
    flex: none;
    display: flex;
    align-items: center;
    gap: 0.4em;
    padding-inline: 0.75em;
    border: 0;
    color: var(--_muted);
    font-weight: 400;
  }
  [part='more']:hover,
  [part='expand']:hover,
  [part='collapse']:hover,
  [part='close']:hover {
    color: inherit;
  }
  [part='more'][aria-expanded='true'] svg,
  [part='expand'] svg {
    transform: rotate(180deg);
  }
  .list {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 1.75em;
    font-size: 0.9375em;
  }
  .list > :is(button, a) {
    min-height: 44px;
    padding: 0;
    border: 0;
    align-content: center;
    text-align: start;
    text-decoration: underline 1px;
    text-underline-offset: 0.24em;
  }
  .list > :hover {
    text-decoration-thickness: 2px;
  }
  [part='secondary'] {
    padding-block: 0.7em;
  }
  [part='secondary'] a {
    padding-block: 0.9em;
  }
  /* The cross lines up with the padding, not with its own target. */
  .top {
    position: absolute;
    inset-block-start: calc(var(--_pad) - 12px);
    inset-inline-end: calc(var(--_pad) - 14px);
  }
  [part='close'] {
    inline-size: 44px;
    justify-content: center;
    padding: 0;
  }
  .guard {
    position: absolute;
    inset: 0 0 auto;
    z-index: 2147483647;
  }
  .panel {
    outline: 0;
  }
  @media (prefers-reduced-motion: no-preference) {
    .chevron {
      transition: transform var(--_fast);
    }
  }
  @media (forced-colors: active) {
    mark {
      forced-color-adjust: none;
      color: CanvasText;
      background: none;
      text-decoration: underline;
    }
  }
`;
