/** Distributes records over parts of a temporary file, so that each part fits into memory. */

import {closeSync, openSync, readSync, writeSync} from 'node:fs';

/** The most buffered bytes, in all parts together. */
const mostWaiting = 1 << 24;

/** Records in parts, of which all with the same key are in one. */
export interface Parts<T> {
  put(key: string, record: T): void;
  /** Yields the records of each part, in the order in which they were put. Nothing may be put any more. */
  read(): Generator<T[]>;
  close(): void;
}

/** FNV-1a, mixed so that keys that differ in their last letter spread. */
function numberOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** Creates an empty file of parts. Records are stored as JSON. */
export function openParts<T>(path: string, count: number): Parts<T> {
  const file = openSync(path, 'w+');
  const room = Math.floor(mostWaiting / count);
  const waiting = Buffer.allocUnsafe(room * count);
  const sizes = new Uint32Array(count);
  /** Where the pieces of each part begin and how long they are, in turn. */
  const pieces = Array.from({length: count}, (): number[] => []);
  let end = 0;

  function write(part: number, bytes: Uint8Array): void {
    for (let written = 0; written < bytes.length;) {
      written += writeSync(file, bytes, written, bytes.length - written, end + written);
    }
    pieces[part]?.push(end, bytes.length);
    end += bytes.length;
  }

  function flush(part: number): void {
    const size = sizes[part] ?? 0;
    if (size > 0) write(part, waiting.subarray(part * room, part * room + size));
    sizes[part] = 0;
  }

  function* read(): Generator<T[]> {
    for (const [part, places] of pieces.entries()) {
      flush(part);
      const bytes = Buffer.allocUnsafe(
        places.reduce((sum, place, i) => sum + (i % 2 === 1 ? place : 0), 0),
      );
      let at = 0;
      for (let i = 0; i < places.length; i += 2) {
        const [begin = 0, length = 0] = places.slice(i, i + 2);
        for (let done = 0; done < length;) {
          const more = readSync(file, bytes, at + done, length - done, begin + done);
          if (more === 0) throw new Error('a temporary file of the report was cut off');
          done += more;
        }
        at += length;
      }
      // Each record ends with a comma.
      yield JSON.parse(`[${bytes.toString('utf8', 0, Math.max(at - 1, 0))}]`) as T[];
    }
  }

  return {
    put(key, record) {
      const part = numberOf(key) % count;
      const text = `${JSON.stringify(record)},`;
      // UTF-8 takes up to three bytes for a UTF-16 unit.
      if ((sizes[part] ?? 0) + text.length * 3 > room) flush(part);
      const size = sizes[part] ?? 0;
      if (text.length * 3 > room) write(part, Buffer.from(text));
      else sizes[part] = size + waiting.write(text, part * room + size);
    },
    read,
    close: () => closeSync(file),
  };
}
