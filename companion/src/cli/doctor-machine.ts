/** Looks at the database, the secrets and the mail of a configuration for `doctor`. */

import {access, constants, stat} from 'node:fs/promises';
import {existsSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import {sql} from 'kysely';
import {openDatabase, type Database} from '../companion.js';
import {pendingMigrations} from '../database/migrations.js';
import {loadNodemailer} from '../mail/index.js';
import type {Config} from './config.js';
import {envFileOf} from './env-file.js';
import {fail, ok, warn, type Finding} from './finding.js';
import {refusalOf} from './refusal.js';

type Env = Readonly<Record<string, string | undefined>>;

const shortestToken = 24;

const isWritable = async (path: string): Promise<boolean> =>
  await access(path, constants.W_OK).then(
    () => true,
    () => false,
  );

/** Returns the path of an SQLite file; `undefined` for a server. */
function pathOf(url: string): string | undefined {
  return /^(?!file:)[a-z][a-z\d+.-]+:/i.test(url)
    ? undefined
    : resolve(url.replace(/^file:(\/\/)?/, ''));
}

/** Whether tables may be made: PostgreSQL 15 and later allow that to nobody but the owner of a schema. */
async function mayMigrate({query, dialect}: Database): Promise<boolean> {
  if (dialect === 'sqlite') return true;
  const {rows} = await sql<{
    may: boolean;
  }>`select has_schema_privilege(current_schema(), 'create') as may`.execute(query);
  return rows[0]?.may === true;
}

/** Looks at the database and changes nothing in it. */
export async function lookAtDatabase({database: url}: Config): Promise<readonly Finding[]> {
  const what = 'database';
  const path = pathOf(url);
  const folder = path === undefined ? undefined : dirname(path);
  if (path !== undefined && folder !== undefined) {
    const isThere = existsSync(path);
    if (!existsSync(folder))
      return [fail(what, `the folder ${folder} does not exist`, `make it: mkdir -p ${folder}`)];
    if (!(await isWritable(folder)) || (isThere && !(await isWritable(path))))
      return [
        fail(what, `${path} cannot be written`, 'give it, and its folder, to the user that serves'),
      ];
    if (!isThere) return [ok(what, `${path} will be made at the first start`)];
  }
  try {
    const database = await openDatabase(url, {readOnly: true});
    try {
      const due = await pendingMigrations(database.query);
      if (due.length > 0 && !(await mayMigrate(database)))
        return [
          fail(
            what,
            `${due.length} migrations are due, and its user may not make tables`,
            'grant create on the schema to the user',
          ),
        ];
      return [
        due.length > 0
          ? warn(what, `${due.length} migrations are due`, 'start `serve`: it makes them')
          : ok(what, `${database.dialect}, up to date`),
      ];
    } finally {
      await database.close();
    }
  } catch (error) {
    const {message} = refusalOf('it cannot be opened', error);
    return [fail(what, message, 'check DATABASE_URL, and that the server runs and is reached')];
  }
}

/** Looks at what should be hard to guess, and who may read it. */
export async function lookAtSecrets(file: string, env: Env): Promise<readonly Finding[]> {
  const what = 'secrets';
  const findings: Finding[] = [];
  const cure = (name: string) => `put a random text into ${name}, such as: openssl rand -hex 32`;
  for (const name of ['METRICS_TOKEN', 'REPORT_TOKEN'] as const) {
    const token = env[name];
    if (!token) findings.push(warn(what, `${name} is missing: its pages are closed`, cure(name)));
    else if (token.length < shortestToken)
      findings.push(fail(what, `${name} has fewer than ${shortestToken} characters`, cure(name)));
  }
  for (const secret of (env['SUPPORT_SECRETS'] ?? '').split(','))
    if (secret && secret.trim().length < 32)
      findings.push(
        fail(what, 'SUPPORT_SECRETS has one of fewer than 32 characters', cure('SUPPORT_SECRETS')),
      );
  for (const secret of (env['STRIPE_WEBHOOK_SECRET'] ?? '').split(','))
    if (!secret.trim().startsWith('whsec_'))
      findings.push(
        fail(
          what,
          'STRIPE_WEBHOOK_SECRET does not begin with whsec_',
          'copy the signing secret of the endpoint, not its id',
        ),
      );
  const envFile = envFileOf(file);
  if (envFile !== undefined && ((await stat(envFile)).mode & 0o077) !== 0)
    findings.push(
      fail(what, `${envFile} can be read by other users`, `close it: chmod 600 ${envFile}`),
    );
  return findings.length > 0 ? findings : [ok(what, 'they are there, and long enough')];
}

/** Signs in to the mail server, without a mail. */
export async function lookAtMail({server}: Config): Promise<readonly Finding[]> {
  const what = 'mail';
  const {transport} = server.mail ?? {};
  if (transport === undefined) return [ok(what, 'none is set up: no reminders')];
  if (typeof transport !== 'string') return [ok(what, 'by a transport of your own')];
  try {
    const {createTransport} = await loadNodemailer();
    await createTransport(transport, {connectionTimeout: 10_000} as object).verify();
    return [ok(what, 'the server takes the sign-in')];
  } catch (error) {
    const {message} = refusalOf('the server does not take mail', error);
    return [fail(what, message, 'check SMTP_URL: smtps://user:password@host:465')];
  }
}
