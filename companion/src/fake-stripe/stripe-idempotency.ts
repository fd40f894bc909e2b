/** Replays the response of a request whose idempotency key was used before. */

import {json, type StripeAnswer} from './stripe-answer.js';
import {StripeRefusal} from './stripe-refusal.js';

/** An answer, and whether it is replayed. */
export type Given = StripeAnswer & {readonly replayed: boolean};

/**
 * The first request with a key does the work. Later ones get its answer, or an error if their
 * parameters differ. Without a key every request does the work.
 */
export type Once = (
  key: string | undefined,
  asked: string,
  run: () => Promise<StripeAnswer>,
) => Promise<Given>;

const tooLong = new StripeRefusal('Idempotency keys can have up to 255 characters');
const mismatch = new StripeRefusal(
  'Keys for idempotent requests can only be used with the same parameters they were first used with.',
  {type: 'idempotency_error'},
);
const inUse = new StripeRefusal(
  'There is currently another in-progress request using this Idempotent Key.',
  {status: 409, type: 'idempotency_error', code: 'idempotency_key_in_use'},
);

const refuse = (refusal: StripeRefusal): Given => ({
  ...json(refusal.body, refusal.status),
  replayed: false,
});

/** Creates the memory of one account's answers. */
export function idempotency(): Once {
  const answered = new Map<string, {readonly asked: string; readonly answer: StripeAnswer}>();
  const inWork = new Set<string>();
  return async (key, asked, run) => {
    if (key === undefined) return {...(await run()), replayed: false};
    if (key.length > 255) return refuse(tooLong);
    const previous = answered.get(key);
    if (previous && previous.asked !== asked) return refuse(mismatch);
    if (previous) return {...previous.answer, replayed: true};
    if (inWork.has(key)) return refuse(inUse);
    inWork.add(key);
    try {
      const answer = await run();
      // Requests refused before the work begins may be retried with the same key.
      if (answer.status < 400 || answer.status >= 500) answered.set(key, {asked, answer});
      return {...answer, replayed: false};
    } finally {
      inWork.delete(key);
    }
  };
}
