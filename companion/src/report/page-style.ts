/** Holds the report page's style sheet for light mode, dark mode and print. */

/** The style sheet of the page. */
export const pageStyle = `
:root { color-scheme: light dark; --paper: #fdfcfa; --ink: #1d1d1b; --quiet: #5c5a55; --line: #d8d4cc; --card: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #161615; --ink: #ebe8e2; --quiet: #aaa59b; --line: #3b3935; --card: #201f1d; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: clamp(1.5rem, 1.1rem + 2vw, 2.4rem); line-height: 1.2; text-wrap: balance; margin: 0.4rem 0; }
h2 { font-size: 1.15rem; margin: 2.75rem 0 0.75rem; }
h3 { font-size: 1rem; margin: 0 0 0.25rem; }
.word { display: inline-block; border: 1.5px solid currentColor; border-radius: 1rem; padding: 0 0.7rem; font-size: 0.9rem; }
.word::before { content: attr(data-mark) ' '; }
.second { font-size: 1.05rem; margin: 0.4rem 0; max-width: 48rem; }
.meta, .quiet, figcaption { color: var(--quiet); margin: 0.25rem 0; }
.label { border: 2px dashed currentColor; padding: 0.6rem 1rem; font-weight: 600; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1.25rem; }
.card { border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); padding: 1rem; min-width: 0; }
.appeal { border: 1px solid var(--line); padding: 0.75rem 1rem; margin: 0.75rem 0; overflow: hidden; }
.appeal > :first-child { margin-top: 0; }
.amounts { display: flex; flex-wrap: wrap; gap: 0.4rem; list-style: none; padding: 0; margin: 0.5rem 0; }
.amounts li { border: 1px solid var(--line); border-radius: 0.3rem; padding: 0.1rem 0.6rem; }
.amounts li.preset { border-color: currentColor; border-width: 2px; font-weight: 600; }
.kicker { font-size: 0.85rem; letter-spacing: 0.04em; color: var(--quiet); margin: 0 0 0.25rem; }
.unit > h4 { margin: 0.25rem 0 0.5rem; font-size: 1.15rem; line-height: 1.25; }
.highlight mark { background: #ffe9a8; color: #1d1d1b; padding: 0.05em 0.15em; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.picture { display: grid; place-items: center; width: 100%; margin: 0 0 0.75rem; padding: 0.75rem; border: 1px dashed var(--quiet); text-align: center; }
.picture small, .byline small { display: block; color: var(--quiet); }
.appeal, .facts, .picture, .changes { overflow-wrap: anywhere; }
.meanings, .benefits { margin: 0.25rem 0 0.5rem; padding-inline-start: 1.2rem; font-size: 0.95rem; }
.pill { border: 1px solid currentColor; border-radius: 1rem; padding: 0 0.5rem; font-size: 0.85rem; }
.button { display: inline-block; border: 2px solid currentColor; border-radius: 0.3rem; padding: 0.4rem 0.9rem; font-weight: 600; }
.badge { border: 1px solid currentColor; border-radius: 0.2rem; padding: 0 0.3rem; font-size: 0.75rem; font-weight: 600; }
.swatch { display: inline-block; width: 1rem; height: 1rem; border: 1px solid var(--quiet); vertical-align: -0.15em; }
.changes { margin: 0.5rem 0; padding-inline-start: 0.6rem; border-inline-start: 3px solid currentColor; font-size: 0.92rem; }
.facts { margin: 0.5rem 0 0.75rem; font-size: 0.92rem; }
.facts > div { display: flex; flex-wrap: wrap; gap: 0 0.75rem; padding: 0.15rem 0; border-top: 1px solid var(--line); }
.facts dt { color: var(--quiet); flex: 0 0 9.5rem; }
.facts dd { margin: 0; flex: 1 1 10rem; }
.big { font-size: 1.6rem; font-weight: 650; margin: 0; }
figure { margin: 0 0 1.5rem; }
svg { max-width: 100%; height: auto; font-size: 12px; }
.differences > svg { width: min(100%, 32rem); }
.scroll { overflow-x: auto; }
.scroll > svg { max-width: none; }
caption { text-align: start; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.92rem; }
th, td { text-align: end; padding: 0.25rem 0.8rem 0.25rem 0; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: start; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem; color: var(--quiet); font-size: 0.92rem; }
footer li { margin: 0.25rem 0; }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --quiet: #333; --line: #999; --card: #fff; }
  main { max-width: none; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  /* Cards may be longer than what is left of the first page. */
  figure, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  h2 { margin-top: 1.5rem; }
  .scroll { overflow: visible; }
  .scroll > svg { max-width: 100%; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`;
