/** What the elements need only when a reader does something: one piece, fetched when they reach for it. */

export * from '../controllers/appeal-acts.js';
export {CheckoutController} from '../controllers/checkout-controller.js';
export {checkAmount} from '../core/check-amount.js';
export {parseMoney} from '../core/parse-money.js';
export {farewellText, renderFarewell} from './farewell.js';
