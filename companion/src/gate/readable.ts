/** Decodes a response to UTF-8 text so that it can be cut, or reports that it cannot be read. */

/** Encodings that `fetch` decompresses by itself, without removing the header. */
const unpacked = new Set(['gzip', 'x-gzip', 'deflate', 'br']);

const starts = (bytes: Uint8Array, ...with_: number[]): boolean =>
  with_.every((byte, at) => bytes[at] === byte);

const isGzip = (bytes: Uint8Array): boolean => starts(bytes, 0x1f, 0x8b);
const isZlib = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x78 && (0x7800 + (bytes[1] ?? 0)) % 31 === 0;
const isZstd = (bytes: Uint8Array): boolean => starts(bytes, 0x28, 0xb5, 0x2f, 0xfd);

const latin = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => String.fromCharCode(byte)).join('');

/** Whether the bytes start like a page or a feed. */
const isMarkup = (bytes: Uint8Array): boolean =>
  /^(\u00ef\u00bb\u00bf)?\s*[<{]/.test(latin(bytes.subarray(0, 200)));

/** Returns the encoding that a document declares in its first bytes. */
function namedWithin(head: string): string | undefined {
  const match =
    /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w-]+)/i.exec(head) ??
    /<meta[^>]*\bcharset\s*=\s*["']?\s*([\w-]+)/i.exec(head);
  const name = match?.[1];
  // A declaration that could be read as ASCII is not in UTF-16 or UTF-32.
  return name && /^utf-?(16|32)/i.test(name) ? 'utf-8' : name;
}

/** Reads until enough bytes have arrived or the condition holds, and returns a stream of everything. */
export async function peek(
  body: ReadableStream<Uint8Array>,
  isEnough: (head: Uint8Array) => boolean,
): Promise<{readonly head: Uint8Array; readonly whole: ReadableStream<Uint8Array>}> {
  const reader = body.getReader();
  let head = new Uint8Array();
  let isOver = false;
  while (!isOver && !isEnough(head)) {
    const {done, value} = await reader.read();
    isOver = done;
    if (!value) continue;
    const longer = new Uint8Array(head.length + value.length);
    longer.set(head);
    longer.set(value, head.length);
    head = longer;
  }
  const whole = new ReadableStream<Uint8Array>({
    start(controller) {
      if (head.length > 0) controller.enqueue(head);
      if (isOver) controller.close();
    },
    async pull(controller) {
      const {done, value} = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: reason => reader.cancel(reason),
  });
  return {head, whole};
}

/** Returns a stream that is created on the first read, so that nothing waits for its first bytes before. */
function lazily(make: () => Promise<ReadableStream<Uint8Array>>): ReadableStream<Uint8Array> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        reader ??= (await make()).getReader();
        const {done, value} = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async reason => (reader ?? (await make()).getReader()).cancel(reason),
    },
    {highWaterMark: 0},
  );
}

const through = (body: ReadableStream<Uint8Array>, by: unknown): ReadableStream<Uint8Array> =>
  body.pipeThrough(by as ReadableWritablePair<Uint8Array, Uint8Array>);

/** Decompresses a body; `undefined` where the encoding is not supported. */
async function unpack(
  body: ReadableStream<Uint8Array>,
  encoding: string,
  wasFetched: boolean,
): Promise<ReadableStream<Uint8Array> | undefined> {
  const {head, whole} = await peek(body, ({length}) => length >= 4);
  if (isGzip(head) && /^(x-)?gzip$/.test(encoding))
    return through(whole, new DecompressionStream('gzip'));
  if (isZlib(head) && encoding === 'deflate')
    return through(whole, new DecompressionStream('deflate'));
  if (isMarkup(head) || (wasFetched && unpacked.has(encoding))) return whole;
  whole.cancel().catch(() => undefined);
  return undefined;
}

/** Decodes a body with the encoding of its headers or its own declaration. Throws a `TypeError` on binary data. */
async function asText(
  body: ReadableStream<Uint8Array>,
  told: string | undefined,
): Promise<ReadableStream<Uint8Array>> {
  const {head, whole} = await peek(
    body,
    bytes =>
      bytes.length >= 1024 ||
      (bytes.length >= 4 && told !== undefined) ||
      /<meta[^>]*\bcharset[^>]*>|<\/head|<body|<article|<channel|<feed/i.test(latin(bytes)),
  );
  const mark = starts(head, 0xff, 0xfe)
    ? 'utf-16le'
    : starts(head, 0xfe, 0xff)
      ? 'utf-16be'
      : undefined;
  const decoder = new TextDecoderStream(
    mark ?? told ?? namedWithin(latin(head.subarray(0, 1024))) ?? 'utf-8',
  );
  // In UTF-16, `<` is not the byte `<`: only a byte order mark proves the encoding.
  const isWide = decoder.encoding.startsWith('utf-16');
  if (isGzip(head) || isZstd(head) || (isWide ? !mark : head.includes(0)))
    throw new TypeError('expected a text but received other bytes');
  if (decoder.encoding === 'utf-8') return whole;
  return through(whole, decoder).pipeThrough(
    new TextEncoderStream() as unknown as ReadableWritablePair<Uint8Array, Uint8Array>,
  );
}

/**
 * Returns the body of a response as uncompressed UTF-8; `undefined` where its headers say that it cannot
 * be read. Where only its bytes show that, the stream fails at the first of them.
 */
export async function readable(
  response: Response,
): Promise<ReadableStream<Uint8Array> | undefined> {
  const {body: bytes, headers} = response;
  const type = headers.get('content-type') ?? '';
  const charset = /charset\s*=\s*["']?\s*([\w-]+)/i.exec(type)?.[1];
  try {
    if (charset) new TextDecoder(charset);
  } catch {
    return undefined;
  }
  if (!bytes) return undefined;
  const encoding = (headers.get('content-encoding') ?? 'identity').trim().toLowerCase();
  const body =
    encoding === 'identity' ? bytes : await unpack(bytes, encoding, response.type !== 'default');
  return body && lazily(() => asText(body, charset));
}
