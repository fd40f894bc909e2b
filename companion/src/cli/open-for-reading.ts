/** Opens the companion's database for a command that changes nothing in it. */

import {existsSync} from 'node:fs';
import {openDatabase, type Database} from '../companion.js';
import {Refusal, refusalOf} from './refusal.js';

/**
 * Opens a database for reading only. Rejects with a `Refusal` when it cannot be reached, and names a file
 * that does not exist, of which SQLite says only that it is unable to open it.
 */
export async function openForReading(url: string): Promise<Database> {
  const path = url.replace(/^file:(\/\/)?/, '');
  if (path && !/^[a-z][a-z\d+.-]+:\/\//i.test(path) && !existsSync(path))
    throw new Refusal(`the database cannot be opened: ${path} does not exist`);
  return openDatabase(url, {readOnly: true}).catch((error: unknown) => {
    throw refusalOf('the database cannot be opened', error);
  });
}
