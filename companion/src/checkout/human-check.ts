/** Verifies with a provider such as Turnstile that a person pressed the button. */

import {Problem} from '../http/problem.js';

/** Verifies what a page sent as `challenge`. */
export interface HumanCheck {
  /**
   * Resolves with whether the answer is valid. Rejects when the provider cannot be asked; the checkout
   * then continues, because rate limits and the pay page's own defences still apply. `attempt` stays
   * the same when a press is retried.
   */
  verify(challenge: string, attempt: string): Promise<boolean>;
}

/** Options for Turnstile and providers with the same protocol. */
export interface TurnstileOptions {
  readonly secretKey: string;
  /** The verification endpoint. Default: Cloudflare's. hCaptcha and reCAPTCHA accept the same form. */
  readonly url?: string;
  /** The host the answer must come from. Default: any. */
  readonly hostname?: string;
  /** The action the answer must name. Default: any. */
  readonly action?: string;
  /** How long a verification may take, in ms. Default: 3000. */
  readonly timeout?: number;
  readonly fetch?: typeof fetch;
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Creates a check by Cloudflare Turnstile. The reader's address is not passed on.
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
      // An answer can be verified once; with the same key, a retry of the press may verify it again.
      if (uuid.test(attempt)) body.set('idempotency_key', attempt);
      const response = await ask(url, {method: 'POST', body, signal: AbortSignal.timeout(timeout)});
      if (response.status >= 500) throw new Error('the check is down');
      const answer = Object(await response.json()) as Readonly<Record<string, unknown>>;
      if (answer['success'] !== true) {
        const codes = Array.isArray(answer['error-codes']) ? answer['error-codes'] : [];
        // The error lies in the set-up or at the provider, so readers must not be turned away.
        if (codes.some(code => /secret|internal-error|bad-request/.test(String(code))))
          throw new Error('the check is not set up');
        return false;
      }
      if (hostname !== undefined && answer['hostname'] !== hostname) return false;
      return action === undefined || answer['action'] === action;
    },
  };
}

/** Throws a `Problem` unless the answer is valid. `down` is called when the check cannot be reached. */
export async function requireHuman(
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
