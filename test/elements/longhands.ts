/** Every longhand that a browser knows, by what becomes of it when a page sets it on one of our inline elements. */

const namesOf = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Kept out: it changes nothing on the host, not even where the page says `!important`. */
export const keptOut = namesOf(`
  -webkit-border-image -webkit-box-reflect -webkit-line-clamp -webkit-mask-box-image
  -webkit-mask-box-image-outset -webkit-mask-box-image-repeat -webkit-mask-box-image-slice
  -webkit-mask-box-image-source -webkit-mask-box-image-width -webkit-mask-position-x
  -webkit-mask-position-y -webkit-writing-mode align-content animation-composition
  animation-delay animation-direction animation-duration animation-fill-mode
  animation-iteration-count animation-name animation-play-state animation-range-end
  animation-range-start animation-timeline animation-timing-function animation-trigger appearance
  aspect-ratio backdrop-filter background-attachment background-clip
  background-color background-image background-origin background-position background-repeat
  background-size block-size border-block-end-color border-block-end-style border-block-end-width
  border-block-start-color border-block-start-style border-block-start-width border-bottom-color
  border-bottom-left-radius border-bottom-right-radius border-bottom-style border-bottom-width
  border-end-end-radius border-end-start-radius border-image-outset border-image-repeat
  border-image-slice border-image-source border-image-width border-inline-end-color
  border-inline-end-style border-inline-end-width border-inline-start-color
  border-inline-start-style border-inline-start-width border-left-color border-left-style
  border-left-width border-right-color border-right-style border-right-width border-shape
  border-start-end-radius border-start-start-radius border-top-color border-top-left-radius
  border-top-right-radius border-top-style border-top-width bottom box-shadow clip-path
  column-count column-height column-width contain container-name container-type content
  content-visibility display filter height inset-block-end inset-block-start inset-inline-end
  inset-inline-start interactivity justify-items left mask-clip mask-composite mask-image
  mask-mode mask-origin mask-position mask-repeat mask-size max-block-size max-height
  min-block-size min-height mix-blend-mode offset-anchor offset-distance offset-path
  offset-position offset-rotate opacity outline-color outline-style outline-width overflow-block
  overflow-inline overflow-x overflow-y padding-block-end padding-block-start padding-bottom
  padding-inline-end padding-inline-start padding-left padding-right padding-top perspective
  pointer-events position right rotate scale text-box-edge text-box-trim text-decoration
  text-decoration-color text-decoration-line text-decoration-style text-decoration-thickness top
  touch-action transform transform-style transition-behavior transition-delay transition-duration
  transition-property transition-timing-function translate user-select visibility writing-mode
  z-index zoom
`);

/** Kept out of the words: it inherits, so the host has it, and it ends at the wrapper. */
export const keptOutOfWords = namesOf(`
  accent-color app-region border-collapse caret-animation caret-color caret-shape clip-rule color
  color-interpolation color-interpolation-filters color-rendering cursor dominant-baseline fill
  fill-opacity fill-rule font-feature-settings font-kerning font-language-override
  font-optical-sizing font-palette font-size font-size-adjust font-stretch font-style
  font-synthesis-small-caps font-synthesis-style font-synthesis-weight font-variant
  font-variant-caps font-variant-emoji font-variant-ligatures font-variant-numeric
  font-variant-position font-variation-settings font-weight forced-color-adjust
  hyphenate-character hyphenate-limit-chars hyphens image-orientation image-rendering
  letter-spacing line-break line-height list-style-image list-style-position list-style-type
  marker-end marker-mid marker-start math-depth orphans overflow-wrap paint-order quotes
  ruby-align ruby-overhang ruby-position shape-rendering speak stroke stroke-dasharray
  stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
  tab-size text-align text-align-last text-autospace text-combine-upright
  text-decoration-skip-ink text-emphasis-color text-emphasis-position text-emphasis-style
  text-indent text-justify text-orientation text-rendering text-shadow text-size-adjust
  text-spacing-trim text-transform text-underline-offset text-underline-position text-wrap-style
  white-space-collapse widows word-break word-spacing -webkit-border-horizontal-spacing
  -webkit-border-vertical-spacing -webkit-font-smoothing -webkit-line-break -webkit-locale
  -webkit-tap-highlight-color -webkit-text-combine -webkit-text-fill-color
  -webkit-text-orientation -webkit-text-security -webkit-text-stroke-color
  -webkit-text-stroke-width caption-side empty-cells font-variant-alternates
  font-variant-east-asian math-shift math-style print-color-adjust text-anchor text-wrap-mode
  interpolate-size dynamic-range-limit scrollbar-color -webkit-rtl-ordering -webkit-ruby-position
  -webkit-user-modify
`);

/** Let in: where the host stands, how wide it is, and what of the page its words take. */
export const letIn = namesOf(`
  align-self justify-self margin-block-end margin-block-start margin-bottom margin-inline-end
  margin-inline-start margin-left margin-right margin-top max-inline-size max-width
  min-inline-size min-width width inline-size box-sizing break-after break-before break-inside
  clear float column-span flex-basis flex-grow flex-shrink grid-column-end grid-column-start
  grid-row-end grid-row-start order reading-order shape-image-threshold shape-margin
  shape-outside scroll-margin-block-end scroll-margin-block-start scroll-margin-bottom
  scroll-margin-inline-end scroll-margin-inline-start scroll-margin-left scroll-margin-right
  scroll-margin-top scroll-snap-align scroll-snap-stop color-scheme font-family direction
  unicode-bidi
`);

/** Let in, since there is nothing in a block of blocks that it could act on: neither flex, grid, table, picture, drawing, columns nor a box that scrolls. */
export const withoutEffect = namesOf(`
  align-items alignment-baseline background-blend-mode anchor-name anchor-scope backface-visibility baseline-shift
  baseline-source box-decoration-break column-fill column-gap column-rule-break column-rule-color
  column-rule-inset-cap-end column-rule-inset-cap-start column-rule-inset-junction-end
  column-rule-inset-junction-start column-rule-style column-rule-visibility-items
  column-rule-width contain-intrinsic-block-size contain-intrinsic-height
  contain-intrinsic-inline-size contain-intrinsic-size contain-intrinsic-width
  corner-bottom-left-shape corner-bottom-right-shape corner-end-end-shape corner-end-start-shape
  corner-start-end-shape corner-start-start-shape corner-top-left-shape corner-top-right-shape
  counter-increment counter-reset counter-set cx cy d field-sizing flex-direction flex-line-count
  flex-wrap flood-color flood-opacity grid-auto-columns grid-auto-flow grid-auto-rows
  grid-template-areas grid-template-columns grid-template-rows initial-letter interest-delay-end
  interest-delay-start isolation justify-content lighting-color margin-trim mask-type object-fit
  object-position object-view-box outline-offset overflow-anchor overflow-clip-margin
  overscroll-behavior-block overscroll-behavior-inline overscroll-behavior-x
  overscroll-behavior-y perspective-origin position-anchor position-area position-try-fallbacks
  position-try-order position-visibility r reading-flow resize row-gap row-rule-break
  row-rule-color row-rule-inset-cap-end row-rule-inset-cap-start row-rule-inset-junction-end
  row-rule-inset-junction-start row-rule-style row-rule-visibility-items row-rule-width rx ry
  scroll-axis-lock scroll-behavior scroll-initial-target scroll-padding-block-end
  scroll-padding-block-start scroll-padding-bottom scroll-padding-inline-end
  scroll-padding-inline-start scroll-padding-left scroll-padding-right scroll-padding-top
  scroll-snap-type scroll-target-group scroll-timeline-axis scroll-timeline-name scrollbar-gutter
  scrollbar-width stop-color stop-opacity table-layout timeline-scope
  timeline-trigger-activation-range-end timeline-trigger-activation-range-start
  timeline-trigger-active-range-end timeline-trigger-active-range-start timeline-trigger-name
  timeline-trigger-source transform-box transform-origin trigger-scope vertical-align
  view-timeline-axis view-timeline-inset view-timeline-name view-transition-class
  view-transition-group view-transition-name view-transition-scope will-change x y
  -webkit-box-align -webkit-box-decoration-break -webkit-box-direction -webkit-box-flex
  -webkit-box-ordinal-group -webkit-box-orient -webkit-box-pack -webkit-user-drag
  buffered-rendering clip column-wrap frame-sizing overlay rule-overlap scroll-marker-group
  text-fit text-overflow vector-effect window-drag -webkit-text-decorations-in-effect
`);
