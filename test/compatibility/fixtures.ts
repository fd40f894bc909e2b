/** Reads what version 0.1.0 has written. */

import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const folder = new URL('../fixtures/0.1.0/', import.meta.url);

/** The path of a file that 0.1.0 has written. */
export function fixturePath(name: string): string {
  return fileURLToPath(new URL(name, folder));
}

/** The text of a file that 0.1.0 has written. */
export function fixtureText(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

/** The value of a JSON file that 0.1.0 has written. The caller says its shape. */
export function fixtureValue(name: string): unknown {
  return JSON.parse(fixtureText(name));
}
