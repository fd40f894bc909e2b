/** Runs a suite on every database that the companion supports. */

import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, afterEach, before, describe} from 'node:test';
import pg from 'pg';
import {openDatabase, type Database} from '../src/companion.js';
import {startPostgres, type Postgres} from './postgres.js';

/** What a suite receives. */
export interface GivenDatabase {
  readonly flavour: Database['dialect'];
  /** Returns the URL of an unused database, which is deleted after the suite. */
  url(): Promise<string>;
  /** Returns a new, open and migrated database, which is closed after the test. */
  open(url?: string): Promise<Database>;
}

let started: Promise<Postgres> | undefined;

/** The server of this test run, or one for this file alone. */
async function theServer(): Promise<string> {
  const given = process.env['TEST_POSTGRES_URL'];
  if (given) return given;
  started ??= startPostgres();
  return (await started).url;
}

after(async () => {
  await (await started)?.stop();
});

let count = 0;
const freshName = () => `rs_${process.pid}_${++count}`;

/** Calls `suite` once for each database. */
export function onEachDatabase(what: string, suite: (given: GivenDatabase) => void): void {
  for (const flavour of ['sqlite', 'postgres'] as const)
    describe(`${what}, on ${flavour}`, () => {
      const opened: Database[] = [];
      const made: string[] = [];
      let folder = '';

      before(async () => {
        if (flavour === 'sqlite') folder = mkdtempSync(join(tmpdir(), 'reader-support-sqlite-'));
        else await theServer();
      });
      afterEach(async () => {
        await Promise.all(opened.splice(0).map(database => database.close()));
      });
      after(async () => {
        if (folder) rmSync(folder, {recursive: true, force: true});
        if (made.length === 0) return;
        for (const name of made) await sql(`drop database if exists ${name} with (force)`);
      });

      const given: GivenDatabase = {
        flavour,
        async url() {
          const name = freshName();
          if (flavour === 'sqlite') return `file:${join(folder, `${name}.sqlite`)}`;
          await sql(`create database ${name}`);
          made.push(name);
          return (await theServer()).replace(/[^/]*$/, name);
        },
        async open(url) {
          const database = await openDatabase(url ?? (await given.url()));
          opened.push(database);
          return database;
        },
      };
      suite(given);
    });
}

async function sql(text: string): Promise<void> {
  const client = new pg.Client({connectionString: await theServer()});
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
