/**
 * Measures how long scripts held the main thread. Reads a trace, because the browser's `ScriptDuration`
 * excludes microtasks, in which components render. Times are thread time, not wall-clock time, so that
 * other load on the machine hardly matters.
 */

/** Times in ms. */
export interface Held {
  /** Compiling and running scripts, microtasks included. */
  readonly script: number;
  readonly task: number;
  /** Tasks of 50 ms or more. */
  readonly longTasks: number;
  readonly longest: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: {readonly name?: string};
}

/** The trace categories that are needed. */
export const categories: string[] = [
  'v8',
  'v8.execute',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
];

const scripts = new Set([
  'EvaluateScript',
  'FunctionCall',
  'RunMicrotasks',
  'v8.callFunction',
  'v8.compile',
  'v8.compileModule',
  'v8.evaluateModule',
  'v8.run',
]);

/** Returns the outermost events of a thread, which contain the nested ones. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  const kept: TraceEvent[] = [];
  let end = -Infinity;
  for (const event of [...events].sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    if (event.ts < end) continue;
    kept.push(event);
    end = event.ts + (event.dur ?? 0);
  }
  return kept;
}

const total = (times: readonly number[]): number => times.reduce((sum, one) => sum + one, 0);

/** Reads a trace of a visit. */
export function readTrace(trace: Buffer): Held {
  const {traceEvents} = JSON.parse(trace.toString()) as {traceEvents: readonly TraceEvent[]};
  const threads = traceEvents.filter(
    ({name, args}) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  const timesOf = (isWanted: (name: string) => boolean) =>
    threads.flatMap(({pid, tid}) =>
      outermost(
        traceEvents.filter(one => one.pid === pid && one.tid === tid && isWanted(one.name)),
      ).map(({tdur = 0}) => tdur / 1000),
    );
  const tasks = timesOf(name => name === 'RunTask');
  return {
    script: total(timesOf(name => scripts.has(name))),
    task: total(tasks),
    longTasks: tasks.filter(time => time >= 50).length,
    longest: Math.max(0, ...tasks),
  };
}
