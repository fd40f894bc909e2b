import {SupportMeterElement} from '../elements/meter/support-meter.js';

// The page may carry two copies of this library; the first one wins.
if (!customElements.get('support-meter')) {
  customElements.define('support-meter', SupportMeterElement);
}

declare global {
  interface HTMLElementTagNameMap {
    'support-meter': SupportMeterElement;
  }
}
