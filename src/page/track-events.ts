/** Sends what happens on the page to the companion, and keeps the reader record durable. */

import {beacon, type Beacon} from '../browser/analytics/beacon.js';
import {isOptedOut} from '../browser/analytics/is-opted-out.js';
import {isPreview} from '../browser/is-debugged.js';
import {keepReader} from '../browser/companion/durable-reader.js';
import {page, type HeardEvent} from '../browser/page.js';
import type {Attribution} from '../core/money/checkout.js';
import type {ReaderEvent, ReaderEventName} from '../core/experiments/reader-event.js';
import {ownProperties} from '../core/own-properties.js';
import {listenToEvents} from './listen-to-events.js';

/** What is counted, and where. */
export interface TrackEventsOptions {
  /** The companion's `/events`. Without it nothing is counted. */
  readonly events?: string | URL | undefined;
  /** The companion's `/reader`, on the page's own host. Without it browsers may forget a "not now". */
  readonly reader?: string | URL | undefined;
  /** Hears every event too, to hand it to an analytics tool: see `toGa4()` and its siblings. */
  readonly onEvent?: (event: ReaderEvent) => void;
  /** Whether events may have ids. Default: when the page keeps views, so with full consent. */
  readonly mayIdentify?: () => boolean;
  /**
   * `interactions`: without consent nothing leaves before the reader has done something; who only looks is not
   * counted then. Default: `all`.
   */
  readonly count?: 'interactions' | 'all' | undefined;
}

/** Options as pages give them, old words included. */
interface GivenOptions extends Omit<TrackEventsOptions, 'count'> {
  readonly told?: TrackEventsOptions['onEvent'];
  readonly count?: TrackEventsOptions['count'] | 'acts';
}

const names = ['campaign', 'experiment', 'arm', 'placement', 'exposure'] as const;

/** The names that an event or an element has, as far as they are texts. */
function namesOf(source: unknown): Attribution {
  const given = Object(source) as Record<string, unknown>;
  return ownProperties(
    Object.fromEntries(
      names.flatMap(name => {
        const value = given[name];
        // An element inherits its properties from its class, but none from what all objects inherit.
        if (value === (Object.prototype as Record<string, unknown>)[name]) return [];
        return typeof value === 'string' && value ? [[name, value.slice(0, 64)]] : [];
      }),
    ),
  );
}

/** The names in what a reader is about to give. */
const intentNames = (event: Event): Attribution =>
  namesOf((event as {intent?: {attribution?: unknown}}).intent?.attribution);

/** The appeal that an event came from. */
const appealOn = (path: readonly EventTarget[]): unknown =>
  path.find(node => node instanceof Element && node.localName === 'support-appeal');

const closes: readonly string[] = ['later', 'close', 'already-supporting', 'not-this-campaign'];

/** `trackEvents()`, with what has happened since it was called. */
export function beginTracking(
  options: TrackEventsOptions,
  early: readonly HeardEvent[] = [],
): () => void {
  // Honoured until 1.0: `told`, and `acts` below.
  const {
    events,
    reader,
    told,
    onEvent = told,
    mayIdentify,
    count,
  } = ownProperties(Object(options)) as GivenOptions;
  const ended = new AbortController();
  const {signal} = ended;
  page().tells = true;
  if (reader !== undefined) keepReader(reader, signal, early.length > 0);

  const identify = mayIdentify ?? (() => page().full === true);
  const isPatient = count === 'interactions' || count === 'acts';
  const out: Beacon | undefined =
    events === undefined
      ? undefined
      : beacon({url: events, mayIdentify: identify, isPatient}, signal);
  const exposed = new Map<string, Attribution>();
  const opened = new Set<string>();

  const report = (name: ReaderEventName, attribution: Attribution) => {
    if (isOptedOut() || isPreview()) return;
    const {campaign, experiment, arm, placement, exposure} = ownProperties<Attribution>({
      ...exposed.get(attribution.campaign ?? ''),
      ...attribution,
    });
    const event = ownProperties<ReaderEvent>({
      name,
      ...(campaign && {campaign}),
      ...(experiment && {experiment}),
      ...(arm && {arm}),
      ...(placement && {placement}),
      ...(exposure && name === 'exposure' && {exposure}),
    });
    out?.send(event);
    try {
      onEvent?.(event);
    } catch (error) {
      console.warn('reader-support:', error);
    }
  };

  const listeners: Record<string, (event: Event, from: Attribution) => void> = {
    'support-exposed'(_event, from) {
      exposed.set(from.campaign ?? '', from);
      report('exposure', from);
    },
    'support-seen'(_event, from) {
      report('view', from);
    },
    'support-choose'(_event, from) {
      const campaign = from.campaign ?? '';
      if (!opened.has(campaign)) report('open', from);
      opened.add(campaign);
    },
    'support-checkout'(event, from) {
      report('start', {...from, ...intentNames(event)});
    },
    'support-checkout-failed'(event, from) {
      report('fail', {...from, ...intentNames(event)});
    },
    'support-supported'(_event, from) {
      report('supported', from);
    },
    'support-closed'(event, from) {
      const {reason} = event as {reason?: unknown};
      if (closes.includes(reason as string)) report(reason as ReaderEventName, from);
    },
  };

  const hear = (...[event, path]: HeardEvent) => {
    const appeal = appealOn(path);
    const {format} = Object(appeal) as {format?: unknown};
    const from = {...namesOf({placement: format}), ...namesOf(appeal), ...namesOf(event)};
    listeners[event.type]?.(event, from);
  };
  for (const heard of early) hear(...heard);
  listenToEvents(hear, signal);

  return () => {
    delete page().tells;
    ended.abort();
  };
}

/**
 * Counts what happens on this page and keeps the reader's record durable. Call it once, before
 * `start()`; the returned function ends it. Never throws into the page.
 */
export function trackEvents(options: TrackEventsOptions): () => void {
  return beginTracking(options);
}
