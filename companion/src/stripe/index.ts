/** Gathers what the companion asks of Stripe and reads from it: the one door by which other rooms come in. */

export {
  columnsOfSource,
  metadataOfSource,
  sourceOfColumns,
  sourceOfMetadata,
  type SourceColumns,
} from './attribution.js';
export {frequencyOf, isOurs, type Metadata, moneyFromMetadata} from './metadata.js';
export {frequencyOfInvoice, frequencyOfPrice} from './plan-frequency.js';
export {type PaidCheckout, paidCheckout} from './paid-checkout.js';
export {openSetUp, type AccountEndpoint, type StripeSetUp} from './set-up.js';
export {apiVersion, type Payments, type StripeKey, type WebhookEndpoint} from './payments.js';
