/** Matches selectors against elements whose end has not been seen. */

import {compile, type Options} from 'css-select';
import {parse, SelectorType, type Selector} from 'css-what';

/** An element on its way past. */
export interface PassingElement {
  readonly tagName: string;
  readonly parent: PassingElement | undefined;
  readonly attributes: ReadonlyMap<string, string>;
  /** The element children of its parent so far, itself included; empty where no selector counts them. */
  readonly siblings: PassingElement[];
}

/** What can be said of an element without what comes behind its start tag, on every platform. */
const counting = ['first-child', 'nth-child', 'first-of-type', 'nth-of-type'];
const combinators: readonly string[] = [SelectorType.Descendant, SelectorType.Child];
const simple: readonly string[] = [
  ...[SelectorType.Tag, SelectorType.Universal, SelectorType.Attribute, ...combinators],
];

function checkPart(part: Selector, selector: string): boolean {
  if (simple.includes(part.type)) return false;
  if (part.type === SelectorType.Pseudo) {
    if (counting.includes(part.name)) return true;
    if (part.name === 'not' && Array.isArray(part.data))
      return part.data.flat().some(inner => checkPart(inner, selector));
  }
  const name = 'name' in part && part.name ? `:${part.name}` : part.type;
  throw new TypeError(
    `gate: expected a selector of names, classes, ids, attributes, :not(), :first-child or :nth-child() and the combinators " " and ">", which can be told while a page streams, but received ${name} in ${selector}`,
  );
}

/** A selector that is ready to match. */
export interface CompiledSelector {
  matches(element: PassingElement): boolean;
  /** Whether it needs the siblings of elements. */
  readonly isCounting: boolean;
}

const options: Options<PassingElement, PassingElement> = {
  adapter: {
    isTag: (node): node is PassingElement => Boolean(node),
    getAttributeValue: ({attributes}, name) => attributes.get(name),
    hasAttrib: ({attributes}, name) => attributes.has(name),
    getName: ({tagName}) => tagName,
    getParent: ({parent}) => parent ?? null,
    getSiblings: ({siblings}) => siblings,
    getChildren: () => [],
    getText: () => '',
    removeSubsets: nodes => nodes,
  },
};

/** Compiles a selector. Throws a `TypeError` on one that a stream cannot tell. */
export function compileSelector(selector: string): CompiledSelector {
  if (selector === '*') return {matches: () => true, isCounting: false};
  const parts = parse(selector).flat();
  const isCounting = parts.map(part => checkPart(part, selector)).some(Boolean);
  return {matches: compile<PassingElement, PassingElement>(selector, options), isCounting};
}
