/** Translates events to the names of other analytics tools. Pure: nothing is sent. */

import {toMajor, type Money} from '../../core/money/money.js';
import type {Frequency} from '../../core/money/offer.js';
import type {ReaderEvent, ReaderEventName} from '../../core/experiments/reader-event.js';

/** An event of the page, or a gift from a webhook. */
export interface ExportedEvent extends Omit<ReaderEvent, 'name'> {
  readonly name: ReaderEventName | 'gift' | 'refund';
  readonly amount?: Money;
  readonly frequency?: Frequency;
  /** The gift's id at the provider. */
  readonly order?: string;
}

type Values = Readonly<Record<string, unknown>>;

/** Returns the fields that have a value. */
const only = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const valueOf = (amount: Money | undefined): number | undefined =>
  amount && Number(toMajor(amount));

const words = {
  later: 'support_later',
  close: 'support_close',
  'already-supporting': 'support_already_supporting',
  'not-this-campaign': 'support_not_this_campaign',
  fail: 'support_fail',
  supported: 'support_returned',
} as const;

const ga4Names: Readonly<Record<ExportedEvent['name'], string>> = {
  exposure: 'experience_impression',
  view: 'view_promotion',
  open: 'select_promotion',
  start: 'begin_checkout',
  gift: 'purchase',
  refund: 'refund',
  ...words,
};

/**
 * Translates for Google Analytics 4: `gtag('event', name, params)`, or
 * `dataLayer.push({event: name, ecommerce: params})` with a tag manager.
 */
export function toGa4(event: ExportedEvent): {readonly name: string; readonly params: Values} {
  const {campaign, experiment, arm, placement, amount, frequency, order} = event;
  const name = ga4Names[event.name];
  // Google splits the value at hyphens: tool, experiment, variant.
  const part = (text = '') => text.replaceAll('-', '_');
  if (event.name === 'exposure')
    return {name, params: {exp_variant_string: `RS-${part(experiment)}-${part(arm)}`}};
  const value = valueOf(amount);
  const promotion = {
    promotion_id: campaign,
    promotion_name: experiment,
    creative_name: arm,
    creative_slot: placement,
  };
  const item = only({
    item_id: campaign ?? 'support',
    item_name: 'Support',
    item_category: frequency,
    price: value,
    quantity: 1,
  });
  const money = {transaction_id: order, currency: amount?.currency, value};
  return {name, params: {...only({...promotion, ...money}), items: [item]}};
}

const segmentNames: Readonly<Record<ExportedEvent['name'], string>> = {
  exposure: 'Experiment Viewed',
  view: 'Promotion Viewed',
  open: 'Promotion Clicked',
  start: 'Checkout Started',
  gift: 'Order Completed',
  refund: 'Order Refunded',
  later: 'Support Later',
  close: 'Support Closed',
  'already-supporting': 'Support Already Supporting',
  'not-this-campaign': 'Support Not This Campaign',
  fail: 'Support Checkout Failed',
  supported: 'Support Returned',
};

/** Translates for Segment and tools with its specification: `analytics.track(event, properties)`. */
export function toSegment(given: ExportedEvent): {
  readonly event: string;
  readonly properties: Values;
} {
  const {name, campaign, experiment, arm, placement, amount, frequency, order} = given;
  const event = segmentNames[name];
  if (name === 'exposure')
    return {
      event,
      properties: only({
        experiment_id: experiment,
        experiment_name: experiment,
        variation_id: arm,
        variation_name: arm,
      }),
    };
  const promotion = {promotion_id: campaign, creative: arm, name: experiment, position: placement};
  const value = valueOf(amount);
  const products = amount && [
    only({
      product_id: campaign ?? 'support',
      name: 'Support',
      category: frequency,
      price: value,
      quantity: 1,
    }),
  ];
  const money = {order_id: order, total: value, currency: amount?.currency, products};
  return {event, properties: only({...promotion, ...money})};
}

const snowplowMethods: Partial<Record<ExportedEvent['name'], string>> = {
  view: 'trackPromotionView',
  open: 'trackPromotionClick',
  start: 'trackCheckoutStep',
  gift: 'trackTransaction',
  refund: 'trackRefund',
};

/**
 * Translates for Snowplow's ecommerce plugin: `snowplow(method, data)`. Events that the plugin lacks
 * become self-describing events of your own `schema`.
 */
export function toSnowplow(
  event: ExportedEvent,
  schema = 'iglu:org.example/reader_support/jsonschema/1-0-0',
): {readonly method: string; readonly data: Values} {
  const {name, campaign = 'support', experiment, arm, placement, amount, order = ''} = event;
  const method = snowplowMethods[name];
  const revenue = valueOf(amount) ?? 0;
  const currency = amount?.currency ?? 'USD';
  if (name === 'view' || name === 'open')
    return {
      method: method ?? '',
      data: only({
        id: campaign,
        name: experiment,
        creative_id: arm,
        type: 'appeal',
        slot: placement,
      }),
    };
  if (name === 'start') return {method: method ?? '', data: {step: 1}};
  if (name === 'gift')
    return {
      method: method ?? '',
      data: {transaction_id: order, revenue, currency, payment_method: 'stripe', total_quantity: 1},
    };
  if (name === 'refund')
    return {
      method: method ?? '',
      data: {transaction_id: order, currency, refund_amount: revenue},
    };
  const data = only({name, campaign, experiment, arm, placement});
  return {method: 'trackSelfDescribingEvent', data: {event: {schema, data}}};
}

/** Translates for Plausible: `plausible(name, options)`, with at most thirty text properties. */
export function toPlausible(event: ExportedEvent): {
  readonly name: string;
  readonly options: {
    readonly props: Readonly<Record<string, string>>;
    readonly revenue?: {readonly currency: string; readonly amount: number};
  };
} {
  const {name, campaign, experiment, arm, placement, frequency, amount} = event;
  const props = only({campaign, experiment, arm, placement, frequency}) as Record<string, string>;
  const isMoney = name === 'gift' || name === 'refund';
  const sign = name === 'refund' ? -1 : 1;
  return {
    name: `support: ${name}`,
    options: {
      props,
      ...(isMoney &&
        amount && {revenue: {currency: amount.currency, amount: sign * (valueOf(amount) ?? 0)}}),
    },
  };
}
