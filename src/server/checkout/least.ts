/** Below what is nothing sold, whatever the offer says? Card testers like nothing as much as small change. */

/** Currencies whose unit is worth about a dollar: a unit. In others the offer's own minimum holds. */
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

/** The least amount in a currency that the companion takes, in minor units. */
export function leastTaken(currency: string): number {
  return units.has(currency) ? 100 : 0;
}
