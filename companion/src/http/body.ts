/** Reads request bodies, counting bytes while they arrive because `Content-Length` cannot be trusted. */

import {Problem} from './problem.js';

/**
 * Reads at most `most` bytes in at most `timeoutMs` ms. Compressed bodies are refused. `isMeasured`
 * says that the runtime never reads more than `Content-Length`.
 */
export async function readBody(
  request: Request,
  most: number,
  timeoutMs = 10_000,
  isMeasured = false,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoding = request.headers.get('content-encoding');
  if (encoding && encoding !== 'identity') throw new Problem(415, 'unsupported-media-type');
  const declared = request.headers.get('content-length');
  if (Number(declared) > most) throw new Problem(413, 'too-large');

  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Problem(408, 'timeout')), timeoutMs);
  });
  // Reading a small body at once costs a fraction of reading a stream.
  if (isMeasured && declared !== null && !request.headers.has('transfer-encoding')) {
    try {
      const bytes = new Uint8Array(await Promise.race([request.arrayBuffer(), timeout]));
      if (bytes.byteLength > most) throw new Problem(413, 'too-large');
      return bytes;
    } catch (error) {
      throw error instanceof Problem ? error : new Problem(400, 'invalid-request');
    } finally {
      clearTimeout(timer);
    }
  }

  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    if (!reader) return new Uint8Array();
    for (;;) {
      const {done, value} = await Promise.race([reader.read(), timeout]);
      if (done) break;
      size += value.byteLength;
      if (size > most) throw new Problem(413, 'too-large');
      chunks.push(value);
    }
  } catch (error) {
    reader?.cancel().catch(() => undefined);
    // An aborted body is an error of the caller, not of the server.
    throw error instanceof Problem ? error : new Problem(400, 'invalid-request');
  } finally {
    clearTimeout(timer);
  }

  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/** The deepest nesting that is accepted, more than anything a page sends needs. */
const deepest = 8;

/** Whether brackets are nested deeper than that, even if the text is not valid JSON. */
function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (isText) {
      if (byte === 0x5c) at++;
      else if (byte === 0x22) isText = false;
    } else if (byte === 0x22) isText = true;
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > deepest) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return false;
}

/**
 * Reads a JSON body. Another site's page can send text or a form without a preflight, so only JSON is
 * accepted, unless the route accepts text.
 */
export async function readJson(
  request: Request,
  most: number,
  types: readonly string[] = ['application/json'],
  isMeasured = false,
): Promise<unknown> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
  if (!types.includes(type.trim().toLowerCase())) throw new Problem(415, 'unsupported-media-type');
  const bytes = await readBody(request, most, undefined, isMeasured);
  if (isTooDeep(bytes)) throw new Problem(400, 'invalid-request');
  try {
    return JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(bytes)) as unknown;
  } catch {
    throw new Problem(400, 'invalid-request');
  }
}
