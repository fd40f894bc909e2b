/** Gates the demo's members' story. */

import type {MiddlewareHandler} from 'hono';
import {createGate, honoGate, type CompanionPass} from '../companion/src/gate/index.js';

/** Every path of the members' story. */
const ways = new Set(['/members.html', '/members-print.html', '/members-amp.html', '/feed.xml']);

/** Creates the demo's gate. Its secret lives as long as the process. */
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
