/** Serves the two checkout routes: creates Checkout Sessions and reports what became of them. */

import type {Context} from 'hono';
import {callerAddress, callerKeys, dayKey, type Env} from '../http/address.js';
import {readJson} from '../http/body.js';
import {attemptKey, sessionParams, type SessionSettings} from './checkout-session.js';
import {type CheckoutRequest, readCheckoutRequest} from './intent.js';
import {requireHuman, type HumanCheck} from './human-check.js';
import {
  type Limit,
  type Limiter,
  slidingWindow,
  takeFromAll,
  takeFromNetworks,
} from '../limits/index.js';
import type {SiteSettings, Suspicion} from '../http/settings.js';
import {corsHeaders, requireAllowedOrigin} from '../http/origin.js';
import type {PaidCheckout, Payments} from '../stripe/index.js';
import type {Passes} from '../passes/index.js';
import {Problem} from '../http/problem.js';

type SessionAnswer = Awaited<ReturnType<Payments['createSession']>>;

const largestRequest = 4096;
const mostAnswersKept = 1000;

/** The limit of looking how a checkout stands, which a page does again and again. */
const manyMore = (limit: Limit) => ({max: limit.max * 12, windowMs: limit.windowMs});

/** What the two routes need of the settings. */
interface CheckoutSettings extends SiteSettings, SessionSettings {
  readonly limiter: Limiter;
  readonly perAddress: readonly Limit[];
  readonly perReader: readonly Limit[];
  readonly global: readonly Limit[];
  readonly humanCheck: HumanCheck | undefined;
}

/** Creates the two checkout routes. */
export function checkoutRoutes(
  settings: CheckoutSettings,
  payments: Payments,
  passes?: Passes,
): {
  readonly create: (context: Context<Env>) => Promise<Response>;
  readonly look: (context: Context<Env>) => Promise<Response>;
} {
  const {origins, limiter, log, now, onSuspicious} = settings;
  const fallbackLimiter = slidingWindow();
  const seenLimiter = slidingWindow();
  // Equal requests, in flight or answered, share one answer: a double press reaches neither Stripe nor
  // the limits. Across processes, Stripe's idempotency keys do the same.
  const answers = new Map<string, Promise<SessionAnswer>>();

  const nameOf = (error: unknown) => ({type: error instanceof Error ? error.name : ''});

  async function refuseTooMany(
    context: Context<Env>,
    what: 'checkout' | 'look',
    {change = (limit: Limit) => limit, reader = undefined as string | undefined} = {},
  ) {
    const time = now();
    const address = callerAddress(context.req.raw, context.env, settings.trustedHops);
    const [secret = ''] = settings.webhookSecrets;
    let isDown = false;
    const wait = async (bucket: string, limits: readonly Limit[]) => {
      const asked = [`${what}:${bucket}`, limits.map(change), time] as const;
      try {
        return await limiter.take(...asked);
      } catch (error) {
        if (!isDown) log({at: 'limiter', problem: 'down', detail: nameOf(error)});
        isDown = true;
        // A counter that is down must not turn gifts away. Until it is back, this process counts alone.
        return await fallbackLimiter.take(...asked);
      }
    };
    let by: Suspicion['by'] = 'address';
    const networks = address ? await callerKeys(secret, address, time) : [];
    let ms = await takeFromNetworks(wait, networks, settings.perAddress);
    if (!ms && reader) {
      by = 'reader';
      ms = await wait(await dayKey(secret, `reader:${reader}`, time), settings.perReader);
    }
    if (!ms) {
      by = 'everybody';
      const remember = (bucket: string, limits: readonly Limit[]) =>
        seenLimiter.take(`${what}:${bucket}`, limits.map(change), time);
      ms = await takeFromAll(wait, remember, networks.at(-1), settings.global);
    }
    if (!ms) return;
    log({at: 'limiter', problem: 'rate-limited', detail: {what, by}});
    onSuspicious({what, by});
    throw new Problem(429, 'rate-limited', {headers: {'retry-after': `${Math.ceil(ms / 1000)}`}});
  }

  function answerOnce(key: string, make: () => Promise<SessionAnswer>): Promise<SessionAnswer> {
    const previous = answers.get(key);
    if (previous) return previous;
    const answer = make();
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    if (answers.size > mostAnswersKept) {
      const [oldest] = answers.keys();
      if (oldest !== undefined) answers.delete(oldest);
    }
    return answer;
  }

  const headers = (request: Request) => ({
    ...corsHeaders(request, origins),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });

  /** Fetches the pass of a checkout. A failure must not hide that the gift arrived. */
  async function fetchPass(request: Request, session: string, paid: PaidCheckout) {
    try {
      return (await passes?.fetch(request, session, paid)) ?? [];
    } catch (error) {
      const type = error instanceof Error ? error.name : typeof error;
      log({at: 'passes', problem: 'store-down', detail: {type}});
      return [];
    }
  }

  /** Asks before a second recurring gift. A store that is down must not turn gifts away. */
  async function askBeforeSecond(request: Request, {frequency, anotherGift}: CheckoutRequest) {
    if (!passes || frequency === 'once' || anotherGift) return;
    const mustAsk = await passes.mustAsk(request).catch((error: unknown) => {
      log({at: 'passes', problem: 'store-down', detail: nameOf(error)});
      return false;
    });
    if (!mustAsk) return;
    throw new Problem(409, 'already-supporting', {manage: `${settings.basePath}/portal`});
  }

  return {
    async create(context) {
      const request = context.req.raw;
      requireAllowedOrigin(request, origins);
      const intent = readCheckoutRequest(await readJson(request, largestRequest));
      const params = sessionParams(settings, intent);
      const key = await attemptKey(intent.attemptId, params);
      await askBeforeSecond(request, intent);
      const answer = await answerOnce(key, async () => {
        const {readerId: reader} = intent.attribution;
        await refuseTooMany(context, 'checkout', {reader});
        try {
          await requireHuman(settings.humanCheck, intent.challenge, intent.attemptId, error =>
            log({at: 'human-check', problem: 'down', detail: nameOf(error)}),
          );
        } catch (error) {
          if (intent.challenge !== undefined) onSuspicious({what: 'human-check'});
          throw error;
        }
        return payments.createSession(params, key);
      });
      const response = context.json(answer.answer, 200, headers(request));
      // Only the browser that started this checkout may fetch the pass when it comes back.
      if (passes) response.headers.append('set-cookie', await passes.bind(request, answer.id));
      return response;
    },

    async look(context) {
      const request = context.req.raw;
      if (request.headers.has('origin')) requireAllowedOrigin(request, origins);
      const id = context.req.param('id') ?? '';
      if (!/^cs_(test|live)_\w{1,200}$/.test(id)) throw new Problem(404, 'not-found');
      await refuseTooMany(context, 'look', {change: manyMore});
      const {standing, paid} = await payments.readSession(id);
      const response = context.json(standing, 200, headers(request));
      for (const cookie of paid ? await fetchPass(request, id, paid) : [])
        response.headers.append('set-cookie', cookie);
      return response;
    },
  };
}
