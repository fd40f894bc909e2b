/** Reloads the demo's open pages after a build, for `npm run dev`. */

import {watch} from 'node:fs';
import type {Context} from 'hono';
import {streamSSE} from 'hono/streaming';

/** Sends an event at every change of a file, until the page leaves. */
export function announceBuilds(mark: string): (context: Context) => Response {
  return context =>
    streamSSE(context, async stream => {
      await stream.writeSSE({event: 'greeting', data: ''});
      await new Promise<void>(resolve => {
        const watcher = watch(mark, () => void stream.writeSSE({event: 'built', data: ''}));
        stream.onAbort(() => {
          watcher.close();
          resolve();
        });
      });
    });
}

/** The element that a page needs for it. */
export const reloadScript = '<script type="module" src="/scripts/reload.js"></script>';
