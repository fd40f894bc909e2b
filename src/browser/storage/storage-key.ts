/** The one key this library writes. */
export const storageKey = 'support:reader';
