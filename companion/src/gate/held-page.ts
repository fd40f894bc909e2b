/** Holds a page back until it is certain that its article will be cut. */

/** The most bytes of a page that are kept while its article is looked for. */
const mostKept = 8_000_000;

/**
 * Returns a stream with the same chunks, and a function that returns those so far: what is needed to begin
 * again. Nothing more is kept once `isEnough`. A page that is too long ends where it is.
 */
export function keepUntil(
  page: ReadableStream<Uint8Array>,
  isEnough: () => boolean,
): readonly [kept: () => Blob, page: ReadableStream<Uint8Array>] {
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = page.getReader();
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const {done, value} = await reader.read();
        if (isEnough()) chunks = [];
        else if (value) {
          chunks.push(new Uint8Array(value));
          size += value.length;
        }
        if (value) controller.enqueue(value);
        if (done || (size > mostKept && !isEnough())) {
          controller.close();
          if (!done) reader.cancel().catch(() => undefined);
        }
      },
      cancel: reason => reader.cancel(reason),
    },
    {highWaterMark: 0},
  );
  return [() => new Blob(chunks), stream];
}

/** Sends nothing of a page before `isFound`. Where its end comes first, what `instead` returns is sent. */
export function holdUntil(
  page: ReadableStream<Uint8Array>,
  isFound: () => boolean,
  instead: () => Promise<string>,
): ReadableStream<Uint8Array> {
  const reader = page.getReader();
  const held: Uint8Array[] = [];
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const {done, value} = await reader.read();
          if (value) held.push(value);
          if (isFound()) for (const chunk of held.splice(0)) controller.enqueue(chunk);
          else if (done) controller.enqueue(new TextEncoder().encode(await instead()));
          if (done) controller.close();
          if (done || isFound()) return;
        }
      },
      cancel: reason => reader.cancel(reason),
    },
    {highWaterMark: 0},
  );
}

/** Calls `failed` when a stream breaks off. */
export function heard(
  page: ReadableStream<Uint8Array>,
  failed: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const reader = page.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const {done, value} = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          failed(error);
          throw error;
        }
      },
      cancel: reason => reader.cancel(reason),
    },
    {highWaterMark: 0},
  );
}
