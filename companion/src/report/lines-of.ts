/** Reads the lines of a file without holding more than a piece of it. */

import {createReadStream} from 'node:fs';

const newline = 10;

/**
 * Yields the lines of a file, many at a time. Only a line feed ends a line, with or without a carriage
 * return: the other separators of Unicode may stand in a JSON text.
 */
export async function* linesOf(path: string): AsyncGenerator<readonly string[]> {
  let rest: Buffer[] = [];
  for await (const data of createReadStream(path, {highWaterMark: 1 << 20})) {
    const piece = data as Buffer;
    const last = piece.lastIndexOf(newline);
    if (last < 0) {
      rest.push(piece);
      continue;
    }
    yield Buffer.concat([...rest, piece.subarray(0, last)])
      .toString()
      .split('\n');
    rest = [piece.subarray(last + 1)];
  }
  const end = Buffer.concat(rest).toString();
  if (end) yield end.split('\n');
}
