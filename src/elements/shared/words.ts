/** Renders text that stays right when a page translator rewrites it, for a template that changes while it is shown. */

import {html, noChange} from 'lit';
import {Directive, directive, type ChildPart} from 'lit/directive.js';
import {setCommittedValue} from 'lit/directive-helpers.js';

/** A noncharacter, which no text holds: one stands before an amount in a text, one after it. */
const mark = '\ufdd0';

/**
 * Lit writes a new text into the node that it left in place. A translator has put that node into a
 * `<font>`, or another in its place; so whatever is there is removed, and the text rendered anew.
 */
class Rewritable extends Directive {
  #key: string | undefined;
  #parent: Node | undefined;

  override render(_key: string, value: unknown): unknown {
    return value;
  }

  override update(part: ChildPart, [key, value]: [string, unknown]): unknown {
    if (key === this.#key) return noChange;
    this.#key = key;
    this.#parent ??= part.parentNode;
    const {startNode, endNode} = part;
    // Whoever sets an element's `textContent` removes Lit's comments as well.
    if (startNode && endNode && !startNode.parentNode) {
      (this.#parent as Element).replaceChildren(startNode, endNode);
    }
    setCommittedValue(part);
    return value;
  }
}

const rewritable = directive(Rewritable);

/**
 * Renders what comes and goes. Lit removes everything up to the node that follows, which may be white
 * space that is rewritten, too; in a list it sets comments of its own on both sides. Use it where text,
 * white space included, follows a condition or a list in a template.
 */
export function enclosed(value: unknown): readonly unknown[] {
  return [value];
}

/** Renders a template without listeners, anew when the key changes. */
export function renewed(key: string, value: unknown): readonly unknown[] {
  return enclosed(rewritable(key, value));
}

/**
 * Renders a text, and the amounts in it so that they are not translated. Use it for every text of a
 * template that may change after it is first shown, the language included, as the only content of its
 * element: `<p>${words(text)}</p>`.
 */
export function words(text = ''): readonly unknown[] {
  const pieces = text
    .split(mark)
    .map((piece, index) => (index % 2 ? html`<bdi translate="no">${piece}</bdi>` : piece));
  return renewed(text, pieces);
}

/** Marks an amount, so that `words()` keeps translators from the text that it becomes a part of. */
export function amountIn(text: string): string {
  return mark + text + mark;
}
