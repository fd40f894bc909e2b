/** What of the demo do only members read? */

import type {MiddlewareHandler} from 'hono';
import {createGate, honoGate, type CompanionPass} from '../companion/src/gate/index.js';

/** Every way to the members' story that this paper has. */
const ways = new Set(['/members.html', '/members-print.html', '/members-amp.html', '/feed.xml']);

/** The demo's gate. Its secret lives as long as its process. */
export function membersGate(pass: CompanionPass, secrets: readonly string[]): MiddlewareHandler {
  const gate = createGate({
    article: request =>
      ways.has(new URL(request.url).pathname) ? {path: '/members.html'} : undefined,
    meter: {free: 0},
    secrets,
    providers: [pass],
    root: '#members-body',
    preview: 'marker',
    description: 'What the keeper of Gannet Rock wrote when the light was put out for good.',
    isGated: link => link.endsWith('/members.html'),
  });
  return honoGate(gate);
}
