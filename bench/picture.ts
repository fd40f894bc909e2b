/** Generates a picture with the weight of a photograph: grain, the same in every run. */

import {crc32, deflateSync} from 'node:zlib';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** Returns a PNG of 320 × 180 grey pixels, about 35 KB. */
export function picture(seed: number): Buffer {
  const [width, height] = [320, 180];
  const rows = Buffer.alloc((width + 1) * height);
  let grain = seed;
  for (let y = 0; y < height; y++) {
    for (let x = 1; x <= width; x++) {
      // The generator of Numerical Recipes, random enough to be hard to compress.
      grain = (Math.imul(grain, 1_664_525) + 1_013_904_223) >>> 0;
      rows[y * (width + 1) + x] = y + (grain >>> 27);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
