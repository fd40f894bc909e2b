/** Gathers what others need of gifts: the one door by which other rooms come in. */

export type {GiftStore} from './gift-store.js';
export {heardEvents} from './webhook-facts.js';
export {giftOf, refundOf, subscriptionOf} from './sql-gifts.js';
