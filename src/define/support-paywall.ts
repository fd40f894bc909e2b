import {SupportPaywallElement} from '../elements/paywall/support-paywall.js';
import './support-ask.js';
import './support-meter.js';

// The page may carry two copies of this library; the first one wins.
if (!customElements.get('support-paywall')) {
  customElements.define('support-paywall', SupportPaywallElement);
}

declare global {
  interface HTMLElementTagNameMap {
    'support-paywall': SupportPaywallElement;
  }
}
