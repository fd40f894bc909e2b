/** Says which texts may be stored and passed on: whole letters, and no control characters. */

/**
 * Matches a text without control characters and without half a letter. PostgreSQL stores no NUL, and half
 * a letter cannot be encoded as UTF-8: a database or Stripe would refuse it as if something were broken.
 */
export const plainText: RegExp = /^[^\p{Cc}\p{Cs}]*$/u;
