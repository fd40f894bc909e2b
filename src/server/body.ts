/** What did the caller send? Bytes, counted while they arrive: a declared length is a claim, not a fact. */

import {Problem} from './problem.js';

/** Reads at most `most` bytes in at most `patience` ms. Compressed bodies are refused. */
export async function readBody(
  request: Request,
  most: number,
  patience = 10_000,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoding = request.headers.get('content-encoding');
  if (encoding && encoding !== 'identity') throw new Problem(415, 'refused');
  if (Number(request.headers.get('content-length')) > most) throw new Problem(413, 'refused');

  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Problem(408, 'timeout')), patience);
  });
  try {
    for (;;) {
      const {done, value} = await Promise.race([reader.read(), late]);
      if (done) break;
      size += value.byteLength;
      if (size > most) throw new Problem(413, 'refused');
      chunks.push(value);
    }
  } catch (error) {
    reader.cancel().catch(() => undefined);
    // A body that breaks off is the caller's fault, not ours.
    throw error instanceof Problem ? error : new Problem(400, 'refused');
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

/** The deepest that anything a page sends has to be, and then some. */
const deepest = 8;

/** Whether brackets stand deeper in each other than that, whatever else is wrong with the text. */
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
 * Reads a JSON body. A page of another site can send text or a form without being asked, so only
 * JSON is read, unless the route says that text will do.
 */
export async function readJson(
  request: Request,
  most: number,
  types: readonly string[] = ['application/json'],
): Promise<unknown> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
  if (!types.includes(type.trim().toLowerCase())) throw new Problem(415, 'refused');
  const bytes = await readBody(request, most);
  if (isTooDeep(bytes)) throw new Problem(400, 'refused');
  try {
    return JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(bytes)) as unknown;
  } catch {
    throw new Problem(400, 'refused');
  }
}
