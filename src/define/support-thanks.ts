import {SupportThanksElement} from '../elements/thanks/support-thanks.js';

// The page may carry two copies of this library; the first one wins.
if (!customElements.get('support-thanks')) {
  customElements.define('support-thanks', SupportThanksElement);
}

declare global {
  interface HTMLElementTagNameMap {
    'support-thanks': SupportThanksElement;
  }
}
