/** The layouts in which sites set their text, after the rules of themes and frameworks that many use. */

/** One way to lay out an article. */
export interface Layout {
  readonly name: string;
  readonly css: string;
  /** The article; the paragraphs of the text stand where it says TEXT. */
  readonly html: string;
  /** A class of the theme's for what stands out of the column. */
  readonly align?: string;
  /** Whether what stands beside it may stand in the next column. */
  readonly gap?: number;
}

const reset = '*,*::before,*::after{box-sizing:border-box;margin:0;padding:0}';
const constrained = `
  body{margin:0;font:18px/1.6 Georgia,serif}
  .is-layout-constrained > :where(:not(.alignleft):not(.alignright):not(.alignfull)){
    max-width:650px;margin-left:auto !important;margin-right:auto !important}
  .is-layout-constrained > .alignwide{max-width:1000px}
  .is-layout-constrained > *{margin-block-start:1.5rem;margin-block-end:0}
  .has-global-padding{padding:0 30px}
  .has-global-padding > .alignfull{margin-left:-30px !important;margin-right:-30px !important}`;
const entry = '<main class="entry-content has-global-padding is-layout-constrained">TEXT</main>';

export const layouts: readonly Layout[] = [
  {name: 'flow', css: 'body{margin:24px}', html: '<main>TEXT</main>'},
  {name: 'a block theme’s constrained layout', css: constrained, html: entry},
  {name: 'alignwide in it', css: constrained, html: entry, align: 'alignwide'},
  {name: 'alignfull in it', css: constrained, html: entry, align: 'alignfull'},
  {
    name: 'alignfull where nothing is said of it',
    css: `body{margin:0} .is-layout-constrained > :where(:not(.alignfull)){max-width:40rem;
      margin-left:auto !important;margin-right:auto !important}`,
    html: entry,
    align: 'alignfull',
  },
  {
    name: 'a newspaper theme with a sidebar',
    css: `body{margin:0;font:20px/1.6 serif}
      .site-content{width:90%;max-width:1200px;margin:0 auto;display:flex;flex-wrap:wrap}
      .main-content{width:100%} .sidebar{width:100%}
      .entry-content > *{margin:32px 0;max-width:100%}
      @media(min-width:782px){.main-content{width:65%}.sidebar{width:calc(35% - 3rem);margin-left:3rem}}`,
    html: `<div class="site-content"><main class="main-content"><div class="entry-content">TEXT</div></main>
      <aside class="sidebar">Most read</aside></div>`,
  },
  {
    name: 'a grid with named lines',
    css: `${reset} body{font:20px/1.6 sans-serif}
      .gh-canvas{display:grid;grid-template-columns:[full-start] minmax(max(4vmin,20px),auto)
        [wide-start] minmax(auto,240px) [main-start] min(720px,calc(100% - max(8vmin,40px))) [main-end]
        minmax(auto,240px) [wide-end] minmax(max(4vmin,20px),auto) [full-end]}
      .gh-canvas > *{grid-column:main-start / main-end}
      .gh-canvas > * + *{margin-top:max(3.2vmin,24px)}`,
    html: '<section class="gh-content gh-canvas">TEXT</section>',
  },
  {
    name: 'wide lines of that grid',
    css: `${reset}
      .gh-canvas{display:grid;grid-template-columns:[full-start] minmax(20px,auto) [wide-start]
        minmax(auto,240px) [main-start] min(720px,calc(100% - 40px)) [main-end] minmax(auto,240px)
        [wide-end] minmax(20px,auto) [full-end]}
      .gh-canvas > *{grid-column:main-start / main-end} .gh-canvas > .wide{grid-column:wide-start / wide-end}`,
    html: '<section class="gh-canvas">TEXT</section>',
    align: 'wide',
  },
  {
    name: 'a grid of six columns, then fourteen',
    css: `body{margin:0;font:1.125rem/1.6 sans-serif}
      .layout--content{display:grid;grid-template-columns:repeat(6,minmax(0,1fr));grid-column-gap:18px;padding:0 18px}
      .layout--content > *{grid-column:1 / 7}
      @media(min-width:700px){.layout--content{grid-template-columns:repeat(14,minmax(0,1fr))}
        .layout--content > *{grid-column:2 / 14}}
      @media(min-width:1000px){.layout--content > *{grid-column:3 / 12}}`,
    html: '<div class="layout--content">TEXT</div>',
  },
  {
    name: 'twelve columns with span',
    css: `${reset} .row{display:grid;grid-template-columns:repeat(12,1fr);gap:24px;padding:0 24px}
      .row > *{grid-column:3 / span 8} @media(max-width:600px){.row > *{grid-column:span 12}}`,
    html: '<div class="row">TEXT</div>',
  },
  {
    name: 'twelve columns where paragraphs alone are placed',
    css: `${reset} .row{display:grid;grid-template-columns:repeat(12,1fr);gap:24px;padding:0 24px}
      .row > p{grid-column:3 / span 8} @media(max-width:600px){.row > p{grid-column:span 12}}`,
    html: '<div class="row">TEXT</div>',
  },
  {
    name: 'a centred flex column',
    css: `${reset} main{display:flex;flex-direction:column;align-items:center;gap:1.5rem;padding:0 16px}
      main > *{inline-size:100%;max-inline-size:42rem}`,
    html: '<main>TEXT</main>',
  },
  {
    name: 'a flex column that stretches',
    css: `${reset} main{display:flex;flex-direction:column;gap:1.5rem;max-width:60ch;margin:auto;padding:0 16px}`,
    html: '<main>TEXT</main>',
  },
  {
    name: 'a container and its columns',
    css: `*{box-sizing:border-box} body{margin:0}
      .container{width:100%;padding:0 12px;margin:0 auto} .row{display:flex;flex-wrap:wrap;margin:0 -12px}
      .row > *{flex-shrink:0;width:100%;max-width:100%;padding:0 12px}
      @media(min-width:576px){.container{max-width:540px}} @media(min-width:768px){.container{max-width:720px}}
      @media(min-width:992px){.container{max-width:960px} .col-lg-8{flex:0 0 auto;width:66.6667%}}
      @media(min-width:1200px){.container{max-width:1140px}}`,
    html: '<div class="container"><div class="row"><div class="col-lg-8">TEXT</div></div></div>',
  },
  {
    name: 'prose',
    css: `${reset} .mx-auto{margin-inline:auto} .px-4{padding-inline:1rem}
      .prose{max-width:65ch;font-size:1.125rem;line-height:1.75} .prose :where(p){margin-block:1.25em}`,
    html: '<div class="px-4"><article class="prose mx-auto">TEXT</article></div>',
  },
  {
    name: 'children measured in em',
    css: 'body{margin:0;font:21px/1.5 serif} main > *{max-width:30em;margin:1em auto} main{padding:0 5%}',
    html: '<main>TEXT</main>',
  },
  {
    name: 'narrow paragraphs, centred',
    css: 'body{margin:16px;font:19px/1.5 serif} main p{max-width:34em;margin:1em auto}',
    html: '<main>TEXT</main>',
  },
  {
    name: 'narrow paragraphs, centred, over a reset',
    css: `${reset} body{padding:16px} main p{max-width:60ch;margin:1em auto}`,
    html: '<main>TEXT</main>',
  },
  {
    name: 'narrow paragraphs, at the start',
    css: 'body{margin:16px} main p{max-width:34em;font-size:18px}',
    html: '<main>TEXT</main>',
  },
  {
    name: 'narrow paragraphs in per cent',
    css: 'body{margin:0} main p{width:62%;margin-left:12%;text-align:justify}',
    html: '<main>TEXT</main>',
  },
  {
    name: 'narrow paragraphs from right to left',
    css: 'body{margin:16px} main{direction:rtl} main p{max-width:34em;margin-inline-start:4%}',
    html: '<main>TEXT</main>',
  },
  {
    name: 'narrow paragraphs in a flex column',
    css: `${reset} main{display:flex;flex-direction:column;align-items:center;gap:1em;padding:0 16px}
      main p{max-width:34em;width:100%}`,
    html: '<main>TEXT</main>',
  },
  {
    name: 'two columns',
    gap: 40,
    css: 'body{margin:24px} main{columns:2;column-gap:40px} @media(max-width:600px){main{columns:1}}',
    html: '<main>TEXT</main>',
  },
  {
    name: 'a float beside',
    css: `body{margin:24px} aside{float:right;width:260px;height:420px;margin:0 0 1em 1em;background:#ddd}
      @media(max-width:600px){aside{float:none;width:auto}} main{max-width:900px;margin:auto}`,
    html: '<main><aside>See also</aside>TEXT</main>',
  },
  {
    name: 'a text that floats',
    css: `${reset} .text{float:left;width:66%} .side{float:right;width:30%} @media(max-width:600px){.text,.side{float:none;width:auto}}
      .text > *{margin:1em 5%}`,
    html: '<main><div class="text">TEXT</div><div class="side">See also</div></main>',
  },
];

const sentence =
  'The harbour board has voted, by five to four, to dredge the inner basin this spring. ';

/** The paragraphs of the text; the elements stand after the third, and the fourth has the layout's class. */
export const textOf = ({align = ''}: Layout): string =>
  ['', '', '', align, '']
    .map(name => `<p${name && ` class="${name}"`}>${sentence.repeat(4)}</p>`)
    .join('');
