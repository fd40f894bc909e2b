/**
 * Lit's element, cut down to what the elements here use: properties and their attributes, controllers,
 * and one update for all that has changed. None of them inherits from another.
 *
 * After @lit/reactive-element 2.1.2 and lit-element 4.2.2, © 2017 Google LLC, BSD-3-Clause:
 * https://github.com/lit/lit
 */

import {ChildPart} from './template.js';

export const css = ([text]) => {
  const styleSheet = new CSSStyleSheet();
  styleSheet.replaceSync(text);
  return {styleSheet};
};

export class LitElement extends HTMLElement {
  /** Asked for once, when an element is defined: makes the accessors, and a map of attributes. */
  static get observedAttributes() {
    this.attributes = {};
    for (const [name, options] of Object.entries(this.properties)) {
      const {attribute = name.toLowerCase()} = options;
      if (attribute) this.attributes[attribute] = {name, ...options};
      Object.defineProperty(this.prototype, name, {
        get() {
          return this.#values[name];
        },
        set(value) {
          const before = this.#values[name];
          this.#values[name] = value;
          if (!Object.is(value, before)) this.requestUpdate(name, before);
        },
      });
    }
    return Object.keys(this.attributes);
  }

  hasUpdated = false;
  #values = {};
  /** What the page had set before the element was defined. */
  #early = {};
  #changed = new Map();
  #isPending = false;
  #controllers = [];
  #part;
  #enable;
  updateComplete = new Promise(resolve => (this.#enable = resolve));

  constructor() {
    super();
    for (const name of Object.keys(this.constructor.properties)) {
      if (!Object.hasOwn(this, name)) continue;
      this.#early[name] = this[name];
      delete this[name];
    }
    this.requestUpdate();
  }

  addController(controller) {
    this.#controllers.push(controller);
    if (this.renderRoot && this.isConnected) controller.hostConnected?.();
  }

  connectedCallback() {
    if (!this.renderRoot) {
      this.renderRoot = this.attachShadow({mode: 'open'});
      this.renderRoot.adoptedStyleSheets = this.constructor.styles.map(one => one.styleSheet);
      this.#part = new ChildPart(this.renderRoot.appendChild(new Comment()), null);
    }
    this.#enable();
    for (const controller of this.#controllers) controller.hostConnected?.();
  }

  disconnectedCallback() {
    for (const controller of this.#controllers) controller.hostDisconnected?.();
  }

  attributeChangedCallback(attribute, _, text) {
    const {name, type, converter} = this.constructor.attributes[attribute];
    this[name] = converter
      ? converter(text)
      : type === Boolean
        ? text !== null
        : type && text !== null
          ? type(text)
          : text;
  }

  requestUpdate(name, before) {
    if (name && !this.#changed.has(name)) this.#changed.set(name, before);
    if (!this.#isPending) this.updateComplete = this.#update(this.updateComplete);
  }

  async #update(earlier) {
    this.#isPending = true;
    try {
      await earlier;
    } catch (error) {
      // Reported, and no reason to draw nothing from now on.
      void Promise.reject(error);
    }
    await this.scheduleUpdate();
    return !this.#isPending;
  }

  scheduleUpdate() {
    if (!this.hasUpdated) Object.assign(this, this.#early);
    const changed = this.#changed;
    let value;
    try {
      this.willUpdate?.(changed);
      value = this.render();
      this.#reflect();
    } finally {
      this.#changed = new Map();
      this.#isPending = false;
    }
    this.#part.set(value);
    this.hasUpdated = true;
    this.updated?.(changed);
  }

  #reflect() {
    for (const [attribute, {name, reflect, type}] of Object.entries(this.constructor.attributes)) {
      const value = type === Boolean ? (this[name] ? '' : null) : (this[name] ?? null);
      if (!reflect || value === this.getAttribute(attribute)) continue;
      if (value === null) this.removeAttribute(attribute);
      else this.setAttribute(attribute, value);
    }
  }
}
