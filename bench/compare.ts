/** Compares page views with each other and with their goals. */

import type {Visit} from './visit.js';
import type {FileSize} from './sizes.js';
import {median} from './statistics.js';

/** The medians of all visits of one kind. */
export type Costs = Visit;

/** A figure that has a goal. */
export interface Goal {
  readonly scenario: string;
  readonly name: string;
  readonly figure: number;
  readonly unit: 'bytes' | 'ratio' | 'ms' | 'shift' | 'tasks';
  readonly goal: number;
  readonly isMet: boolean;
}

const figures: readonly (keyof Visit)[] = [
  'visible',
  'script',
  'task',
  'longTasksOfThread',
  'longestOfThread',
  'scriptDuration',
  'taskDuration',
  'longTasks',
  'longest',
  'shift',
  'requests',
  'scriptBytes',
  'firstPress',
  'press',
];

export function medians(visits: readonly Visit[]): Costs {
  return Object.fromEntries(
    figures.map(name => [name, median(visits.map(one => one[name]))]),
  ) as unknown as Costs;
}

/** How many times as long as the hand-written form each visit may take until the appeal is visible. */
const visible: Readonly<Record<string, number>> = {
  preload: 1.4,
  'file-preload': 1.4,
  appeal: 1.7,
  file: 1.9,
  'file-beside': 1.9,
  'file-line': 1.9,
  inline: 1.7,
  bar: 2.2,
  'bar-beside': 2.2,
  dialog: 2.2,
};

/** Compares the medians with the project's goals. */
export function compare(
  costs: ReadonlyMap<string, Costs>,
  shows: (scenario: string) => boolean,
): Goal[] {
  const article = costs.get('article');
  const vanilla = costs.get('vanilla');
  if (!article || !vanilla) throw new Error('expected the article alone and the hand-written form');
  const goals: Goal[] = [];
  for (const [scenario, cost] of costs) {
    if (cost === article || cost === vanilla) continue;
    const hold = (name: string, unit: Goal['unit'], figure: number, goal: number) =>
      // Rounded as displayed, so that the mark and the number agree.
      goals.push({scenario, name, unit, figure, goal, isMet: round(figure, unit) <= goal});
    if (shows(scenario)) {
      hold(
        'visible, against hand-written',
        'ratio',
        cost.visible / vanilla.visible,
        visible[scenario] ?? 1.9,
      );
      hold('script, against hand-written', 'ratio', cost.script / vanilla.script, 2);
      hold(
        'ScriptDuration, against hand-written',
        'ratio',
        cost.scriptDuration / vanilla.scriptDuration,
        2,
      );
      hold('press → paint, against hand-written', 'ratio', cost.press / vanilla.press, 1.3);
    } else {
      hold('script, added to the article', 'ms', cost.script - article.script, 10);
      const more = cost.scriptDuration - article.scriptDuration;
      hold('ScriptDuration, added to the article', 'ms', more, 10);
    }
    hold('CLS, added to the article', 'shift', Math.max(0, cost.shift - article.shift), 0);
    const tasks = cost.longTasksOfThread - article.longTasksOfThread;
    hold('long tasks, added to the article', 'tasks', tasks, 0);
    const observed = cost.longTasks - article.longTasks;
    hold('long tasks by the clock, added to the article', 'tasks', observed, 0);
  }
  return goals;
}

const digits = {bytes: 0, ratio: 2, ms: 1, shift: 4, tasks: 1};

export const round = (figure: number, unit: Goal['unit']): number =>
  Number(figure.toFixed(digits[unit]));

/** Compares the build with the budgets, in brotli bytes. */
export function compareFiles(files: readonly FileSize[]): Goal[] {
  const sizes = (...parts: FileSize['part'][]) =>
    files.filter(({part}) => parts.includes(part)).map(({brotli}) => brotli);
  const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
  const hold = (name: string, figure: number, goal: number): Goal => {
    return {scenario: 'brotli', name, unit: 'bytes', figure, goal, isMet: figure <= goal};
  };
  return [
    hold('loader', sum(sizes('loader')), 5120),
    hold('loader and interface', sum(sizes('loader', 'interface')), 24_576),
    hold('another language, the largest', Math.max(0, ...sizes('locale')), 1536),
  ];
}
