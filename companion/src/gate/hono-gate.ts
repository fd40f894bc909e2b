/** Provides the gate as Hono middleware. */

import type {Context, MiddlewareHandler} from 'hono';
import type {Connection} from '../http/address.js';
import type {Gate} from './gate.js';

/** Creates Hono middleware. `connection` returns where a request comes from: on Node, `getConnInfo(context).remote`. */
export function honoGate(
  gate: Gate,
  connection: (context: Context) => Connection = () => ({}),
): MiddlewareHandler {
  return async (context, next) => {
    const admission = await gate.decide(context.req.raw, connection(context));
    if (!admission) return next();
    const response = await gate.pass(
      context.req.raw,
      async request => {
        context.req.raw = request;
        await next();
        return context.res;
      },
      admission,
    );
    // Otherwise Hono would merge in the headers of the whole page.
    context.res = undefined;
    context.res = response;
    return undefined;
  };
}
