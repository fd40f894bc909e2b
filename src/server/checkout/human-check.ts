/** Is somebody there? A check that a provider makes in the page, and confirms to the companion. */

import {Problem} from '../problem.js';

/** Confirms what a page sent as `challenge`. */
export interface HumanCheck {
  /**
   * Resolves with whether the answer is good. Rejects when that cannot be found out; then the press
   * goes through, because limits and the pay page's own defences still hold. `attempt` is the same
   * when a press is retried.
   */
  verify(challenge: string, attempt: string): Promise<boolean>;
}

/** How Turnstile, or whoever speaks as it does, is asked. */
export interface TurnstileOptions {
  readonly secretKey: string;
  /** Where answers are confirmed. Default: Cloudflare's address. hCaptcha and reCAPTCHA take the same form. */
  readonly url?: string;
  /** The host that the answer must have been given on, when it matters. */
  readonly hostname?: string;
  /** The action that the page named, when it matters. */
  readonly action?: string;
  /** Ms that a confirmation may take. Default: 3000. */
  readonly timeout?: number;
  readonly fetch?: typeof fetch;
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * A check by Cloudflare Turnstile. The reader's address is not passed on.
 * @see https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
 */
export function turnstile(options: TurnstileOptions): HumanCheck {
  const {secretKey, hostname, action, timeout = 3000, fetch: ask = fetch} = options;
  const {url = 'https://challenges.cloudflare.com/turnstile/v0/siteverify'} = options;
  if (typeof secretKey !== 'string' || !secretKey.trim())
    throw new TypeError('turnstile: expected `secretKey` to be a secret but received a blank one');
  return {
    async verify(challenge, attempt) {
      const body = new URLSearchParams({secret: secretKey, response: challenge});
      // An answer can be confirmed once; a retry of the same press may confirm it again.
      if (uuid.test(attempt)) body.set('idempotency_key', attempt);
      const response = await ask(url, {method: 'POST', body, signal: AbortSignal.timeout(timeout)});
      if (response.status >= 500) throw new Error('the check is down');
      const answer = Object(await response.json()) as Readonly<Record<string, unknown>>;
      if (answer['success'] !== true) {
        const codes = Array.isArray(answer['error-codes']) ? answer['error-codes'] : [];
        // The fault is ours or theirs, so no reader is to suffer for it.
        if (codes.some(code => /secret|internal-error|bad-request/.test(String(code))))
          throw new Error('the check is not set up');
        return false;
      }
      if (hostname !== undefined && answer['hostname'] !== hostname) return false;
      return action === undefined || answer['action'] === action;
    },
  };
}

/** Refuses a press without a good answer. `down` is told when the check cannot be asked. */
export async function refuseMachines(
  check: HumanCheck | undefined,
  challenge: string | undefined,
  attempt: string,
  down: (error: unknown) => void,
): Promise<void> {
  if (!check) return;
  let isGood = false;
  try {
    isGood = challenge !== undefined && (await check.verify(challenge, attempt));
  } catch (error) {
    down(error);
    return;
  }
  if (!isGood) throw new Problem(403, 'challenge-required');
}
