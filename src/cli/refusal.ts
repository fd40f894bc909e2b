/** What went wrong that whoever typed the command can mend? */

/** Its message is printed as it is, without a stack, and the command ends with 1. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/**
 * The words for an error that came from elsewhere. A message of a database or of Stripe may hold a
 * password or an address, so only our own and those of a refused set-up are repeated.
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
