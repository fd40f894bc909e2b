/** Finds the companion's word for an error. */

import {Problem} from './problem.js';

/** A code (ours, Node's, PostgreSQL's or SQLite's), or the class of the error. */
export function wordFor(error: unknown): string {
  if (error instanceof Problem) return error.code;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && /^[A-Z\d_]{3,40}$/.test(code)) return code;
  return error instanceof Error ? error.name : typeof error;
}
