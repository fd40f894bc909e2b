/** Parses the SDK's form encoding: `line_items[0][price_data][currency]=usd`. */

/** A parsed parameter: any JSON value. */
export type FormValue = string | number | boolean | FormValue[] | {[name: string]: FormValue};
export type FormFields = Record<string, FormValue>;

/** Parses a name into a path. Throws on names that would reach a prototype or are deeper than Stripe's. */
function pathOf(name: string): string[] {
  const path = name.split('[').map(part => part.replace(/\]$/, ''));
  const isSafe = path.every(part => part !== '__proto__' && part !== 'constructor');
  return isSafe && path.length <= 8 ? path : [];
}

const integers = new Set([
  'amount',
  'expires_at',
  'interval_count',
  'limit',
  'quantity',
  'trial_end',
  'trial_period_days',
  'unit_amount',
]);

/** Converts a text to the type of the SDK's parameter; metadata stays text, as at Stripe. */
function typed(path: readonly string[], text: string): string | number | boolean {
  if (path.includes('metadata')) return text;
  if (integers.has(path.at(-1) ?? '') && /^-?\d+$/.test(text)) return Number(text);
  return text === 'true' ? true : text === 'false' ? false : text;
}

/** Converts objects with the keys 0, 1, 2 … to lists. */
function withLists(value: FormValue): FormValue {
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, withLists(inner)] as const);
  const isList = entries.length > 0 && entries.every(([name], at) => name === `${at}`);
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

/** Parses a body or a query into the SDK's parameters. */
export function parseForm(text: string): FormFields {
  const root: FormFields = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = pathOf(name);
    const last = path.at(-1);
    if (last === undefined) continue;
    let level = root;
    for (const part of path.slice(0, -1)) {
      const next = level[part];
      if (typeof next === 'object' && !Array.isArray(next)) level = next;
      else {
        const fresh: FormFields = {};
        level[part] = fresh;
        level = fresh;
      }
    }
    // `expand[]=…` is the only list without indices.
    level[last === '' ? `${Object.keys(level).length}` : last] = typed(path, value);
  }
  return Object.fromEntries(Object.entries(root).map(([name, value]) => [name, withLists(value)]));
}
