/** Says how long things may take in the tests, in milliseconds. Every runner and every test reads it here. */

/** One wait inside a test: for an element, a mail, an answer. */
export const waitLimit = 30_000;

/** One test, unless it says that it needs longer. */
export const testLimit = 60_000;

/** One journey through the demo in a browser. */
export const journeyLimit = 120_000;

/** A test that plays many games, or a suite that starts servers, builds or packs. */
export const longTestLimit = 240_000;

/** A soak of `npm run test:full`. */
export const soakLimit = 1_500_000;

/** A soak that goes on for an hour, with room to finish what it has begun on a busy machine. */
export const hourSoakLimit = 5_400_000;

/** One file of tests, by the runner, so that a test fails by its own name first. */
export const fileLimit = longTestLimit + testLimit;

/** One file of tests among which there are soaks. */
export const soakFileLimit = hourSoakLimit + testLimit;
