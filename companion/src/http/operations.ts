/** Serves the operator's routes: health, readiness and metrics. */

import type {Context} from 'hono';
import type {Env} from './address.js';
import type {Metrics} from './metrics.js';
import type {SiteSettings} from './settings.js';
import {Problem} from './problem.js';

const headers = {'cache-control': 'no-store', 'x-content-type-options': 'nosniff'};

/** How long the store may take to answer a ping, in ms. */
const timeoutMs = 2000;

/** Resolves with whether a token is right. Rejects with 429 where its network has given too many wrong ones. */
export type TokenCheck = (context: Context<Env>, given: string, token: string) => Promise<boolean>;

type Route = (context: Context<Env>) => Promise<Response>;

/** What the three routes need. */
interface OperationSettings extends Pick<SiteSettings, 'log'> {
  readonly store: {ping?(): Promise<void>};
  readonly metricsToken: string | undefined;
}

/** Creates the three routes. */
export function operationRoutes(
  {store, log, metricsToken}: OperationSettings,
  metrics: Metrics,
  isToken: TokenCheck,
): {readonly health: Route; readonly ready: Route; readonly metrics: Route} {
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

    async metrics(context) {
      const [, token = ''] = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '') ?? [];
      // A missing token in the set-up and a wrong one in the request look the same: 404.
      if (!metricsToken || !token || !(await isToken(context, token, metricsToken)))
        throw new Problem(404, 'not-found');
      return context.body(metrics.text(), 200, {
        ...headers,
        'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      });
    },
  };
}
