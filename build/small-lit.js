/**
 * Gives the script tag a Lit of its own, cut down to what the elements use: see `lit/`. The npm modules
 * import the site's Lit, untouched.
 *
 * As published, Lit asks the page for a few globals by name. An element with such a name as its id
 * (`<p id="litHtmlVersions">`) stands in for the global and Lit throws before anything is defined, and
 * so does a Trusted Types policy that does not list `lit-html`. This one asks for none of them and has
 * its own policy, `reader-support`.
 */

import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

/** The packages it was cut from. A newer one has to be looked through first. */
export const versions = {
  lit: '3.3.3',
  'lit-html': '3.3.3',
  'lit-element': '4.2.2',
  '@lit/reactive-element': '2.1.2',
};

const entry = fileURLToPath(new URL('lit/index.js', import.meta.url));

const installed = name =>
  JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8'))
    .version;

/** What a template has that the cut Lit cannot draw; nothing, when it can. `texts` are what lies between the bindings. */
export function problemOf(texts) {
  if (texts.some(text => text.includes('<!--'))) return 'a comment';
  let before = '';
  for (const [index, text] of texts.slice(0, -1).entries()) {
    before += text;
    if (before.lastIndexOf('<') <= before.lastIndexOf('>')) continue;
    const attribute = /\s([^\s"'<>=]+)="$/.exec(before)?.[1];
    if (!attribute || !texts[index + 1].startsWith('"'))
      return 'a binding that is not all of a value';
    if (attribute !== attribute.toLowerCase())
      return `a binding in ${attribute}, which has capitals`;
  }
  return undefined;
}

/** Every node of a syntax tree. */
function* nodesOf(node) {
  if (typeof node?.type === 'string') yield node;
  for (const child of Object.values(node ?? {})) {
    if (child && typeof child === 'object') yield* nodesOf(child);
  }
}

/** The rollup plugin, to be placed before what resolves packages. `versionOf` is for a test. */
export default function smallLit(versionOf = installed) {
  return {
    name: 'small-lit',
    buildStart() {
      for (const [name, known] of Object.entries(versions)) {
        const found = versionOf(name);
        if (found !== known) {
          this.error(
            `Lit has changed: build/lit is of ${name} ${known}, but ${found} is installed`,
          );
        }
      }
    },
    resolveId: source => (source === 'lit' ? entry : null),
    moduleParsed({id, ast}) {
      for (const node of nodesOf(ast)) {
        if (node.type !== 'TaggedTemplateExpression' || node.tag.name !== 'html') continue;
        const problem = problemOf(node.quasi.quasis.map(({value}) => value.cooked));
        if (problem) this.error(`${id}: the script tag's Lit cannot draw ${problem}`);
      }
    },
  };
}
