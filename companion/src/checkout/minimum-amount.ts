/** Sets a minimum amount that applies whatever the offer says, because card testers like small charges. */

/** Currencies whose unit is worth about a dollar: their minimum is one unit. In others the offer's applies. */
const units: ReadonlySet<string> = new Set([
  'USD',
  'EUR',
  'GBP',
  'CAD',
  'AUD',
  'NZD',
  'CHF',
  'SGD',
]);

/** Returns the smallest amount in a currency that the companion accepts, in minor units. */
export function leastTaken(currency: string): number {
  return units.has(currency) ? 100 : 0;
}
