import './support-ask.js';
import {SupportAppealElement} from '../elements/appeal/support-appeal.js';

// The page may carry two copies of this library; the first one wins.
if (!customElements.get('support-appeal')) {
  customElements.define('support-appeal', SupportAppealElement);
}

declare global {
  interface HTMLElementTagNameMap {
    'support-appeal': SupportAppealElement;
  }
}
