/** Refuses the Checkout Sessions that Stripe refuses, as of 2026-10-28.endive, and no others. */

import type Stripe from 'stripe';
import {isCurrency, minorUnits} from 'reader-support/core';
import type {FormFields, FormValue} from './stripe-form.js';
import {StripeRefusal} from './stripe-refusal.js';

const known = new Set(
  'adaptive_pricing after_expiration allow_promotion_codes allowed_payment_method_types automatic_tax billing_address_collection branding_settings cancel_url client_reference_id consent_collection currency custom_fields custom_text customer customer_account customer_creation customer_email customer_update discounts excluded_payment_method_types expand expires_at integration_identifier invoice_creation line_items locale managed_payments metadata mode name_collection optional_items origin_context payment_intent_data payment_method_collection payment_method_configuration payment_method_data payment_method_options permissions phone_number_collection redirect_on_completion return_url saved_payment_method_options setup_intent_data shipping_address_collection shipping_options submit_type subscription_data success_url tax_id_collection ui_mode wallet_options'.split(
    ' ',
  ),
);

const locales = new Set(
  'auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW'.split(
    ' ',
  ),
);

/** The minimum charge by settlement currency; the fake settles in each of them. */
const minimums: Readonly<Record<string, number>> = {
  USD: 50,
  EUR: 50,
  GBP: 30,
  CAD: 50,
  AUD: 50,
  NZD: 50,
  CHF: 50,
  SGD: 50,
  BRL: 50,
  INR: 50,
  BGN: 100,
  AED: 200,
  MYR: 200,
  PLN: 200,
  RON: 200,
  DKK: 250,
  NOK: 300,
  SEK: 300,
  HKD: 400,
  MXN: 1000,
  THB: 1000,
  CZK: 1500,
  HUF: 17500,
  JPY: 50,
};

const largestAmount = 99_999_999;

function refuse(message: string, param: string, code?: string): never {
  throw new StripeRefusal(message, {param, ...(code && {code})});
}

function oneOf(value: FormValue | undefined, allowed: readonly string[], param: string): void {
  if (value === undefined || (typeof value === 'string' && allowed.includes(value))) return;
  refuse(`Invalid ${param}: must be one of ${allowed.join(', ')}`, param);
}

function fieldsOf(value: FormValue | undefined): FormFields {
  return typeof value === 'object' && !Array.isArray(value) ? value : {};
}

function knownOnly(fields: FormFields, names: ReadonlySet<string>, prefix = ''): void {
  for (const name of Object.keys(fields))
    if (!names.has(name)) {
      const param = prefix ? `${prefix}[${name}]` : name;
      refuse(`Received unknown parameter: ${param}`, param, 'parameter_unknown');
    }
}

/** Checks metadata: at most 50 keys of 40 characters with values of 500. */
function checkMetadata(value: FormValue | undefined, param: string): void {
  const entries = Object.entries(fieldsOf(value));
  if (entries.length > 50) refuse('Metadata can have up to 50 keys', param);
  for (const [key, text] of entries) {
    if (key.length > 40) refuse('Metadata keys can have up to 40 characters', param);
    if (typeof text === 'string' && text.length > 500)
      refuse(
        `Metadata values can have up to 500 characters, but you passed in a value that is ${text.length} characters`,
        `${param}[${key}]`,
      );
  }
}

function checkUrl(value: FormValue | undefined, param: string): void {
  if (value === undefined) return;
  const text = typeof value === 'string' ? value.replaceAll('{CHECKOUT_SESSION_ID}', 'x') : '';
  if (!URL.canParse(text) || !/^https?:/.test(text))
    refuse('Not a valid URL', param, 'url_invalid');
}

const priceNames = new Set(
  'currency product product_data recurring tax_behavior unit_amount unit_amount_decimal'.split(' '),
);

function checkPrice(item: FormFields, at: number, mode: FormValue): void {
  const param = `line_items[${at}]`;
  knownOnly(
    item,
    new Set(
      'adjustable_quantity dynamic_tax_rates metadata price price_data quantity tax_rates'.split(
        ' ',
      ),
    ),
    param,
  );
  const inner = `${param}[price_data]`;
  if (item['price_data'] === undefined)
    refuse('The fake has no prices: pass price_data', inner, 'parameter_missing');
  if (item['quantity'] === undefined)
    refuse('Quantity is required', `${param}[quantity]`, 'parameter_missing');
  const price = fieldsOf(item['price_data']);
  knownOnly(price, priceNames, inner);

  const code = typeof price['currency'] === 'string' ? price['currency'].toUpperCase() : '';
  if (!isCurrency(code)) refuse(`Invalid currency: ${code.toLowerCase()}`, `${inner}[currency]`);
  if ((price['product'] === undefined) === (price['product_data'] === undefined))
    refuse('You must specify either `product` or `product_data`', `${inner}[product]`);

  const amount = price['unit_amount'];
  const amountParam = `${inner}[unit_amount]`;
  if (typeof amount !== 'number' || amount < 0)
    refuse('Invalid non-negative integer', amountParam, 'parameter_invalid_integer');
  if (amount > largestAmount)
    refuse('The amount must be no more than 999,999.99', amountParam, 'amount_too_large');
  if (amount % minorUnits(code).step)
    refuse(`Invalid amount for ${code.toLowerCase()}`, amountParam, 'parameter_invalid_integer');
  const least = minimums[code] ?? 1;
  if (amount < least)
    refuse(
      `The Checkout Session's total amount must convert to at least ${least} ${code.toLowerCase()}`,
      amountParam,
      'amount_too_small',
    );

  const recurring = price['recurring'];
  if (mode === 'subscription' && !recurring)
    refuse('`subscription` mode needs a recurring price', `${inner}[recurring]`);
  if (mode === 'payment' && recurring)
    refuse('You specified `payment` mode but passed a recurring price', 'mode');
  if (recurring !== undefined)
    oneOf(
      fieldsOf(recurring)['interval'],
      ['day', 'week', 'month', 'year'],
      `${inner}[recurring][interval]`,
    );
}

function checkUi(params: FormFields): void {
  const ui = params['ui_mode'];
  // The names until 2026-03-25.dahlia, which the SDK's types still accept.
  if (ui === 'hosted' || ui === 'embedded' || ui === 'custom')
    refuse(
      `Invalid ui_mode: ${ui} was renamed; use hosted_page, embedded_page or elements`,
      'ui_mode',
    );
  oneOf(ui, ['hosted_page', 'embedded_page', 'elements', 'form'], 'ui_mode');
  if (ui !== undefined && ui !== 'hosted_page' && ui !== 'embedded_page')
    refuse('The fake has hosted and embedded pages only', 'ui_mode');

  for (const name of ['success_url', 'cancel_url', 'return_url']) checkUrl(params[name], name);
  if (ui === 'embedded_page') {
    for (const name of ['success_url', 'cancel_url'])
      if (params[name] !== undefined)
        refuse(`You can not pass \`${name}\` when \`ui_mode\` is \`embedded_page\``, name);
    const redirect = params['redirect_on_completion'];
    oneOf(redirect, ['always', 'if_required', 'never'], 'redirect_on_completion');
    if (redirect !== 'never' && params['return_url'] === undefined)
      refuse('Missing required param: return_url', 'return_url', 'parameter_missing');
    if (redirect === 'never' && params['return_url'] !== undefined)
      refuse('You can not pass `return_url` when nothing redirects', 'return_url');
    return;
  }
  for (const name of ['return_url', 'redirect_on_completion'])
    if (params[name] !== undefined)
      refuse(`You can only pass \`${name}\` when \`ui_mode\` is \`embedded_page\``, name);
  if (params['success_url'] === undefined)
    refuse('Missing required param: success_url', 'success_url', 'parameter_missing');
}

/** Checks parameters as Stripe does and returns them typed. Throws a `StripeRefusal`. */
export function checkSession(
  params: FormFields,
  now: number,
): Stripe.Checkout.SessionCreateParams & {readonly mode: 'payment' | 'subscription'} {
  if (params['payment_method_types'] !== undefined)
    refuse(
      'Received unknown parameter: payment_method_types. It was removed; use allowed_payment_method_types',
      'payment_method_types',
      'parameter_unknown',
    );
  knownOnly(params, known);

  const {mode} = params;
  oneOf(mode, ['payment', 'setup', 'subscription'], 'mode');
  if (mode === undefined) refuse('Missing required param: mode', 'mode', 'parameter_missing');
  if (mode === 'setup') refuse('The fake supports gifts only, not setups', 'mode');
  checkUi(params);

  const items = params['line_items'];
  if (!Array.isArray(items) || !items.length)
    refuse('Missing required param: line_items', 'line_items', 'parameter_missing');
  items.forEach((item, at) => checkPrice(fieldsOf(item), at, mode));

  const {locale, expires_at: expires, client_reference_id: reference} = params;
  if (locale !== undefined && !(typeof locale === 'string' && locales.has(locale)))
    refuse('Invalid locale', 'locale');
  if (reference !== undefined && (typeof reference !== 'string' || reference.length > 200))
    refuse('client_reference_id can have up to 200 characters', 'client_reference_id');
  if (reference === '')
    refuse('Invalid empty string', 'client_reference_id', 'parameter_invalid_empty');
  if (expires !== undefined) {
    const seconds = Number(expires) - now / 1000;
    if (!(seconds >= 1800 - 1 && seconds <= 86_400 + 1))
      refuse('`expires_at` must be between 30 minutes and 24 hours from now', 'expires_at');
  }
  const email = params['customer_email'];
  if (email !== undefined && !(typeof email === 'string' && /^[^\s@]+@[^\s@]+$/.test(email)))
    refuse(`Invalid email address: ${JSON.stringify(email)}`, 'customer_email', 'email_invalid');
  oneOf(params['submit_type'], ['auto', 'book', 'donate', 'pay', 'subscribe'], 'submit_type');

  const subscription = params['subscription_data'];
  const payment = params['payment_intent_data'];
  if (subscription !== undefined && mode !== 'subscription')
    refuse('You can not pass `subscription_data` in `payment` mode', 'subscription_data');
  if (payment !== undefined && mode !== 'payment')
    refuse('You can not pass `payment_intent_data` in `subscription` mode', 'payment_intent_data');
  checkMetadata(params['metadata'], 'metadata');
  checkMetadata(fieldsOf(subscription)['metadata'], 'subscription_data[metadata]');
  checkMetadata(fieldsOf(payment)['metadata'], 'payment_intent_data[metadata]');

  // Parsed parameters that pass the checks above have the shape of the SDK's parameters.
  return params as unknown as ReturnType<typeof checkSession>;
}
