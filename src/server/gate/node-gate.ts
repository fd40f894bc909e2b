/** How does a gate stand in front of an app that writes to Node's own response: Express, Connect, plain? */

import {refusedHeaders, type Gate} from './gate.js';

type HeaderValue = number | string | readonly string[] | undefined;

/** What we use of Node's `IncomingMessage`. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly socket: {readonly remoteAddress?: string | undefined};
}

/** What we use of Node's `ServerResponse`. */
export interface NodeResponse {
  statusCode: number;
  getHeaders(): Record<string, HeaderValue>;
  getHeaderNames(): string[];
  setHeader(name: string, value: string | string[]): unknown;
  removeHeader(name: string): void;
  readonly writeHead: unknown;
  readonly flushHeaders: unknown;
  write(chunk: Uint8Array): boolean;
  end(): unknown;
  destroy(): unknown;
  once(event: 'drain' | 'close', listener: () => void): unknown;
  readonly destroyed: boolean;
}

/** Middleware of Express or Connect; a plain server calls it with its own `next`. */
export type NodeMiddleware = (
  request: NodeRequest,
  response: NodeResponse,
  next: (error?: unknown) => void,
) => void;

const asPairs = (headers: Record<string, HeaderValue>): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, String(one)]),
  );

/** The headers of `writeHead()`: an object, or names and values in turn, where a name may stand twice. */
function inOne(headers: object): Record<string, string | string[]> {
  if (!Array.isArray(headers)) return headers as Record<string, string | string[]>;
  const all: Record<string, string | string[]> = {};
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = String(headers[at]).toLowerCase();
    const value = headers[at + 1] as string | string[];
    all[name] = name in all ? [all[name] ?? [], value].flat() : value;
  }
  return all;
}

function asRequest(request: NodeRequest): Request {
  const {method = 'GET', headers, url = '/'} = request;
  // Express cuts the mount's path off.
  const {originalUrl = url} = request as {originalUrl?: string};
  const host = [headers['host']].flat()[0] ?? 'localhost';
  // Not `new URL(path, base)`: of a path with two slashes it would make a host.
  const address = /^\w+:\/\//.test(originalUrl) ? originalUrl : `http://${host}${originalUrl}`;
  return new Request(address, {method, headers: asPairs(headers)});
}

/**
 * Takes in what the app writes, and gives it as a web response as soon as its head is known. The
 * app's later words go into the stream as well, so whoever sends has to keep the real ways to write.
 * Those make the head by `writeHead()`, which is given back for them.
 */
function intercept(response: NodeResponse): Promise<Response> {
  const {readable, writable} = new TransformStream<Uint8Array, Uint8Array>(
    {},
    {highWaterMark: Infinity},
  );
  const writer = writable.getWriter();
  const {writeHead, flushHeaders} = response;
  return new Promise(resolve => {
    let isTold = false;
    const tell = (body: ReadableStream<Uint8Array> | null) => {
      if (isTold) return;
      isTold = true;
      Object.assign(response, {writeHead, flushHeaders});
      const {statusCode: status} = response;
      resolve(
        new Response(status === 204 || status === 304 ? null : body, {
          status,
          headers: asPairs(response.getHeaders()),
        }),
      );
    };
    const take = (chunk: unknown, encoding: unknown) => {
      if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return;
      tell(readable);
      const kind = typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8';
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, kind) : chunk;
      // The reader may have gone; the app need not know.
      writer.write(bytes).catch(() => undefined);
    };
    const callBack = (given: readonly unknown[]) => {
      const last = given.at(-1);
      if (typeof last === 'function') queueMicrotask(last as () => void);
    };
    Object.assign(response, {
      writeHead(status: number, ...rest: unknown[]) {
        response.statusCode = status;
        const headers = rest.find(one => typeof one === 'object' && one !== null) ?? {};
        for (const [name, value] of Object.entries(inOne(headers))) response.setHeader(name, value);
        return response;
      },
      flushHeaders: () => undefined,
      write(...given: unknown[]) {
        take(given[0], given[1]);
        callBack(given);
        return true;
      },
      end(...given: unknown[]) {
        take(given[0], given[1]);
        tell(null);
        writer.close().catch(() => undefined);
        callBack(given);
        return response;
      },
    });
  });
}

async function send(
  body: ReadableStream<Uint8Array>,
  to: NodeResponse,
  write: Write,
): Promise<void> {
  const reader = body.getReader();
  to.once('close', () => {
    reader.cancel().catch(() => undefined);
  });
  for (;;) {
    const {done, value} = await reader.read();
    if (done || to.destroyed) return;
    if (!write(value)) await new Promise<void>(go => to.once('drain', go));
  }
}

type Write = (chunk: Uint8Array) => boolean;

/** A gate as middleware of Express, Connect or a plain `http` server. Put it before the routes of the articles. */
export function nodeGate(gate: Gate): NodeMiddleware {
  return (incoming, outgoing, next) => {
    const run = async () => {
      const request = asRequest(incoming);
      const admission = await gate.decide(request, {address: incoming.socket.remoteAddress});
      if (!admission) return next();
      const {write, end} = outgoing;
      const passOn = () => {
        const refused = /^(GET|HEAD)$/.test(request.method) ? refusedHeaders : ['accept-encoding'];
        for (const name of refused) Reflect.deleteProperty(incoming.headers, name);
        const written = intercept(outgoing);
        next();
        return written;
      };
      const response = await gate.pass(request, passOn, admission);
      for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
      outgoing.statusCode = response.status;
      response.headers.forEach((value, name) => {
        if (name !== 'set-cookie') outgoing.setHeader(name, value);
      });
      const cookies = response.headers.getSetCookie();
      if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
      try {
        if (response.body) await send(response.body, outgoing, write.bind(outgoing));
        end.call(outgoing);
      } catch {
        // The page broke off: so does what was sent of it.
        outgoing.destroy();
      }
    };
    run().catch(next);
  };
}
