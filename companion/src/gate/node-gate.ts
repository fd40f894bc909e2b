/** Provides the gate as middleware for Express, Connect and plain Node servers. */

import {refusedHeaders, type Gate} from './gate.js';

type HeaderValue = number | string | readonly string[] | undefined;

/** The part of Node's `IncomingMessage` that is used. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly socket: {readonly remoteAddress?: string | undefined};
}

/** The part of Node's `ServerResponse` that is used. */
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

/** Middleware for Express or Connect; a plain server calls it with its own `next`. */
export type NodeMiddleware = (
  request: NodeRequest,
  response: NodeResponse,
  next: (error?: unknown) => void,
) => void;

const asPairs = (headers: Record<string, HeaderValue>): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, String(one)]),
  );

/** Merges the headers of `writeHead()`: an object, or a list of names and values in which names may repeat. */
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
  // Express removes the mount path from `url`.
  const {originalUrl = url} = request as {originalUrl?: string};
  const host = [headers['host']].flat()[0] ?? 'localhost';
  // Not `new URL(path, base)`, which would read a path with two slashes as a host.
  const address = /^\w+:\/\//.test(originalUrl) ? originalUrl : `http://${host}${originalUrl}`;
  return new Request(address, {method, headers: asPairs(headers)});
}

/**
 * Captures what the app writes and resolves with a web response as soon as its head is known. Later
 * writes of the app also go into that stream, so the caller must keep the original methods for sending.
 * Those write the head with `writeHead()`, which is restored for them.
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
      // The reader may have disconnected; the app need not know.
      writer.write(bytes).catch(() => undefined);
    };
    const callBack = (values: readonly unknown[]) => {
      const last = values.at(-1);
      if (typeof last === 'function') queueMicrotask(last as () => void);
    };
    Object.assign(response, {
      writeHead(status: number, ...rest: unknown[]) {
        response.statusCode = status;
        const headers = rest.find(value => typeof value === 'object' && value !== null) ?? {};
        for (const [name, value] of Object.entries(inOne(headers))) response.setHeader(name, value);
        return response;
      },
      flushHeaders: () => undefined,
      write(...values: unknown[]) {
        take(values[0], values[1]);
        callBack(values);
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

/** Creates middleware for Express, Connect or a plain `http` server. Use it before the articles' routes. */
export function nodeGate(gate: Gate): NodeMiddleware {
  return (incoming, outgoing, next) => {
    const run = async () => {
      const request = asRequest(incoming);
      const admission = await gate.decide(request, {address: incoming.socket.remoteAddress});
      if (!admission) return next();
      const {write, end} = outgoing;
      const passOn = () => {
        const headers = /^(GET|HEAD)$/.test(request.method) ? refusedHeaders : ['accept-encoding'];
        for (const name of headers) Reflect.deleteProperty(incoming.headers, name);
        const interception = intercept(outgoing);
        next();
        return interception;
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
        // The app's page broke off, so the response to the reader does too.
        outgoing.destroy();
      }
    };
    run().catch(next);
  };
}
