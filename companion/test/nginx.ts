/** Runs nginx as a caching proxy, from Debian's packages and in a temporary folder. */

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {freePort} from './free-port.js';

export interface Nginx {
  /** Has the default configuration, which follows the origin's headers. */
  readonly heeding: string;
  /** Caches everything whatever `Cache-Control` says, as many guides advise. */
  readonly heedless: string;
  /** Has the settings of docs/paywall.md for previews that all may keep. */
  readonly sharing: string;
  stop(): Promise<void>;
}

/** Reads from the documentation what stands beside the servers, and what stands in a location. */
function settingsForPreviews(): readonly [beside: string, within: string] {
  const page = readFileSync(new URL('../../docs/paywall.md', import.meta.url), 'utf8');
  const [, beside, within] = /```nginx\n(map .*?\n})\n\n(.*?)```/s.exec(page) ?? [];
  assert.ok(beside && within, 'docs/paywall.md says how nginx keeps previews');
  return [beside, within];
}

/** Starts nginx in front of an origin and resolves when it answers. */
export async function startNginx(origin: string): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'reader-support-nginx-'));
  const [heeding, heedless, sharing] = [await freePort(), await freePort(), await freePort()];
  const [beside, within] = settingsForPreviews();
  const server = (port: number, more: string) => `
    server {
      listen 127.0.0.1:${port};
      location / {
        proxy_pass ${origin};
        proxy_set_header Host $http_host;
        proxy_cache pages;
        proxy_cache_key "${port}$request_uri";
        proxy_cache_valid 200 10m;
        proxy_cache_lock on;
        proxy_cache_lock_timeout 100ms;
        ${more}
        add_header X-Cache $upstream_cache_status always;
      }
    }`;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const settings = `
daemon off;
worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/errors warn;
events {}
http {
  access_log off;
  ${temporary.map(name => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  proxy_cache_path ${folder}/cache keys_zone=pages:1m;
  ${server(heeding, '')}
  ${server(heedless, 'proxy_ignore_headers Cache-Control Expires Vary;')}
  ${beside}
  ${server(sharing, within)}
}`;
  writeFileSync(join(folder, 'nginx.conf'), settings);
  const asRoot = process.getuid?.() === 0 ? ['-g', 'user root;'] : [];
  const child = spawn(
    '/usr/sbin/nginx',
    ['-p', folder, '-e', join(folder, 'errors'), '-c', join(folder, 'nginx.conf'), ...asRoot],
    {stdio: ['ignore', 'ignore', 'pipe']},
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, {recursive: true, force: true});
  };
  const at = (port: number) => `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    try {
      await (await fetch(`${at(heeding)}/ready`)).text();
      return {heeding: at(heeding), heedless: at(heedless), sharing: at(sharing), stop};
    } catch (error) {
      if (tries < 100 && child.exitCode === null) {
        await new Promise(resolve => setTimeout(resolve, 50));
        continue;
      }
      await stop();
      throw new Error(`expected nginx to start but received: ${said}`, {cause: error});
    }
  }
}
