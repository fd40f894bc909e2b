/** Reads a value by a schema of a campaigns file, and reports every problem with its path. */

import type {Schema} from './campaign-schema.js';

/** Reports a problem and returns `undefined`, so that a reader of values can return its result. */
export type Fail = (path: string, problem: string) => undefined;

// A malicious key may be as long as the file.
export const join = (path: string, key: string): string =>
  `${path && `${path}.`}${key.slice(0, 80)}`;

/**
 * Reads a value by its schema; `undefined` when it is invalid. Only known and own keys are read, so that
 * polluted prototypes have no effect.
 */
export function readBySchema(schema: Schema, value: unknown, path: string, fail: Fail): unknown {
  const {expected, minimum = -Infinity, maximum = Infinity} = schema;
  const wrong = (problem: string) => fail(path, problem);
  // Of two types, a text is the first.
  const type =
    typeof schema.type === 'string' ? schema.type : typeof value === 'string' ? 'string' : 'object';
  if (type === 'object') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return wrong(`must be ${type === schema.type ? 'an object' : expected}`);
    }
    const {properties = {}, required = [], additionalProperties, propertyNames} = schema;
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const isNamed = propertyNames && new RegExp(propertyNames.pattern, 'u').test(key);
      const inner = Object.hasOwn(properties, key)
        ? properties[key]
        : isNamed && additionalProperties;
      const entryPath = join(path, key);
      if (!inner) {
        const name = expected ?? `a name here must match ${propertyNames?.pattern}`;
        fail(entryPath, `is not known here${propertyNames ? `: ${name}` : ''}`);
      } else {
        const entry = readBySchema(inner, (value as Record<string, unknown>)[key], entryPath, fail);
        if (entry !== undefined) result[key] = entry;
      }
    }
    for (const key of required) if (!Object.hasOwn(value, key)) fail(join(path, key), 'is missing');
    return required.every(key => Object.hasOwn(result, key)) ? result : undefined;
  }
  if (type === 'array') {
    if (!Array.isArray(value)) return wrong('must be a list');
    const {items, minItems = 0, maxItems = Infinity} = schema;
    if (value.length < minItems) wrong(`must have at least ${minItems}`);
    if (value.length > maxItems) wrong(`must have at most ${maxItems}`);
    const entries = [];
    for (let i = 0; i < value.length && i < maxItems; i += 1) {
      entries.push(items && readBySchema(items, value[i], `${path}[${i}]`, fail));
    }
    // Campaigns and experiments keep their positions, which problems refer to.
    const isNamed = path === 'campaigns' || path === 'experiments';
    const sane = isNamed ? entries : entries.filter(entry => entry !== undefined);
    return sane.length < minItems ? undefined : sane;
  }
  if (type === 'string') {
    if (typeof value !== 'string') return wrong('must be text');
    const {enum: words, pattern, maxLength = Infinity} = schema;
    if (words && !words.includes(value)) return wrong(`must be one of ${words.join(', ')}`);
    // JSON Schema counts characters, not UTF-16 units.
    if (
      value.length > maxLength &&
      (value.length > 2 * maxLength || Array.from(value).length > maxLength)
    ) {
      return wrong(`must have at most ${maxLength} characters`);
    }
    if (pattern && !new RegExp(pattern, 'u').test(value))
      return wrong(expected ? `must be ${expected}` : `must match ${pattern}`);
    return value;
  }
  if (type === 'boolean')
    return typeof value === 'boolean' ? value : wrong('must be true or false');
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrong('must be a number');
  if (type === 'integer' && !Number.isInteger(value)) return wrong('must be a whole number');
  if (value < minimum) return wrong(`${value} is below ${minimum}`);
  if (value > maximum) return wrong(`${value} is above ${maximum}`);
  return value;
}
