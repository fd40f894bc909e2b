/** Serves the operator's routes: health, readiness and metrics. */

import type {Context} from 'hono';
import type {Env} from './address.js';
import type {Metrics} from './metrics.js';
import type {SiteSettings} from './settings.js';
import {Problem} from './problem.js';

const headers = {'cache-control': 'no-store', 'x-content-type-options': 'nosniff'};

/** What the command `doctor` sends to see how it arrives: an address of the documentation's, which no proxy has. */
export const canary = {address: '192.0.2.77', cookie: 'support-doctor=1'} as const;

/** How long the store may take to answer a ping, in ms. */
const timeoutMs = 2000;

/** Resolves with whether a token is right. Rejects with 429 where its network has given too many wrong ones. */
export type TokenCheck = (context: Context<Env>, given: string, token: string) => Promise<boolean>;

type Route = (context: Context<Env>) => Promise<Response>;

/** What the three routes need. */
interface OperationSettings extends Pick<SiteSettings, 'log' | 'trustedHops'> {
  readonly store: {ping?(): Promise<void>};
  readonly metricsToken: string | undefined;
  /** The companion's own. */
  readonly version: string;
}

/** Creates the three routes. */
export function operationRoutes(
  {store, log, metricsToken, trustedHops, version}: OperationSettings,
  metrics: Metrics,
  isToken: TokenCheck,
): Readonly<Record<'health' | 'ready' | 'metrics' | 'doctor', Route>> {
  async function ping(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Problem(503, 'timeout')), timeoutMs);
    });
    try {
      await Promise.race([store.ping?.(), timeout]);
    } finally {
      clearTimeout(timer);
    }
  }

  async function requireToken(context: Context<Env>): Promise<void> {
    const [, token = ''] = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '') ?? [];
    // A missing token in the set-up and a wrong one in the request look the same: 404.
    if (!metricsToken || !token || !(await isToken(context, token, metricsToken)))
      throw new Problem(404, 'not-found');
  }

  return {
    /** Answers while the process runs, whatever the store does: restarting would not bring the store back. */
    health: context => Promise.resolve(context.json({ok: true}, 200, headers)),

    /** Answers 200 when the companion can serve requests. */
    async ready(context) {
      try {
        await ping();
      } catch (error) {
        const type = error instanceof Error ? error.name : typeof error;
        log({at: 'companion', problem: 'not-ready', detail: {type}});
        return context.json({ok: false, store: 'down'}, 503, headers);
      }
      return context.json({ok: true}, 200, headers);
    },

    /** Tells the command `doctor` how a request arrives: the addresses that proxies added are counted, not told. */
    async doctor(context) {
      await requireToken(context);
      const header = context.req.header('x-forwarded-for') ?? '';
      const entries = header.split(',').filter(entry => entry.trim());
      // It sends one of its own, which comes first unless a proxy has taken it out.
      const isKept = entries[0]?.trim() === canary.address;
      const hasCookie = (context.req.header('cookie') ?? '').split('; ').includes(canary.cookie);
      const hops = entries.length - Number(isKept);
      return context.json({version, trustedHops, hops, hasCookie}, 200, headers);
    },

    async metrics(context) {
      await requireToken(context);
      const text = await metrics.text();
      if (text === undefined) throw new Problem(404, 'not-found');
      return context.body(text, 200, {
        ...headers,
        'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      });
    },
  };
}
