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

/** Reads a JSON body. A page of another site can send text or a form without being asked, so only JSON is read. */
export async function readJson(request: Request, most: number): Promise<unknown> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') throw new Problem(415, 'refused');
  const bytes = await readBody(request, most);
  try {
    return JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(bytes)) as unknown;
  } catch {
    throw new Problem(400, 'refused');
  }
}
