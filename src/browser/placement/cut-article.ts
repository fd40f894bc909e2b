/** Removes the rest of an article from the page, and restores it. */

/** Elements that count as one paragraph of a preview. */
const blocks = 'p,ul,ol,dl,blockquote,pre,table';

/**
 * Removes everything after the first paragraphs of an element, except `kept`. Returns a function that
 * restores it. Nothing above moves either way.
 */
export function cutArticle(root: Element, paragraphs: number, kept: Element): () => void {
  const preview = paragraphs >= 0 ? paragraphs : 3;
  const found = Array.from(root.querySelectorAll(blocks)).filter(
    one => !one.parentElement?.closest(blocks) && !kept.contains(one),
  );
  const last = preview > 0 ? found[preview - 1] : root.firstChild;
  const taken: [Node, Node, Node | null][] = [];
  const take = (node: Node) => {
    taken.push([node, node.parentNode as Node, node.nextSibling]);
    (node as ChildNode).remove();
  };
  for (let at: Node | null | undefined = last; at && at !== root; at = at.parentNode) {
    const following: Node[] = preview > 0 || at !== last ? [] : [at];
    for (let next = at.nextSibling; next; next = next.nextSibling) following.push(next);
    // In reverse order, so that each node finds its next sibling when it is restored.
    for (const node of following.reverse()) if (!node.contains(kept)) take(node);
  }
  return () => {
    for (const [node, parent, next] of taken.splice(0).reverse())
      parent.insertBefore(node, next?.parentNode === parent ? next : null);
  };
}
