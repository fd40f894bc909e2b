/**
 * Patches npm's Lit for the script tag, so that no page can break it. The npm modules import the site's
 * Lit, untouched.
 *
 * As published, Lit looks up a few globals by name. An element with such a name as its id
 * (`<p id="litHtmlVersions">`) stands in for the global, and Lit throws before anything is defined; so
 * it does under a Trusted Types policy that does not list `lit-html`. Patched, it looks up and leaves
 * no global, and creates a policy of its own, `reader-support`, which stays in its module.
 *
 * It also hands a listener to the browser as its own options, and those inherit: a page's
 * `Object.prototype.once` would remove it after the first press. Ours have no options.
 */

/**
 * Creates the policy, or fails where the page enforces a list that ours is not on: better here, before
 * anything is defined, than in every render. Elsewhere the empty text does no harm.
 */
const policy = `(() => {
  try { return trustedTypes.createPolicy("reader-support", {createHTML: text => text}); }
  catch { document.createElement("p").innerHTML = ""; }
})()`;

/** What is replaced, by file: the name of the spot, how it reads there, how often, and what takes its place. */
export const spots = {
  'lit-html/lit-html.js': [
    {
      name: 'the policy',
      pattern: /(\w)\?\1\.createPolicy\("lit-html",\{createHTML:\w=>\w\}\):void 0/g,
      count: 1,
      replacement: policy,
    },
    {
      name: 'the polyfill',
      pattern: /\w\.litHtmlPolyfillSupport/g,
      count: 1,
      replacement: 'void 0',
    },
    {
      name: 'the options of a listener',
      pattern: /addEventListener\(this\.name,this,\w\)/g,
      count: 1,
      replacement: 'addEventListener(this.name,this)',
    },
    {
      name: 'the options of a listener that goes',
      pattern: /removeEventListener\(this\.name,this,\w\)/g,
      count: 1,
      replacement: 'removeEventListener(this.name,this)',
    },
    {
      name: 'the versions',
      pattern: /\(\w\.litHtmlVersions\?\?=\[\]\)\.push\("[\d.]+"\)/g,
      count: 1,
      replacement: '0',
    },
  ],
  'lit-element/lit-element.js': [
    {
      name: 'hydration',
      pattern: /\w\.litElementHydrateSupport\?\.\(\{LitElement:\w\}\)/g,
      count: 1,
      replacement: '0',
    },
    {
      name: 'the polyfill',
      pattern: /\w\.litElementPolyfillSupport/g,
      count: 1,
      replacement: 'void 0',
    },
    {
      name: 'the versions',
      pattern: /\(\w\.litElementVersions\?\?=\[\]\)\.push\("[\d.]+"\)/g,
      count: 1,
      replacement: '0',
    },
  ],
  '@lit/reactive-element/reactive-element.js': [
    {
      name: 'the empty script',
      pattern: /\w\.trustedTypes/g,
      count: 1,
      replacement: 'void 0',
    },
    {
      name: 'the polyfill',
      pattern: /\w\.reactiveElementPolyfillSupport/g,
      count: 1,
      replacement: 'void 0',
    },
    {
      name: 'the versions',
      pattern: /\(\w\.reactiveElementVersions\?\?=\[\]\)\.push\("[\d.]+"\)/g,
      count: 1,
      replacement: '0',
    },
    {
      name: 'the metadata of decorators',
      pattern:
        /Symbol\.metadata\?\?=Symbol\("metadata"\),\w\.litPropertyMetadata\?\?=new WeakMap;/g,
      count: 1,
      replacement: '',
    },
    {
      name: 'the metadata of a class',
      pattern: /litPropertyMetadata\.get\(\w\)/g,
      count: 1,
      replacement: 'void 0',
    },
    {
      // Nothing hydrates here: what a server has rendered makes room instead of standing there twice.
      name: 'the shadow root from a server',
      pattern: /this\.shadowRoot\?\?this\.attachShadow/g,
      count: 1,
      replacement: 'this.attachShadow',
    },
  ],
  '@lit/reactive-element/css-tag.js': [
    {
      // Every browser that runs the script tag has constructable style sheets; strict policies block the rest.
      name: 'ShadyCSS and style elements',
      pattern:
        /\w\.ShadowRoot&&\(void 0===\w\.ShadyCSS\|\|\w\.ShadyCSS\.nativeShadow\)&&"adoptedStyleSheets"in Document\.prototype&&"replace"in CSSStyleSheet\.prototype/g,
      count: 1,
      replacement: '!0',
    },
  ],
};

const fileOf = id => {
  const path = id.replaceAll('\\', '/');
  return Object.keys(spots).find(file => path.endsWith(`/node_modules/${file}`));
};

/** The text of a file of Lit with its spots replaced. Throws when one is there more or less often than known. */
export function hardened(file, code) {
  let text = code;
  for (const {name, pattern, count, replacement} of spots[file]) {
    const matches = text.match(pattern)?.length ?? 0;
    if (matches !== count) {
      throw new Error(
        `${file}: expected ${name} ${count} time(s) but found it ${matches} time(s); see build/harden-lit.js`,
      );
    }
    text = text.replace(pattern, () => replacement);
  }
  return text;
}

/** The rollup plugin. */
export default function hardenLit() {
  const patched = new Set();
  return {
    name: 'harden-lit',
    transform(code, id) {
      const file = fileOf(id);
      if (!file) return null;
      patched.add(file);
      try {
        return {code: hardened(file, code), map: null};
      } catch (error) {
        return this.error(error);
      }
    },
    buildEnd(error) {
      if (error) return;
      const missing = Object.keys(spots).filter(file => !patched.has(file));
      if (missing.length > 0) this.error(`not in the script tag: ${missing.join(', ')}`);
    },
  };
}
