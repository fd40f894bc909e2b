/** Formats the figures for a terminal. */

import {round, type Costs, type Goal} from './compare.js';
import type {Heap} from './heap.js';
import type {Scenario} from './scenarios.js';
import type {FileSize} from './sizes.js';

/** The results of a run. */
export interface Results {
  readonly date: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    /** The machine's load average of the last minute, before and after. */
    readonly load: readonly number[];
    readonly browser: string;
  };
  readonly runs: number;
  readonly files: readonly FileSize[];
  readonly costs: Readonly<Record<string, Costs>>;
  readonly goals: readonly Goal[];
  readonly heap: Heap;
}

type Cell = string | number;

/** Formats a table: the first column is text, the others are numbers. */
function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const all = [head, ...rows].map(row => row.map(String));
  const widths = head.map((_, at) => Math.max(...all.map(row => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}

const whole = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(0));
const bytes = (value: number): string => value.toLocaleString('en');

function filesTable(files: readonly FileSize[]): string {
  return table(
    ['file', 'raw', 'gzip', 'brotli'],
    files.map(({file, part, raw, gzip, brotli}) => [
      `${part}: ${file}`,
      bytes(raw),
      bytes(gzip),
      bytes(brotli),
    ]),
  );
}

function costsTable(scenarios: readonly Scenario[], costs: Results['costs']): string {
  return table(
    [
      'medians',
      'visible ms',
      'script ms',
      'main thread ms',
      'long tasks',
      'longest ms',
      'by the clock: script',
      'main thread',
      'long tasks',
      'longest',
      'CLS',
      'press ms',
      'first press ms',
      'requests',
      'JS bytes',
    ],
    scenarios.flatMap(({id, name}) => {
      const cost = costs[id];
      if (!cost) return [];
      return [
        [
          name,
          whole(cost.visible),
          cost.script.toFixed(1),
          whole(cost.task),
          cost.longTasksOfThread,
          whole(cost.longestOfThread),
          cost.scriptDuration.toFixed(1),
          whole(cost.taskDuration),
          cost.longTasks,
          whole(cost.longest),
          cost.shift.toFixed(4),
          whole(cost.press),
          whole(cost.firstPress),
          cost.requests,
          bytes(cost.scriptBytes),
        ],
      ];
    }),
  );
}

const signs = {bytes: ' B', ratio: '×', ms: ' ms', shift: '', tasks: ''};

function goalsTable(scenarios: readonly Scenario[], goals: readonly Goal[]): string {
  return table(
    ['goal', 'figure', 'goal', ''],
    goals.map(({scenario, name, unit, figure, goal, isMet}) => [
      `${scenarios.find(({id}) => id === scenario)?.name ?? scenario}: ${name}`,
      `${round(figure, unit)}${signs[unit]}`,
      `≤ ${goal}${signs[unit]}`,
      isMet ? '✓' : '✗',
    ]),
  );
}

function heapTable({samples, bytesPerCycle, isFlat}: Heap): string {
  return [
    table(
      ['mounted and unmounted', 'heap bytes', 'nodes', 'listeners'],
      samples.map(one => [one.cycles, bytes(one.bytes), one.nodes, one.listeners]),
    ),
    `${isFlat ? '✓ flat' : '✗ grows'}: ${bytesPerCycle.toFixed(0)} bytes left by each`,
  ].join('\n');
}

/** Formats the figures with their goals. */
export function report(results: Results, scenarios: readonly Scenario[]): string {
  const {machine, runs, date} = results;
  return [
    `${date}: ${machine.cores} × ${machine.cpu}, load ${machine.load.join(' → ')}, ${machine.browser}`,
    `medians of ${runs} interleaved runs, 4× slower CPU, 1.6 Mbit/s, 150 ms, first visit`,
    '',
    filesTable(results.files),
    '',
    costsTable(scenarios, results.costs),
    '',
    goalsTable(scenarios, results.goals),
    '',
    heapTable(results.heap),
  ].join('\n');
}
