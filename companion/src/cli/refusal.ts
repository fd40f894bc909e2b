/** Declares the error for problems that the operator can fix. */

/** An error whose message is printed without a stack; the command exits with 1. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/**
 * Wraps an error from elsewhere. Messages of a database or of Stripe may contain a password or an
 * address, so only messages of our own and of a rejected set-up are repeated.
 */
export function refusalOf(what: string, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const {message = ''} = error as {readonly message?: string};
  if (error instanceof TypeError) return new Refusal(message);
  if (message.startsWith('reader-support: ')) return new Refusal(message.slice(16));
  const {name, code} = error as {readonly name?: string; readonly code?: unknown};
  const word = typeof code === 'string' && code ? code : (name ?? typeof error);
  return new Refusal(`${what} (${word})`, {cause: error});
}
