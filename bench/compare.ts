/** How does one page view compare with another, and with its goal? */

import type {Visit} from './visit.js';
import {median} from './statistics.js';

/** The medians of all visits of one kind. */
export type Costs = Visit;

/** A figure that has a goal. */
export interface Goal {
  readonly scenario: string;
  readonly name: string;
  readonly figure: number;
  readonly unit: 'ratio' | 'ms' | 'shift' | 'tasks';
  readonly goal: number;
  readonly isMet: boolean;
}

const figures: readonly (keyof Visit)[] = [
  'visible',
  'script',
  'task',
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

/** What the medians are compared by, and the goals of the project. */
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
      // As many digits as are shown, so that the mark and the number agree.
      goals.push({scenario, name, unit, figure, goal, isMet: round(figure, unit) <= goal});
    if (shows(scenario)) {
      hold('visible, against hand-written', 'ratio', cost.visible / vanilla.visible, 1.15);
      hold('script, against hand-written', 'ratio', cost.script / vanilla.script, 2);
      hold('press → paint, against hand-written', 'ratio', cost.press / vanilla.press, 1.2);
    } else {
      hold('script, added to the article', 'ms', cost.script - article.script, 10);
    }
    hold('CLS, added to the article', 'shift', Math.max(0, cost.shift - article.shift), 0);
    hold('long tasks, added to the article', 'tasks', cost.longTasks - article.longTasks, 0);
  }
  return goals;
}

const digits = {ratio: 2, ms: 1, shift: 4, tasks: 1};

export const round = (figure: number, unit: Goal['unit']): number =>
  Number(figure.toFixed(digits[unit]));
