/** Receives page events, counts each once and stores nothing about the reader. */

import type {Context} from 'hono';
import type {ReaderEvent} from 'reader-support/core';
import {callerAddress} from '../http/address.js';
import {readJson} from '../http/body.js';
import type {Env} from '../http/address.js';
import {claimedBy, groupsOf, readEventBatch} from './event-batch.js';
import {eventBudget} from './event-budget.js';
import {rowBudget, type EventNames} from './row-budget.js';
import {eventQueue} from './event-queue.js';
import {utcDayOf, type EventGroup, type EventStore} from './event-store.js';
import {isWorker} from '../http/is-worker.js';
import type {Metrics} from '../http/metrics.js';
import type {SiteSettings} from '../http/settings.js';
import {corsHeaders, requireAllowedOrigin} from '../http/origin.js';
import {isRobot} from './robots.js';

/** An event as it is passed to a warehouse. */
export interface ToldEvent extends ReaderEvent {
  /** Identifies repeats: an event that is passed twice has the same key. Events without ids share their request's. */
  readonly key: string;
  /** When the companion received it. Epoch ms. */
  readonly at: number;
}

/** Options for receiving events. */
export interface EventOptions {
  /**
   * Passes events to a warehouse instead of the store. Rejected events are retried until they are
   * accepted, as long as the process runs and the queue has room.
   */
  readonly onEvents?: (events: readonly ToldEvent[]) => Promise<unknown>;
  /** The known campaigns. Events of others are dropped. Default: all are accepted. */
  readonly campaigns?: readonly string[];
  /**
   * Returns the names of the site's campaigns and experiments, asked once a minute. Events with others are not
   * dropped, as with the two above, but share a tenth of `mostRows`.
   */
  readonly names?: () => Promise<EventNames>;
  /** The known experiments and their arms. Events of others are dropped. Default: all are accepted. */
  readonly experiments?: Readonly<Record<string, readonly string[]>>;
  /** How many rows one day may have; events that would add more are dropped. Default: 2000. */
  readonly mostRows?: number;
  /**
   * How many events one network may claim in a minute: the sum of their counts, and at least one for each
   * request. Requests that claim more than is left are dropped. Default: 600.
   */
  readonly perNetwork?: number;
  /** Whether a `User-Agent` is a robot, whose events are dropped. Default: robots that identify themselves. */
  readonly isRobot?: (userAgent: string | null) => boolean;
  /** How long to collect requests for one write, in ms. Default: 10; 0 on Workers, where requests cannot share work. */
  readonly batchDelayMs?: number;
}

const minute = 60_000;
const largestBatch = 2048;
/** Why events are dropped that somebody may be missing. */
const alarming = new Set(['too-many', 'unknown', 'flood']);
const tries = 3;
/** How many keys are remembered in memory when there is no store. */
const mostKeys = 50_000;

/** Stores or forwards events. Resolves when they are safe. */
type Sink = (groups: readonly EventGroup[]) => Promise<void>;

function intoStore(store: EventStore, metrics: Metrics, now: () => number): Sink {
  return async groups => {
    const newKeys = await store.add(groups, now());
    for (const {key, events} of groups)
      metrics.count('events', newKeys.has(key) ? 'stored' : 'repeated', events.length);
  };
}

function intoWarehouse(
  tell: (events: readonly ToldEvent[]) => Promise<unknown>,
  metrics: Metrics,
  now: () => number,
): Sink {
  const keys = new Set<string>();
  return async groups => {
    const newGroups = groups.filter(({key}) => !keys.has(key));
    const at = now();
    const batch = newGroups.flatMap(({key, events}) => events.map(event => ({...event, key, at})));
    for (let triesLeft = tries; batch.length;) {
      try {
        await tell(batch);
        break;
      } catch (error) {
        if (!--triesLeft) throw error;
        await new Promise(go => setTimeout(go, 50 * (tries - triesLeft)));
      }
    }
    // Remembered only after delivery, so that undelivered events can be retried.
    for (const {key} of newGroups) keys.add(key);
    for (const key of keys) {
      if (keys.size <= mostKeys) break;
      keys.delete(key);
    }
    metrics.count('events', 'told', batch.length);
  };
}

/** What the route needs of the settings. */
interface EventSettings extends SiteSettings {
  readonly store: {readonly events?: EventStore};
  readonly events: EventOptions;
}

/** Creates the route; `undefined` when there is neither an event store nor a warehouse. */
export function eventsRoute(
  settings: EventSettings,
  metrics: Metrics,
):
  | {
      readonly take: (context: Context<Env>) => Promise<Response>;
      readonly settled: () => Promise<void>;
    }
  | undefined {
  const {origins, log, now, store, trustedHops} = settings;
  const options = settings.events;
  const {onEvents, mostRows = 2000, perNetwork = 600, batchDelayMs = isWorker() ? 0 : 10} = options;
  const sink = onEvents
    ? intoWarehouse(onEvents, metrics, now)
    : store.events && intoStore(store.events, metrics, now);
  if (!sink) return undefined;

  /** What the log has not told of yet, and since when. */
  const untold = new Map<string, {count: number; since: number}>();
  const drop = (reason: string, count = 1) => {
    metrics.count('events', reason, count);
    if (!alarming.has(reason)) return;
    const {count: before, since} = untold.get(reason) ?? {count: 0, since: -Infinity};
    const isDue = now() - since >= minute;
    untold.set(reason, {count: isDue ? 0 : before + count, since: isDue ? now() : since});
    if (isDue) log({at: 'events', problem: 'dropped', detail: {reason, count: before + count}});
  };
  const countLost = (groups: readonly EventGroup[]) =>
    groups.forEach(({events: lost}) => drop('failed', lost.length));
  const failed = (error: unknown) =>
    log({
      at: 'events',
      problem: 'failed',
      detail: {type: error instanceof Error ? error.name : typeof error},
    });
  const queue = eventQueue(sink, {wait: batchDelayMs, failed, lost: countLost});
  const isFromRobot = options.isRobot ?? isRobot;
  const takeBudget = eventBudget(perNetwork);
  const campaigns = options.campaigns && new Set(options.campaigns);
  const experiments =
    options.experiments &&
    new Map(Object.entries(options.experiments).map(([id, arms]) => [id, new Set(arms)]));

  let fits = rowBudget(mostRows);
  let day = '';
  let names: EventNames | undefined;
  let namesReadAt = -Infinity;

  async function readNames(): Promise<void> {
    if (!options.names || now() - namesReadAt < minute) return;
    namesReadAt = now();
    try {
      names = await options.names();
    } catch (error) {
      // Those of the last minute still hold.
      failed(error);
    }
  }

  function isKnown(event: ReaderEvent): boolean {
    const {campaign, experiment, arm} = event;
    if (campaigns && campaign !== undefined && !campaigns.has(campaign)) return false;
    if (!experiments || experiment === undefined) return true;
    return experiments.get(experiment)?.has(arm ?? '') ?? false;
  }

  function sift(events: readonly ReaderEvent[], address: string | undefined): ReaderEvent[] {
    const today = utcDayOf(now());
    if (today !== day) {
      day = today;
      fits = rowBudget(mostRows);
    }
    const known = events.filter(isKnown);
    const accepted = known.filter(event => fits(event, address, names));
    if (known.length < events.length) drop('unknown', events.length - known.length);
    if (accepted.length < known.length) drop('too-many', known.length - accepted.length);
    return accepted;
  }

  async function take(context: Context<Env>): Promise<Response> {
    const request = context.req.raw;
    requireAllowedOrigin(request, origins);
    const noContent = () =>
      new Response(null, {
        status: 204,
        headers: {...corsHeaders(request, origins), 'cache-control': 'no-store'},
      });
    const turnAway = (reason: string) => {
      drop(reason);
      request.body?.cancel().catch(() => undefined);
      return noContent();
    };
    if (request.headers.get('sec-gpc') === '1') return turnAway('gpc');
    if (isFromRobot(request.headers.get('user-agent'))) return turnAway('robot');
    const address = callerAddress(request, context.env, trustedHops);
    if (address && !takeBudget(address, 1, now())) return turnAway('flood');

    // A beacon cannot send JSON to another origin without a preflight, which it has no time for.
    const types = ['application/json', 'text/plain'];
    const {refused, ...batch} = readEventBatch(
      await readJson(request, largestBatch, types, context.env.isMeasured),
    );
    if (refused) drop('refused', refused);
    // The request itself has paid for one.
    const claimed = claimedBy(batch) - 1;
    if (address && claimed > 0 && !takeBudget(address, claimed, now())) {
      drop('flood', batch.events.length);
      return noContent();
    }
    await readNames();
    const groups = groupsOf({...batch, events: sift(batch.events, address)});
    if (!groups.length) return noContent();
    // A page can do nothing about a store that is down, so it is not asked to retry: what cannot be
    // written now waits here.
    try {
      if ((await queue.add(groups)) === 'full') {
        countLost(groups);
        log({at: 'events', problem: 'full'});
      }
    } catch (error) {
      failed(error);
      countLost(groups);
    }
    return noContent();
  }

  return {take, settled: () => queue.settled()};
}
