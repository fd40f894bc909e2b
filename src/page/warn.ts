/** Tells a developer what went wrong; the page goes on. */
export const warn = (error: unknown): void => console.warn('reader-support:', error);
