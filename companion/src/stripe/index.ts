/** Gathers what the companion asks of Stripe and reads from it: the one door by which other rooms come in. */

export {
  columnsOfSource,
  metadataOfSource,
  sourceOfColumns,
  sourceOfMetadata,
  type SourceColumns,
} from './attribution.js';
export {frequencyOf, isOurs, moneyFromMetadata} from './metadata.js';
export {type PaidCheckout, paidCheckout} from './paid-checkout.js';
export type {Payments, StripeKey} from './payments.js';
