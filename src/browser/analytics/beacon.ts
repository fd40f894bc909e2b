/** How do events leave the page: few requests, none that anybody waits for, and none that nobody wants? */

import type {ReaderEvent, ReaderEventBatch} from '../../core/experiments/reader-event.js';

/** How events are sent. */
export interface BeaconOptions {
  /** The companion's `/events`. */
  readonly url: string | URL;
  /** Whether events may have ids, so that they can be joined. Asked at each flush; counts only, unless it says yes. */
  readonly mayIdentify?: () => boolean;
  /** Whether nothing leaves before the reader has done something, unless events may have ids. */
  readonly isPatient?: boolean;
}

/** A queue of events on its way out. */
export interface Beacon {
  /** Takes an event. Its ids are only used if they may be. */
  send(event: ReaderEvent): void;
  /** Sends what waits. `isLeaving`: the page may be gone before an answer comes. */
  flush(isLeaving?: boolean): void;
}

const mostWaiting = 10;
const longestWait = 5000;
/** Below the companion's limit for one request. */
const largest = 1900;
/** What a page without a connection keeps, before it drops the oldest. */
const mostKept = 50;

const newId = (): string =>
  // `randomUUID` is there on https pages only.
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

/** Whether the reader's browser says that nobody may be told. */
export const isOptedOut = (): boolean =>
  (navigator as {globalPrivacyControl?: boolean}).globalPrivacyControl === true;

/** What happens without the reader doing anything. */
const unasked: readonly string[] = ['exposure', 'view'];

/** Plain text of plain data: a page's `toJSON`, as old libraries have it, has no say in it. */
function json({id, events}: ReaderEventBatch): string {
  const texts = events.map(event => {
    const fields = Object.entries(event as unknown as Record<string, string | number>);
    return `{${fields.map(([name, value]) => `"${name}":${JSON.stringify(value)}`).join(',')}}`;
  });
  return `{"id":"${id}","events":[${texts.join(',')}]}`;
}

/** Events without ids, each kind of them once, with how often. */
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
 * Makes a beacon: it sends at ten events, after five seconds, and when the page is left. Under Global
 * Privacy Control it sends nothing; to another origin, nothing before the reader has pressed the
 * button. Where it is patient, nothing before the reader has done anything. Stops with the signal.
 * Never throws.
 */
export function beacon({url, mayIdentify, isPatient}: BeaconOptions, signal: AbortSignal): Beacon {
  const target = new URL(url, location.href);
  const isForeign = target.origin !== location.origin;
  let waiting: ReaderEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasPressed = false;
  let hasActed = false;

  function post(body: string, isLeaving: boolean, isLast = false): void {
    // The one type that goes to another origin without asking first; there is no time to ask.
    const type = 'text/plain;charset=UTF-8';
    try {
      if (isLeaving && navigator.sendBeacon(target, new Blob([body], {type}))) return;
      const request = {
        __proto__: null,
        method: 'POST',
        body,
        headers: {'content-type': type},
        credentials: 'omit',
        keepalive: true,
        cache: 'no-store',
      } as RequestInit;
      fetch(target, request).then(
        // The companion knows what it has heard by the id, so once more does no harm.
        ({status}) => status >= 500 && !isLast && setTimeout(post, 1000, body, false, true),
        () => !isLast && setTimeout(post, 1000, body, false, true),
      );
    } catch {
      // Forbidden by the page's policy: nobody is told.
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

  const leave = () => flush(true);
  addEventListener('pagehide', leave, {signal});
  document.addEventListener(
    'visibilitychange',
    () => document.visibilityState === 'hidden' && leave(),
    {signal},
  );
  signal.addEventListener('abort', leave);

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
