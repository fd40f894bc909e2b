/** How does a gate stand in front of the routes of a Hono app? */

import type {Context, MiddlewareHandler} from 'hono';
import type {Connection} from '../address.js';
import type {Gate} from './gate.js';

/** A gate as Hono middleware. `connection` says where a request comes from: on Node, `getConnInfo(context).remote`. */
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
    // Or Hono would put the headers of the whole page back.
    context.res = undefined;
    context.res = response;
    return undefined;
  };
}
