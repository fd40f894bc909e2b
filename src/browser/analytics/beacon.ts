/** Sends page events to the companion in few requests that never delay the page. */

import type {ReaderEvent, ReaderEventBatch} from '../../core/experiments/reader-event.js';
import {ownProperties} from '../../core/own-properties.js';
import {newId} from '../new-id.js';
import {isOptedOut} from './is-opted-out.js';

/** Options of the beacon. */
export interface BeaconOptions {
  /** The companion's `/events`. */
  readonly url: string | URL;
  /** Whether events may have ids, which join them. Called at each flush; otherwise only counts are sent. */
  readonly mayIdentify?: () => boolean;
  /** Whether to send nothing before the reader has acted, unless events may have ids. */
  readonly isPatient?: boolean;
}

/** A queue of outgoing events. */
export interface Beacon {
  /** Queues an event. Its ids are only sent where they are allowed. */
  send(event: ReaderEvent): void;
  /** Sends the queue. `isLeaving`: the page may be gone before the response arrives. */
  flush(isLeaving?: boolean): void;
}

const mostWaiting = 10;
const longestWait = 5000;
/** The largest request in bytes, below the companion's limit. */
const largest = 1900;
/** The most events a page keeps while offline, before it drops the oldest. */
const mostKept = 50;

/** Events that happen without an action of the reader. */
const unasked: readonly string[] = ['exposure', 'view'];

/** Serializes a batch. Ignores a page's `toJSON`, which old libraries define. */
function json({id, events}: ReaderEventBatch): string {
  const texts = events.map(event => {
    const fields = Object.entries(event as unknown as Record<string, string | number>);
    return `{${fields.map(([name, value]) => `"${name}":${JSON.stringify(value)}`).join(',')}}`;
  });
  return `{"id":"${id}","events":[${texts.join(',')}]}`;
}

/** Removes ids and merges equal events into one with a count. */
function counted(events: readonly ReaderEvent[]): ReaderEvent[] {
  const kinds = new Map<string, ReaderEvent>();
  for (const {name, campaign, experiment, arm, placement, count = 1} of events) {
    const names = {
      name,
      ...(campaign && {campaign}),
      ...(experiment && {experiment}),
      ...(arm && {arm}),
      ...(placement && {placement}),
    };
    const kind = JSON.stringify(Object.entries(names));
    kinds.set(kind, {...names, count: (kinds.get(kind)?.count ?? 0) + count});
  }
  return [...kinds.values()];
}

/**
 * Creates a beacon, which sends at ten events, after five seconds, and when the page is left. Under
 * Global Privacy Control it sends nothing; to another origin, nothing before the reader has pressed the
 * button. With `isPatient`, nothing before the reader has acted. Stops with the signal. Never throws.
 */
export function beacon({url, mayIdentify, isPatient}: BeaconOptions, signal: AbortSignal): Beacon {
  const target = new URL(url, location.href);
  const isForeign = target.origin !== location.origin;
  let waiting: ReaderEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasPressed = false;
  let hasActed = false;

  function post(body: string, isLeaving: boolean, isLast = false): void {
    // The only type that goes to another origin without a preflight, which there is no time for.
    const type = 'text/plain;charset=UTF-8';
    try {
      if (isLeaving && navigator.sendBeacon(target, new Blob([body], {type}))) return;
      const request = ownProperties<RequestInit>({
        method: 'POST',
        body,
        headers: {'content-type': type},
        credentials: 'omit',
        keepalive: true,
        cache: 'no-store',
      });
      fetch(target, request).then(
        // The companion recognizes repeats by the id, so a retry does no harm.
        ({status}) => status >= 500 && !isLast && setTimeout(post, 1000, body, false, true),
        () => !isLast && setTimeout(post, 1000, body, false, true),
      );
    } catch {
      // Blocked by the page's Content Security Policy.
    }
  }

  function flush(isLeaving = false): void {
    clearTimeout(timer);
    timer = undefined;
    const isKnown = mayIdentify?.() === true;
    if ((isForeign && !hasPressed) || (isPatient && !hasActed && !isKnown)) return;
    const events = waiting.splice(0);
    if (isOptedOut()) return;
    const sent = isKnown ? events : counted(events);
    while (sent.length) {
      const some = sent.splice(0, mostWaiting);
      while (some.length > 1 && json({id: newId(), events: some}).length > largest)
        sent.unshift(some.pop() as ReaderEvent);
      post(json({id: newId(), events: some}), isLeaving);
    }
  }

  const flushAtExit = () => flush(true);
  addEventListener('pagehide', flushAtExit, ownProperties({signal}));
  document.addEventListener(
    'visibilitychange',
    () => document.visibilityState === 'hidden' && flushAtExit(),
    ownProperties({signal}),
  );
  signal.addEventListener('abort', flushAtExit);

  return {
    send(event) {
      if (signal.aborted || isOptedOut()) return;
      hasPressed ||= event.name === 'start';
      hasActed ||= !unasked.includes(event.name);
      waiting.push({...event, id: newId()});
      waiting = waiting.slice(-mostKept);
      if (waiting.length >= mostWaiting) flush();
      else timer ??= setTimeout(flush, longestWait);
    },
    flush,
  };
}
