/** Types of the elements in React's, Vue's and Svelte's templates, written from the manifest. */

import {mkdirSync, writeFileSync} from 'node:fs';

const folder = 'dist/npm/types';

/** Tag, class and settable properties of every element in the manifest. */
export function elementsOf(manifest) {
  return manifest.modules
    .flatMap(({path, declarations = []}) => declarations.map(one => ({path, ...one})))
    .filter(({customElement, tagName}) => customElement && tagName)
    .map(({path, tagName, name, members = []}) => ({
      tag: tagName,
      className: name,
      from: path.replace('dist/npm/', '../'),
      properties: members
        .filter(({kind, readonly}) => kind === 'field' && !readonly)
        .map(member => member.name),
    }))
    .sort((a, b) => (a.tag < b.tag ? -1 : 1));
}

const imports = elements =>
  elements.map(({className, from}) => `import type {${className}} from '${from}';`).join('\n');

const settable = ({className, properties}) =>
  properties.length > 0
    ? `Partial<Pick<${className}, ${properties.map(name => `'${name}'`).join(' | ')}>>`
    : 'unknown';

const events = `import type {} from '../events/index.js';

type SupportEvents = {
  [Name in keyof GlobalEventHandlersEventMap as Name extends \`support-\${string}\`
    ? Name
    : never]: GlobalEventHandlersEventMap[Name];
};
`;

/** A listener is a property of its own: React and Svelte write `onsupport-closed`. */
const listeners = `
type Listeners = {[Name in keyof SupportEvents as \`on\${Name}\`]?: ((event: SupportEvents[Name]) => void) | undefined};
`;

const react =
  elements => `/** Types of the elements in React 19: \`import type {} from 'reader-support/react'\`. */

import type {DetailedHTMLProps, HTMLAttributes} from 'react';
${imports(elements)}
${events}${listeners}
type Props<E extends HTMLElement, P> = Omit<DetailedHTMLProps<HTMLAttributes<E>, E>, keyof P> & P & Listeners;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${elements.map(one => `      '${one.tag}': Props<${one.className}, ${settable(one)}>;`).join('\n')}
    }
  }
}
`;

const vue =
  elements => `/** Types of the elements in Vue 3 templates: \`import type {} from 'reader-support/vue'\`. */

import type {HTMLAttributes, PublicProps} from 'vue';
${imports(elements)}
${events}
type Camel<Name extends string> = Name extends \`\${infer Head}-\${infer Tail}\` ? \`\${Head}\${Capitalize<Camel<Tail>>}\` : Name;

/** A listener is a property of its own: \`@support-closed\` is \`onSupportClosed\`. */
type Listeners = {
  [Name in keyof SupportEvents as \`on\${Capitalize<Camel<Name>>}\`]?: ((event: SupportEvents[Name]) => void) | undefined;
};

type Component<P> = new () => {
  /** @deprecated Only for the type checker. */
  $props: PublicProps & Omit<HTMLAttributes, keyof P> & P & Listeners;
};

declare module 'vue' {
  interface GlobalComponents {
${elements.map(one => `    '${one.tag}': Component<${settable(one)}>;`).join('\n')}
  }
}
`;

const svelte =
  elements => `/** Types of the elements in Svelte 5: \`import type {} from 'reader-support/svelte'\`. */

import type {HTMLAttributes} from 'svelte/elements';
${imports(elements)}
${events}${listeners}
type Props<E extends HTMLElement, P> = Omit<HTMLAttributes<E>, keyof P> & P & Listeners;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
${elements.map(one => `    '${one.tag}': Props<${one.className}, ${settable(one)}>;`).join('\n')}
  }
}
`;

/** Writes the three, each with an empty module beside it so that a plain import works too. */
export function writeFrameworkTypes(manifest) {
  const elements = elementsOf(manifest);
  mkdirSync(folder, {recursive: true});
  for (const [name, text] of Object.entries({react, vue, svelte})) {
    writeFileSync(`${folder}/${name}.d.ts`, text(elements));
    writeFileSync(`${folder}/${name}.js`, 'export {};\n');
  }
}
