/** Counts what the companion does and prints it in Prometheus format, with no label that a caller can invent. */

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

interface Times {
  readonly within: number[];
  sum: number;
  count: number;
}

/** Counters and times of one process. */
export interface Metrics {
  count(name: CounterName, label: string, by?: number): void;
  /** Records one response of a route and the seconds it took. */
  answered(route: string, status: number, seconds: number): void;
  /** Returns all metrics in Prometheus' text format. */
  text(): string;
}

const clean = (label: string): string => label.replace(/[^\w./: -]/g, '_').slice(0, 60);

/** Adds to a counter in a map of limited size. */
function add(map: Map<string, number>, label: string, by: number): void {
  const key = map.has(label) || map.size < mostLabels ? label : 'other';
  map.set(key, (map.get(key) ?? 0) + by);
}

/** Creates metrics that start at zero. */
export function metrics(): Metrics {
  const counts = new Map<CounterName, Map<string, number>>();
  const requests = new Map<string, number>();
  const times = new Map<string, Times>();

  function* lines(): Generator<string> {
    yield '# HELP reader_support_requests_total Requests, by route and status.';
    yield '# TYPE reader_support_requests_total counter';
    for (const [labels, count] of requests)
      yield `reader_support_requests_total{${labels}} ${count}`;
    const seconds = 'reader_support_request_seconds';
    yield `# HELP ${seconds} Time until the answer, by route.`;
    yield `# TYPE ${seconds} histogram`;
    for (const [route, {within, sum, count}] of times) {
      const line = (end: string) => `${seconds}_bucket{route="${route}",le="${end}"}`;
      for (const [at, end] of buckets.entries()) yield `${line(`${end}`)} ${within[at] ?? 0}`;
      yield `${line('+Inf')} ${count}`;
      yield `${seconds}_sum{route="${route}"} ${Math.round(sum * 1e6) / 1e6}`;
      yield `${seconds}_count{route="${route}"} ${count}`;
    }
    for (const [name, [label, help]] of Object.entries(counters)) {
      const full = `reader_support_${name}_total`;
      yield `# HELP ${full} ${help}`;
      yield `# TYPE ${full} counter`;
      for (const [value, count] of counts.get(name as CounterName) ?? [])
        yield `${full}{${label}="${value}"} ${count}`;
    }
  }

  return {
    count(name, label, by = 1) {
      const map = counts.get(name) ?? new Map<string, number>();
      counts.set(name, map);
      add(map, clean(label), by);
    },
    answered(route, status, took) {
      add(requests, `route="${clean(route)}",status="${status}"`, 1);
      let histogram = times.get(route);
      if (!histogram) {
        if (times.size >= mostLabels) return;
        times.set(clean(route), (histogram = {within: buckets.map(() => 0), sum: 0, count: 0}));
      }
      for (const [at, end] of buckets.entries())
        if (took <= end) histogram.within[at] = (histogram.within[at] ?? 0) + 1;
      histogram.sum += took;
      histogram.count += 1;
    },
    text: () => `${[...lines()].join('\n')}\n`,
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
