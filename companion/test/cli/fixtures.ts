/** Runs the command line as an operator does: as a process, with a file and an environment. */

import {spawn, type ChildProcess} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after} from 'node:test';
import {createAdaptorServer} from '@hono/node-server';
import {stripeFake, type StripeFake} from '../../src/fake-stripe/index.js';
import {compiled} from '../compiled.js';

const main = await compiled('main', new URL('../../src/cli/', import.meta.url));

export const secrets = {
  STRIPE_SECRET_KEY: 'sk_test_of_the_command_line',
  STRIPE_WEBHOOK_SECRET: 'whsec_of_the_command_line',
};

/** What a command printed and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command under way. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the first line on standard output that has the word. */
  line(word: string): Promise<Record<string, unknown>>;
}

const running = new Set<ChildProcess>();
after(() => running.forEach(child => child.kill('SIGKILL')));

/** Starts `reader-support …`. */
export function start(args: readonly string[], env: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, [main, ...args], {
    env: {PATH: process.env['PATH'] ?? '', ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let [out, err] = ['', ''];
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    waiting.forEach(look => look());
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<Ended>(resolve => {
    child.on('close', code => {
      running.delete(child);
      resolve({code, out, err});
      waiting.forEach(look => look());
    });
  });
  return {
    child,
    ended,
    line: word =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = out.split('\n').find(line => line.includes(word));
          if (found !== undefined) resolve(JSON.parse(found) as Record<string, unknown>);
          else if (child.exitCode === null) return;
          else reject(new Error(`it ended with ${child.exitCode} before it said ${word}: ${err}`));
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** Runs a command to its end. */
export const run = (args: readonly string[], env: Record<string, string> = {}): Promise<Ended> =>
  start(args, env).ended;

/** A folder with files in it, until the tests of this file have ended. */
export function aFolder(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'reader-support-cli-'));
  for (const [name, content] of Object.entries(files))
    writeFileSync(
      join(folder, name),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  after(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

/** A fake that other processes can reach. */
export async function aFake(): Promise<{
  readonly fake: StripeFake;
  readonly origin: string;
  /** Resolves when the next request has arrived, answered or not. */
  asked(): Promise<void>;
}> {
  let heard = () => {};
  const made: {fake?: StripeFake} = {};
  const server = createAdaptorServer({
    fetch: request => {
      heard();
      return made.fake?.fetch(request) ?? new Response(null, {status: 503});
    },
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()));
  after(() => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fake = stripeFake({origin, base: ''});
  made.fake = fake;
  return {fake, origin, asked: () => new Promise(resolve => (heard = resolve))};
}

export const anOffer = {
  monthly: {USD: {min: 200, max: 50_000, presets: [200, 500], preset: 500}},
};

/** A configuration that fits a fake. */
export function aConfig(changes: object = {}): object {
  return {
    site: 'http://localhost:9999',
    basePath: '/companion',
    offers: [anOffer],
    port: 0,
    ...changes,
  };
}
