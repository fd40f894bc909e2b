/**
 * Lit's templates, cut down to what the elements here use: one binding in an attribute, quoted as the
 * minifier leaves it, and bindings between tags.
 *
 * After lit-html 3.3.3, © 2017 Google LLC, BSD-3-Clause: https://github.com/lit/lit
 */

/** Stands for a binding in an attribute. No text of a reader or an editor ever gets into a template. */
const marker = 'lit$';

/**
 * Where a page enforces a list of policies that ours is not on, nothing can be drawn: better to fail here,
 * before anything is defined, than in every render. Elsewhere the empty text harms nobody.
 */
const policy = (() => {
  try {
    return trustedTypes.createPolicy('reader-support', {createHTML: text => text});
  } catch {
    document.createElement('p').innerHTML = '';
  }
})();

export const nothing = Symbol();

export const html = (strings, ...values) => ({strings, values});

const templates = new Map();

/** Elements and comments in document order: what a binding can be in. */
function nodesOf(root) {
  const walker = document.createTreeWalker(root, 129);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

/** The content of a template, and of each binding the number of its node and the name of its attribute. */
function prepare(strings) {
  const template = document.createElement('template');
  const text = strings.reduce(
    (before, after) => before + (/="$/.test(before) ? marker : '<!---->') + after,
  );
  template.innerHTML = policy ? policy.createHTML(text) : text;
  const bindings = [];
  nodesOf(template.content).forEach((node, index) => {
    // Whatever is a comment stands for a binding.
    if (node.nodeType === 8) bindings.push([index]);
    else
      for (const name of node.getAttributeNames()) {
        if (node.getAttribute(name) !== marker) continue;
        bindings.push([index, name]);
        node.removeAttribute(name);
      }
  });
  return {content: template.content, bindings};
}

/** A binding in an attribute: of its value, or, by the first character, `.property`, `?boolean` or `@event`. */
class AttributePart {
  #element;
  #name;
  #value = nothing;

  constructor(element, name) {
    this.#element = element;
    this.#name = name;
  }

  set(value) {
    const before = this.#value;
    if (value === before) return;
    this.#value = value;
    const element = this.#element;
    const name = this.#name.slice(1);
    switch (this.#name[0]) {
      case '@':
        // The listener stays, and calls what was given last.
        if (before === nothing) element.addEventListener(name, event => this.#value(event));
        break;
      case '.':
        element[name] = value;
        break;
      case '?':
        element.toggleAttribute(name, !!value);
        break;
      default:
        element.setAttribute(this.#name, value ?? '');
    }
  }
}

/** A binding between tags: what lies between two nodes, the second of which may be missing. */
export class ChildPart {
  #start;
  #end;
  /** The text that is drawn, the template, or the list of parts. */
  #drawn;
  #parts = [];

  constructor(start, end) {
    this.#start = start;
    this.#end = end;
  }

  set(value) {
    if (value?.strings) this.#setTemplate(value);
    else if (Array.isArray(value)) this.#setList(value);
    else this.#setText(value === nothing ? '' : `${value ?? ''}`);
  }

  #setText(text) {
    if (text === this.#drawn) return;
    if (typeof this.#drawn === 'string') this.#start.nextSibling.data = text;
    else this.#replace(new Text(text));
    this.#drawn = text;
  }

  #setTemplate({strings, values}) {
    let template = templates.get(strings);
    if (!template) templates.set(strings, (template = prepare(strings)));
    let fragment;
    if (template !== this.#drawn) {
      this.#drawn = template;
      fragment = document.importNode(template.content, true);
      const nodes = nodesOf(fragment);
      this.#parts = template.bindings.map(([index, name]) => {
        const node = nodes[index];
        return name ? new AttributePart(node, name) : new ChildPart(node, node.nextSibling);
      });
    }
    this.#parts.forEach((part, index) => part.set(values[index]));
    // With all its values, so that an element in it begins with them.
    if (fragment) this.#replace(fragment);
  }

  /** One part per value. A list that has become shorter is drawn anew. */
  #setList(values) {
    if (this.#drawn !== this.#parts || this.#parts.length > values.length) {
      this.#replace('');
      this.#drawn = this.#parts = [];
    }
    values.forEach((value, index) => {
      const part = (this.#parts[index] ??= new ChildPart(
        this.#insert(new Comment()),
        this.#insert(new Comment()),
      ));
      part.set(value);
    });
  }

  #insert(node) {
    return this.#start.parentNode.insertBefore(node, this.#end);
  }

  #replace(node) {
    while (this.#start.nextSibling !== this.#end) this.#start.nextSibling.remove();
    if (node) this.#insert(node);
  }
}
