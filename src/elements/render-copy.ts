import {html} from 'lit';
import {parseCopy, type CopyNode} from '../core/copy.js';

/** An editor's copy as a template: text, emphasis and links, never HTML. */
export function renderCopy(text: string, values: Readonly<Record<string, string>>): unknown {
  return renderNodes(parseCopy(text, values));
}

function renderNodes(nodes: readonly CopyNode[]): unknown {
  return nodes.map(node => {
    switch (node.type) {
      case 'text':
        return node.text;
      case 'strong':
        return html`<strong>${renderNodes(node.children)}</strong>`;
      case 'emphasis':
        return html`<em>${renderNodes(node.children)}</em>`;
      case 'link':
        return html`<a href=${node.url} rel="noopener">${renderNodes(node.children)}</a>`;
    }
  });
}
