import {SupportAskElement} from '../elements/ask/support-ask.js';

// The page may carry two copies of this library; the first one wins.
if (!customElements.get('support-ask')) customElements.define('support-ask', SupportAskElement);

declare global {
  interface HTMLElementTagNameMap {
    'support-ask': SupportAskElement;
  }
}
