/** The elements' classes, which `reader-support/define/…` registers, and the words they speak. */

export {registerLocale} from '../controllers/locale-controller.js';
export {SupportAppealElement} from './appeal/support-appeal.js';
export {SupportAskElement} from './ask/support-ask.js';
export {SupportMeterElement} from './meter/support-meter.js';
export {SupportPaywallElement} from './paywall/support-paywall.js';
export {SupportThanksElement} from './thanks/support-thanks.js';
