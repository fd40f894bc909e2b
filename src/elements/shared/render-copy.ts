import {html, isServer} from 'lit';
import type {Copy} from '../../core/campaigns/campaign.js';
import {parseCopy, type CopyNode} from '../../core/copy/copy.js';
import {simpleCopy} from '../../core/copy/simple-copy.js';

// Lit types it as `false`, since it is that in a browser. There, marks within marks are fetched for.
let parse: typeof parseCopy | undefined = (isServer as boolean) ? parseCopy : undefined;

/** Fetches what it takes to read this copy; nothing, for nearly all there is. */
export function fetchFor({heading, body = [], reassurance, fallback}: Copy): true | Promise<void> {
  const isRead = (text = '') => parse ?? simpleCopy(text, {});
  return (
    [heading, reassurance, fallback, ...body].every(isRead) ||
    import('../../core/copy/copy.js').then(copy => {
      parse = copy.parseCopy;
    })
  );
}

/** An editor's copy as a template: text, emphasis and links, never HTML. */
export function renderCopy(text: string, values: Readonly<Record<string, string>>): unknown {
  return renderNodes(simpleCopy(text, values) ?? parse?.(text, values) ?? []);
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
