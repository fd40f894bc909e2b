import {html} from 'lit';
import {parseCopy, type CopyNode} from '../../core/copy/parse-copy.js';
import {renewed, words} from './words.js';

/** Renders an editor's copy: text, emphasis and links, never HTML. */
export function renderCopy(text: string, values: Readonly<Record<string, string>>): unknown {
  const nodes = parseCopy(text, values);
  return renewed(JSON.stringify(nodes), renderNodes(nodes));
}

function renderNodes(nodes: readonly CopyNode[]): unknown {
  return nodes.map(node => {
    if (node.type === 'text') return words(node.text);
    const children = renderNodes(node.children);
    return node.type === 'link'
      ? html`<a href=${node.url} rel="noopener">${children}</a>`
      : node.type === 'strong'
        ? html`<strong>${children}</strong>`
        : html`<em>${children}</em>`;
  });
}
