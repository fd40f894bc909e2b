/** What the script tag takes for `lit`. */

export {css, LitElement} from './lit-element.js';
export {html, nothing} from './template.js';

export const isServer = false;
