/** How is the rest of an article taken out of the page, and put back as it was? */

/** What is one paragraph of a preview. */
const blocks = 'p,ul,ol,dl,blockquote,pre,table';

/**
 * Takes out what follows the first paragraphs of an element, but for `kept`. Returns a function that
 * puts it back in its place; nothing above it moves either way.
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
    // Last ones first, so that each finds its neighbour again.
    for (const node of following.reverse()) if (!node.contains(kept)) take(node);
  }
  return () => {
    for (const [node, parent, next] of taken.splice(0).reverse())
      parent.insertBefore(node, next?.parentNode === parent ? next : null);
  };
}
