/** Runs a PostgreSQL server for tests on a free port and in a temporary folder, never as root. */

import {execFileSync, spawn} from 'node:child_process';
import {chownSync, mkdtempSync, rmSync} from 'node:fs';
import {userInfo, tmpdir} from 'node:os';
import {join} from 'node:path';
import pg from 'pg';
import {freePort} from './free-port.js';
// @ts-expect-error It uses only Node, so that it can run before anything is installed.
import {postgresFolder} from '../../build/install-missing.js';

const folderOfPrograms = (postgresFolder as () => string | undefined)();

/** A server that runs until it is stopped, or until this process ends. */
export interface Postgres {
  /** The URL of its first database; replace the name at the end for another. */
  readonly url: string;
  /** Stops it at once and keeps its data; `crash` as after a power cut, from which the next start recovers. */
  end(how?: 'crash'): Promise<void>;
  /** Stops it and deletes its data. */
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root, so the package's own user runs it. */
function asNobodySpecial(): {readonly prefix: readonly string[]; readonly ids?: [number, number]} {
  // The server ends with this process.
  const prefix = ['setpriv', '--pdeathsig', 'QUIT'];
  if (userInfo().uid !== 0) return {prefix};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], {encoding: 'utf8'}));
  const [user, group] = [id('-u'), id('-g')];
  return {
    prefix: [...prefix, `--reuid=${user}`, `--regid=${group}`, '--clear-groups'],
    ids: [user, group],
  };
}

/** Settings for speed: these databases need not survive a crash. */
const settings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'shared_buffers=32MB',
  'max_connections=200',
  'autovacuum=off',
  'log_min_messages=panic',
];

/** Starts a server and resolves when it answers. `port` restarts one on its old port. */
export async function startPostgres(
  given: {
    readonly port?: number;
    readonly folder?: string;
    /** Whether what was committed is there after a crash. */
    readonly survives?: boolean;
  } = {},
): Promise<Postgres & {readonly port: number; readonly folder: string}> {
  if (folderOfPrograms === undefined)
    throw new Error(
      'PostgreSQL is missing, and half of these tests run on it. On Debian: apt-get install -y postgresql',
    );
  const {prefix, ids} = asNobodySpecial();
  const [program = '', ...args] = prefix;
  const folder = given.folder ?? mkdtempSync(join(tmpdir(), 'reader-support-postgres-'));
  if (!given.folder) {
    if (ids) chownSync(folder, ...ids);
    const init = [
      '--auth=trust',
      '--username=postgres',
      '--no-sync',
      '--encoding=UTF8',
      '--no-locale',
    ];
    execFileSync(
      program,
      [...args, `${folderOfPrograms}/initdb`, ...init, '-D', `${folder}/data`],
      {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
  }
  const port = given.port ?? (await freePort());
  const server = spawn(
    program,
    [
      ...[...args, `${folderOfPrograms}/postgres`, '-D', `${folder}/data`, '-p', String(port)],
      ...['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`],
      ...(given.survives ? ['max_connections=200'] : settings).flatMap(setting => ['-c', setting]),
    ],
    {cwd: folder, stdio: ['ignore', 'ignore', 'inherit']},
  );
  const ended = new Promise<void>(resolve => server.once('exit', () => resolve()));
  const end = async (how?: 'crash') => {
    server.kill(how === 'crash' ? 'SIGQUIT' : 'SIGINT');
    await ended;
  };
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  for (let turn = 0; ; turn++) {
    const client = new pg.Client({connectionString: url});
    try {
      await client.connect();
      await client.end();
      break;
    } catch (error) {
      if (turn > 200 || server.exitCode !== null) throw error;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
  return {
    ...{url, port, folder},
    end,
    async stop() {
      await end();
      rmSync(folder, {recursive: true, force: true});
    },
  };
}
