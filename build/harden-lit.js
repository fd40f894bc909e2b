/**
 * Makes the Lit inside the script tag indifferent to the page around it.
 *
 * As published, Lit asks the page for a few globals by name. An element with such a name as its id
 * (`<p id="litHtmlVersions">`) stands in for the global and Lit throws before anything is defined, and
 * so does a Trusted Types policy that does not list `lit-html`. The package's own copy asks for none of
 * them and has its own policy, `reader-support`. The npm modules import the site's Lit, untouched.
 */

/** Every change, by file, with how often it must apply: an upgrade of Lit that moves one fails the build. */
const changes = {
  'lit-html/lit-html.js': [
    {
      name: 'policy',
      from: /(\w+)\?\1\.createPolicy\("lit-html",(\{createHTML:\w+=>\w+\})\):void 0/g,
      // Where a page enforces a list that we are not on, nothing can be drawn: better to fail here, before
      // anything is defined, than in every render. Elsewhere the empty text harms nobody.
      to: '(()=>{try{return $1.createPolicy("reader-support",$2)}catch{document.createElement("p").innerHTML=""}})()',
    },
    {name: 'version', from: /\(\w+\.litHtmlVersions\?\?=\[\]\)\.push\("[^"]+"\)/g, to: '0'},
    {name: 'polyfill', from: /=\w+\.litHtmlPolyfillSupport/g, to: '=void 0'},
  ],
  'lit-element/lit-element.js': [
    {name: 'version', from: /\(\w+\.litElementVersions\?\?=\[\]\)\.push\("[^"]+"\)/g, to: '0'},
    {name: 'polyfill', from: /=\w+\.litElementPolyfillSupport/g, to: '=void 0'},
    // The script tag never takes over server-rendered templates: those belong to the npm modules.
    {name: 'hydration', from: /\w+\.litElementHydrateSupport\?\.\([^)]*\)/g, to: '0'},
  ],
  '@lit/reactive-element/reactive-element.js': [
    {name: 'version', from: /\(\w+\.reactiveElementVersions\?\?=\[\]\)\.push\("[^"]+"\)/g, to: '0'},
    {name: 'polyfill', from: /=\w+\.reactiveElementPolyfillSupport/g, to: '=void 0'},
    // Decorator metadata, which no class here has: the map would be looked up on the page.
    {
      name: 'metadata',
      from: /Symbol\.metadata\?\?=Symbol\("metadata"\),\w+\.litPropertyMetadata\?\?=new WeakMap;/g,
      to: '',
    },
    {
      name: 'metadata',
      from: /const (\w+)=this\[Symbol\.metadata\];if\(null!==\1\)\{const (\w+)=litPropertyMetadata\.get\(\1\);if\(void 0!==\2\)for\([^)]*of \2\)[^}]*\}/g,
      to: '',
    },
    {name: 'empty script', from: /=(\w+)\?\1\.emptyScript:""/g, to: '=""'},
  ],
  '@lit/reactive-element/css-tag.js': [
    {name: 'shady', from: /\(void 0===\w+\.ShadyCSS\|\|\w+\.ShadyCSS\.nativeShadow\)&&/g, to: ''},
  ],
};

/** How often each kind of change applies to Lit 3.3.3. */
export const expected = {
  policy: 1,
  version: 3,
  polyfill: 3,
  hydration: 1,
  metadata: 2,
  'empty script': 1,
  shady: 1,
};

/** Applies the changes to one file of Lit. Returns the new text and how often each kind applied. */
export function harden(file, code) {
  const counts = {};
  for (const {name, from, to} of changes[file] ?? []) {
    code = code.replace(from, (...match) => {
      counts[name] = (counts[name] ?? 0) + 1;
      return to.replace(/\$(\d)/g, (_, group) => match[Number(group)]);
    });
  }
  return {code, counts};
}

/** The rollup plugin. Throws unless every change applied exactly as often as expected. */
export default function hardenLit() {
  let total = {};
  const seen = new Set();
  return {
    name: 'harden-lit',
    buildStart() {
      total = {};
      seen.clear();
    },
    transform(code, id) {
      const path = id.replaceAll('\\', '/');
      const file = Object.keys(changes).find(one => path.endsWith(`/node_modules/${one}`));
      if (!file) return null;
      if (seen.has(file)) this.error(`two copies of ${file} in one bundle`);
      seen.add(file);
      const result = harden(file, code);
      for (const [name, count] of Object.entries(result.counts)) {
        total[name] = (total[name] ?? 0) + count;
      }
      return {code: result.code, map: null};
    },
    buildEnd(error) {
      if (error) return;
      for (const [name, count] of Object.entries(expected)) {
        if (total[name] !== count) {
          this.error(`Lit has changed: ${name}: expected ${count} but found ${total[name] ?? 0}`);
        }
      }
    },
  };
}
