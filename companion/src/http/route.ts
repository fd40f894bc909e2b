/** Registers the handlers of a path, the answer to its preflight, and the problem for any other method. */

import type {Context, Hono} from 'hono';
import type {Env} from './address.js';
import {preflight} from './origin.js';
import {Problem} from './problem.js';

/** Where paths are registered. */
type Routes = Pick<Hono<Env>, 'on' | 'options' | 'all'>;

type Handler = (context: Context<Env>) => Response | Promise<Response>;

/** What answers a path: a handler for each method. */
export type Handlers = Readonly<Partial<Record<'GET' | 'POST' | 'PUT', Handler>>>;

/** Which page of another origin may use a path: those of these origins, with this method. */
export interface Cors {
  readonly origins: ReadonlySet<string>;
  readonly method: keyof Handlers;
}

/** Registers a path. Methods without a handler are answered with 405 and an `Allow` header. */
export function route(app: Routes, path: string, handlers: Handlers, cors?: Cors): void {
  const methods = Object.keys(handlers);
  for (const [method, handler] of Object.entries(handlers)) app.on(method, path, handler);
  if (cors) app.options(path, context => preflight(context.req.raw, cors.origins, cors.method));
  const allow = [...methods, ...(cors ? ['OPTIONS'] : [])].join(', ');
  app.all(path, () => {
    throw new Problem(405, 'method-not-allowed', {headers: {allow}});
  });
}
