/** Measures the size of each file of the script tag. */

import {readFileSync} from 'node:fs';
import {brotliCompressSync, constants, gzipSync} from 'node:zlib';

/** A file of the script tag. */
export interface FileSize {
  readonly file: string;
  readonly part: 'loader' | 'interface' | 'locale' | 'fetched when needed' | 'vanilla form';
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

interface Integrity {
  readonly files: Readonly<Record<string, unknown>>;
  readonly preload: readonly string[];
}

const dist = new URL('../dist/', import.meta.url);

/** Reads the build's manifest. Throws when there is no build. */
export function readIntegrity(): Integrity {
  return JSON.parse(readFileSync(new URL('integrity.json', dist), 'utf8')) as Integrity;
}

/** Compresses at the highest level, as a server can that compresses once. */
export function brotli(content: Uint8Array): Buffer {
  return brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}

export function sizeOf(file: string, part: FileSize['part'], content: Uint8Array): FileSize {
  return {
    file,
    part,
    raw: content.length,
    gzip: gzipSync(content, {level: 9}).length,
    brotli: brotli(content).length,
  };
}

/** Measures every file of the script tag: the loader first, then what it fetches. */
export function measureFiles(): FileSize[] {
  const {files, preload} = readIntegrity();
  const partOf = (file: string): FileSize['part'] => {
    if (file === 'reader-support.js') return 'loader';
    if (preload.includes(file)) return 'interface';
    return /\.[a-z]{2}-[a-z0-9]{6}\.js$/i.test(file) ? 'locale' : 'fetched when needed';
  };
  return Object.keys(files).map(file =>
    sizeOf(file, partOf(file), readFileSync(new URL(file, dist))),
  );
}
