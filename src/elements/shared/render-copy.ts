import {html} from 'lit';
import {parseCopy, type CopyNode} from '../../core/copy/parse-copy.js';

/** Renders an editor's copy: text, emphasis and links, never HTML. */
export function renderCopy(text: string, values: Readonly<Record<string, string>>): unknown {
  return renderNodes(parseCopy(text, values));
}

function renderNodes(nodes: readonly CopyNode[]): unknown {
  return nodes.map(node => {
    if (node.type === 'text') return node.text;
    const words = renderNodes(node.children);
    return node.type === 'link'
      ? html`<a href=${node.url} rel="noopener">${words}</a>`
      : node.type === 'strong'
        ? html`<strong>${words}</strong>`
        : html`<em>${words}</em>`;
  });
}
