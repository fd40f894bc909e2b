/** How does a gate stand in front of an app that writes to Node's own response: Express, Connect, plain? */

import type {IncomingMessage, ServerResponse} from 'node:http';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import type {ReadableStream as NodeStream} from 'node:stream/web';
import {refusedHeaders, type Gate} from './gate.js';

type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

function asRequest(request: IncomingMessage): Request {
  const {method = 'GET', headers, url = '/'} = request;
  const given = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
  const isSafe = method === 'GET' || method === 'HEAD';
  // Express cuts the mount's path off.
  const {originalUrl = url} = request as {originalUrl?: string};
  const host = headers.host ?? 'localhost';
  return new Request(new URL(originalUrl, `http://${host}`), {
    method: isSafe ? method : 'POST',
    headers: given,
  });
}

/** Takes in what the app writes, and gives it as a web response as soon as its head is known. */
function intercept(response: ServerResponse): {
  readonly written: Promise<Response>;
  /** Gives the app's response back its own ways to write. */
  readonly release: () => void;
} {
  const {write, end, writeHead, flushHeaders} = response;
  const {readable, writable} = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  let told: (response: Response) => void = () => undefined;
  const written = new Promise<Response>(resolve => {
    told = resolve;
  });
  const tell = (hasBody: boolean) => {
    const headers = Object.entries(response.getHeaders()).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, String(one)]),
    );
    const {statusCode: status} = response;
    const isEmpty = !hasBody || status === 204 || status === 304;
    told(new Response(isEmpty ? null : readable, {status, headers}));
  };
  const take = (chunk: unknown, encoding: unknown) => {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return;
    tell(true);
    const kind = typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8';
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, kind) : chunk;
    // The reader may have gone; the app need not know.
    writer.write(bytes).catch(() => undefined);
  };
  const callback = (given: readonly unknown[]) => {
    const last = given.at(-1);
    if (typeof last === 'function') queueMicrotask(last as () => void);
  };
  Object.assign(response, {
    writeHead(status: number, ...rest: unknown[]) {
      response.statusCode = status;
      const headers = rest.find(one => typeof one === 'object' && one !== null) ?? {};
      const pairs = Array.isArray(headers)
        ? headers.flatMap((name: unknown, at) => (at % 2 ? [] : [[name, headers[at + 1]]]))
        : Object.entries(headers);
      for (const [name, value] of pairs as [string, string | string[]][])
        response.setHeader(name, value);
      return response;
    },
    flushHeaders: () => undefined,
    write(...given: unknown[]) {
      take(given[0], given[1]);
      callback(given);
      return true;
    },
    end(...given: unknown[]) {
      take(given[0], given[1]);
      tell(false);
      writer.close().catch(() => undefined);
      callback(given);
      return response;
    },
  });
  return {
    written,
    release: () => Object.assign(response, {write, end, writeHead, flushHeaders}),
  };
}

/** A gate as middleware of Express, Connect or a plain `http` server. Put it before the routes of the articles. */
export function nodeGate(gate: Gate): Middleware {
  return (incoming, outgoing, next) => {
    const request = asRequest(incoming);
    const connection = {address: incoming.socket.remoteAddress};
    let isPassedOn = false;
    const passOn = (): Promise<Response> => {
      isPassedOn = true;
      for (const name of refusedHeaders) Reflect.deleteProperty(incoming.headers, name);
      const {written, release} = intercept(outgoing);
      next();
      return written.then(response => {
        release();
        return response;
      });
    };
    const run = async () => {
      if (!/^(GET|HEAD)$/.test(incoming.method ?? '')) return next();
      const admission = await gate.decide(request, connection);
      if (!admission) return next();
      const response = await gate.pass(request, passOn, admission);
      for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
      outgoing.statusCode = response.status;
      response.headers.forEach((value, name) => {
        if (name !== 'set-cookie') outgoing.setHeader(name, value);
      });
      const cookies = response.headers.getSetCookie();
      if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
      if (!response.body) return void outgoing.end();
      await pipeline(Readable.fromWeb(response.body as NodeStream<Uint8Array>), outgoing);
    };
    run().catch((error: unknown) => {
      if (isPassedOn) outgoing.destroy();
      else next(error);
    });
  };
}
