/** Listens to the events of a page that are counted. */

import type {HeardEvent} from '../browser/page.js';
import {ownProperties} from '../core/own-properties.js';

const types = 'exposed seen choose checkout checkout-failed supported closed';

/** Gives each event to `hear`, until the signal is aborted. */
export function listenToEvents(hear: (...heard: HeardEvent) => void, signal?: AbortSignal): void {
  for (const type of types.split(' ')) {
    document.addEventListener(
      `support-${type}`,
      event => hear(event, event.composedPath()),
      ownProperties({signal}) as AddEventListenerOptions,
    );
  }
}
