/** Copies plain data so that it inherits nothing: a page may have added properties to `Object.prototype`. */

/**
 * Returns a deep copy of lists and plain objects with their own properties and no prototype. Anything
 * else, such as a function, a date or an instance of a class, is returned as it is.
 */
export function ownProperties<T>(value: T): T {
  if (Array.isArray(value)) return value.map(ownProperties) as T;
  if (typeof value !== 'object' || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  // A plain object of another frame has another `Object.prototype`.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [name, entry] of Object.entries(value)) copy[name] = ownProperties(entry);
  return copy as T;
}
