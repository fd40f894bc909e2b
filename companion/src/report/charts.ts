/** Draws the report's charts on the server: SVG without scripts, with text alternatives. */

import * as Plot from '@observablehq/plot';
import {parseHTML} from 'linkedom';
import {minorUnits} from 'reader-support/core';
import type {Factor} from '../stats/funnel.js';
import type {CoursePoint} from './time-series.js';
import type {ArmResult, Results} from './results.js';
import {changeOf, printMoney} from './format.js';
import {stepNames} from './text.js';

const {document} = parseHTML('<!doctype html><html><body></body></html>');

const major = (minor: number, currency: string): number =>
  minor / 10 ** minorUnits(currency).digits;

/** Draws one chart as SVG. `words` is its text alternative. */
function draw(words: string, options: Plot.PlotOptions): string {
  const chart = Plot.plot({
    document,
    style: {background: 'none', overflow: 'visible'},
    ...options,
    figure: false,
  });
  // Plot labels its groups, but content inside `role="img"` must not have labels.
  for (const group of chart.querySelectorAll('[aria-label]')) group.removeAttribute('aria-label');
  chart.setAttribute('role', 'img');
  chart.setAttribute('aria-label', words);
  // linkedom's `toString()` returns the node's markup.
  return (chart as unknown as {toString(): string}).toString();
}

/** Returns the end of the axis that all versions share. */
export function reachOf(arms: readonly ArmResult[], currency: string): number {
  const highs = arms.map(({per1000}) =>
    Number.isFinite(per1000.high) ? per1000.high : per1000.value,
  );
  return major(Math.max(...highs, 1) * 1.05, currency);
}

/** Draws a version's money per 1,000 readers with its interval, on the shared axis. */
export function intervalChart({arm, per1000}: ArmResult, currency: string, reach: number): string {
  const [low, value, high] = [per1000.low, per1000.value, per1000.high].map(minor =>
    Math.min(Math.max(major(minor, currency), 0), reach),
  ) as [number, number, number];
  const words = `${arm}: ${printMoney(per1000.value, currency)} per 1,000 readers, likely ${printMoney(Math.max(per1000.low, 0), currency)} to ${Number.isFinite(per1000.high) ? printMoney(per1000.high, currency) : 'any'}`;
  return draw(words, {
    ...{width: 300, height: 72, marginLeft: 12, marginRight: 24, marginBottom: 38},
    x: {domain: [0, reach], label: `${currency} per 1,000 readers`, ticks: 4},
    y: {axis: null, domain: [0]},
    marks: [
      Plot.gridX({ticks: 4, strokeOpacity: 0.15}),
      Plot.ruleY([0], {
        x1: low,
        x2: high,
        strokeWidth: 6,
        strokeOpacity: 0.35,
        strokeLinecap: 'round',
      }),
      Plot.dot([value], {x: (d: number) => d, y: 0, r: 5.5, fill: 'currentColor'}),
    ],
  });
}

/** Draws the differences of all versions from the control, against zero on one axis. */
export function differencesChart({verdict, scale}: Results): string | undefined {
  const {currency} = scale;
  const rows = verdict.comparisons
    .filter(({interval}) => Number.isFinite(interval.low) && Number.isFinite(interval.high))
    .map(({arm, difference, interval}) => ({
      arm,
      difference: major(difference * 1000, currency),
      low: major(interval.low * 1000, currency),
      high: major(interval.high * 1000, currency),
      text: differenceText(difference, currency),
    }));
  if (rows.length === 0) return undefined;
  const [low, high] = [
    Math.min(0, ...rows.map(row => row.low)),
    Math.max(0, ...rows.map(row => row.high)),
  ];
  const margin = (high - low) * 0.06;
  const words = verdict.comparisons
    .filter(({interval}) => Number.isFinite(interval.low))
    .map(
      ({arm, difference, interval}) =>
        `${arm} ${differenceText(difference, currency)}, likely ${differenceText(interval.low, currency)} to ${differenceText(interval.high, currency)}`,
    )
    .join('; ');
  return draw(`Differences from control per 1,000 readers: ${words}`, {
    // As wide as a phone; the page enlarges it where there is room.
    ...{width: 330, height: 62 + rows.length * 48, marginLeft: 12, marginRight: 12},
    marginBottom: 40,
    x: {domain: [low - margin, high + margin], label: `${currency} per 1,000 readers`, ticks: 4},
    y: {axis: null, domain: rows.map(({arm}) => arm), padding: 0.4},
    marks: [
      Plot.gridX({ticks: 4, strokeOpacity: 0.15}),
      Plot.ruleX([0], {strokeWidth: 1.5}),
      Plot.ruleY(rows, {
        ...{x1: 'low', x2: 'high', y: 'arm', strokeWidth: 7},
        ...{strokeOpacity: 0.35, strokeLinecap: 'round'},
      }),
      Plot.dot(rows, {x: 'difference', y: 'arm', r: 5.5, fill: 'currentColor'}),
      Plot.text(rows, {
        ...{y: 'arm', dy: -16, frameAnchor: 'left', fontWeight: 600},
        // The words stand on the rule at zero.
        ...{stroke: 'var(--paper)', strokeWidth: 6, fill: 'currentColor'},
        text: ({arm, text}: {arm: string; text: string}) => `${arm}: ${text}`,
      }),
    ],
  });
}

/** Formats a difference of money per reader, per 1,000 readers. */
function differenceText(minor: number, currency: string): string {
  return `${minor < 0 ? '−' : '+'}${printMoney(Math.abs(minor) * 1000, currency)}`;
}

/** Draws how much each step of the funnel contributes to the lift. */
export function factorsChart(arm: string, factors: readonly Factor[]): string {
  const bars = factors.map(({step, a, b}) => ({step: stepNames[step], change: b / a - 1}));
  const words = bars.map(({step, change}) => `${step} ${changeOf(change, 1)}`).join(', ');
  const reach = Math.max(...bars.map(({change}) => Math.abs(change)), 0.05) * 1.25;
  return draw(`Where the difference of ${arm} comes from: ${words}`, {
    ...{width: 640, height: 180, marginLeft: 190, marginRight: 40, marginBottom: 40},
    x: {domain: [-reach, reach], tickFormat: '+.0%', label: 'change against control', grid: true},
    y: {domain: bars.map(({step}) => step), label: null},
    marks: [
      Plot.barX(bars, {x: 'change', y: 'step', fill: 'currentColor', fillOpacity: 0.45, inset: 4}),
      Plot.text(bars, {
        ...{
          x: ({change}: {change: number}) => Math.max(change, 0),
          y: 'step',
          text: ({change}: {change: number}) => changeOf(change, 1),
        },
        // Beside the bar, on the far side of zero.
        ...{dx: 26, textAnchor: 'middle'},
      }),
      Plot.ruleX([0]),
    ],
  });
}

/** Draws an arm's difference by day, with the always-valid confidence band and the planned end. */
export function courseChart(
  arm: string,
  course: readonly CoursePoint[],
  {scale, from, to, end, plannedEnd}: Results,
): string {
  const {currency} = scale;
  // The readers may come sooner or later than was planned.
  const lastDay = [to, end ?? plannedEnd].sort().at(-1);
  const points = course.map(({day, difference, low, high}) => ({
    at: new Date(day),
    difference: major(difference, currency),
    low: major(low, currency),
    high: major(high, currency),
  }));
  // The wide intervals of the first days would flatten all others.
  const settled = points.slice(Math.min(Math.floor(points.length / 5), 6));
  const reach = Math.max(
    ...settled.flatMap(({low, high}) => [Math.abs(low), Math.abs(high)]).filter(Number.isFinite),
    1,
  );
  const last = course.at(-1);
  const words = last
    ? `${arm} against control, day by day: on ${last.day} ${printMoney(last.difference, currency)} per 1,000 readers, in a band from ${printMoney(last.low, currency)} to ${printMoney(last.high, currency)}`
    : `${arm} against control: no day yet`;
  const clipped = points.map(({at, difference, low, high}) => ({
    at,
    difference,
    low: Math.max(low, -reach),
    high: Math.min(high, reach),
  }));
  const marked = end ?? plannedEnd;
  const ends = marked === undefined ? [] : [new Date(marked)];
  return draw(words, {
    ...{width: 640, height: 260, marginLeft: 56, marginTop: 34},
    x: {
      type: 'utc',
      domain: [new Date(from ?? 0), new Date(lastDay ?? 0)],
      label: null,
    },
    y: {
      domain: [-reach, reach],
      label: `${currency} per 1,000 readers more than control`,
      grid: true,
    },
    marks: [
      Plot.areaY(clipped, {
        x: 'at',
        y1: 'low',
        y2: 'high',
        fill: 'currentColor',
        fillOpacity: 0.14,
      }),
      Plot.lineY(clipped, {x: 'at', y: 'difference', stroke: 'currentColor', strokeWidth: 2}),
      Plot.ruleY([0]),
      Plot.ruleX(ends, {strokeDasharray: '4,3'}),
      Plot.text(ends, {
        ...{x: (d: Date) => d, frameAnchor: 'top'},
        text: () => (end === undefined ? 'planned for' : 'planned readers came'),
        ...{textAnchor: 'end', dx: -6, dy: -12},
      }),
    ],
  });
}
