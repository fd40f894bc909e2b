/** Counts what the companion does, for Prometheus, with no label that a caller can invent. */

import type {Registry} from 'prom-client';
import {isWorker} from './is-worker.js';

type Prometheus = typeof import('prom-client');

/** The counters, with their label and help text. */
const counters = {
  events: ['result', 'Events of readers, by what became of them.'],
  problems: ['problem', 'Entries of the log, by where and what.'],
} as const;

export type CounterName = keyof typeof counters;

/** Upper bounds in seconds. A call to Stripe may take up to 9. */
const buckets = [0.005, 0.02, 0.1, 0.5, 2, 10];

/** The most labels of one counter; further ones are counted as `other`. */
const mostLabels = 100;

/** The connections of a database, at this moment. */
export interface PoolFigures {
  readonly used: number;
  readonly idle: number;
  /** How many callers wait for one. */
  readonly waiting: number;
}

/** Counters and times of one companion. */
export interface Metrics {
  count(name: CounterName, label: string, by?: number): void;
  /** Records one response of a route and the seconds it took. */
  answered(route: string, status: number, seconds: number): void;
  /** Resolves with all metrics in Prometheus' text format; `undefined` where nothing is counted. */
  text(): Promise<string | undefined>;
}

/**
 * Loads prom-client where the runtime has Node's modules: Node 20.16, Deno and Bun. An import would bring it into the
 * bundles of Workers, where it does not run and a process of many is not worth counting.
 */
function load(): Prometheus | undefined {
  if (isWorker()) return undefined;
  const {process} = globalThis as {process?: {getBuiltinModule?(name: string): unknown}};
  const modules = process?.getBuiltinModule?.('node:module') as
    {createRequire(from: string): (name: string) => unknown} | undefined;
  try {
    return modules?.createRequire(import.meta.url)('prom-client') as Prometheus | undefined;
  } catch {
    // A server in one bundled file has no packages beside it.
    return undefined;
  }
}

/** Those of the process, which all of its companions share. */
let ofProcess: Registry | undefined;

function processMetrics({Registry, collectDefaultMetrics}: Prometheus): Registry {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({register: ofProcess});
  }
  return ofProcess;
}

/** Returns a function that leaves a label as it is, unless it is odd or one of too many. */
function labels(): (label: string) => string {
  const known = new Set<string>();
  return label => {
    const clean = label.replace(/[^\w./: -]/g, '_').slice(0, 60);
    if (!known.has(clean) && known.size >= mostLabels) return 'other';
    known.add(clean);
    return clean;
  };
}

const none: Metrics = {
  count: () => undefined,
  answered: () => undefined,
  text: () => Promise.resolve(undefined),
};

/** Creates metrics that start at zero. */
export function metrics(pool?: () => PoolFigures): Metrics {
  const prometheus = load();
  if (!prometheus) return none;
  const {Counter, Gauge, Histogram, Registry} = prometheus;
  const registers = [new Registry(), processMetrics(prometheus)];
  const own = registers.slice(0, 1);

  const requests = new Counter({
    name: 'reader_support_requests_total',
    help: 'Requests, by route and status.',
    labelNames: ['route', 'status'],
    registers: own,
  });
  const untilAnswer = new Histogram({
    name: 'reader_support_request_seconds',
    help: 'Time until the answer, by route.',
    labelNames: ['route'],
    buckets,
    registers: own,
  });
  const untilStatus = new Histogram({
    name: 'reader_support_response_seconds',
    help: 'Time until the answer, by route and class of status.',
    labelNames: ['route', 'status'],
    buckets,
    registers: own,
  });
  const counterOf = (name: CounterName) => {
    const [label, help] = counters[name];
    const counter = new Counter({
      name: `reader_support_${name}_total`,
      help,
      labelNames: [label],
      registers: own,
    });
    const known = labels();
    return (value: string, by: number) => counter.inc({[label]: known(value)}, by);
  };
  const counting = {events: counterOf('events'), problems: counterOf('problems')};
  const routeLabel = labels();

  if (pool) {
    const connections = new Gauge({
      name: 'reader_support_database_connections',
      help: 'Connections to the database, by whether a statement uses them.',
      labelNames: ['state'],
      registers: own,
      collect() {
        const {used, idle} = pool();
        connections.set({state: 'used'}, used);
        connections.set({state: 'idle'}, idle);
      },
    });
    const waiting = new Gauge({
      name: 'reader_support_database_waiting',
      help: 'Callers that wait for a connection to the database.',
      registers: own,
      collect() {
        waiting.set(pool().waiting);
      },
    });
  }

  return {
    count: (name, label, by = 1) => counting[name](label, by),
    answered(name, status, seconds) {
      const route = routeLabel(name);
      requests.inc({route, status});
      untilAnswer.observe({route}, seconds);
      untilStatus.observe({route, status: `${Math.floor(status / 100)}xx`}, seconds);
    },
    async text() {
      const texts = await Promise.all(registers.map(register => register.metrics()));
      return texts.join('');
    },
  };
}

const routes = [
  'checkout',
  'webhook',
  'events',
  'reader',
  'access',
  'portal',
  'reminders',
  'report',
];
const operational = ['health', 'ready', 'metrics'];

/** Returns the name of a path's route: one of a fixed list, never a caller's text. */
export function routeOf(path: string, basePath: string): string {
  const [, first = ''] = path.slice(basePath.length).split('/');
  return [...routes, ...operational].includes(first) ? first : 'other';
}
