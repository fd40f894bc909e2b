/** Counts how much of a log was understood, and says when it was too little for a verdict. */

import {countOf, plural} from './format.js';

/** The lines of a log: how many were understood, and the first that was not. */
export interface InputCount {
  readonly lines: number;
  readonly understood: number;
  readonly leftOut: number;
  /** `line 7: …`, what is wrong with the first line that is left out. */
  readonly first?: string;
}

/** The share of lines that may be left out. */
const mostLeftOut = 0.01;

/** Counts the lines of one log. */
export interface LineCounter {
  /** Counts a line that is understood. */
  add(): void;
  /** Counts a line that is not. */
  leaveOut(line: number, problem: string): void;
  /** Counts a line as left out that was counted as understood before. */
  takeBack(line: number, problem: string): void;
  total(): InputCount;
}

/** Creates a counter. */
export function countLines(): LineCounter {
  let understood = 0;
  let leftOut = 0;
  let first: {readonly line: number; readonly problem: string} | undefined;
  const leaveOut = (line: number, problem: string) => {
    leftOut += 1;
    if (!first || line < first.line) first = {line, problem};
  };
  return {
    add() {
      understood += 1;
    },
    leaveOut,
    takeBack(line, problem) {
      understood -= 1;
      leaveOut(line, problem);
    },
    total: () => ({
      ...{lines: understood + leftOut, understood, leftOut},
      ...(first && {first: `line ${first.line}: ${first.problem}`}),
    }),
  };
}

/** Says how much of a log was understood. */
export function inputText({lines, understood, leftOut, first}: InputCount): string {
  const text = `${plural(lines, 'line', 'lines')}, ${countOf(understood)} understood, ${countOf(leftOut)} left out`;
  return first === undefined ? `${text}.` : `${text}, the first: ${first}`;
}

/** Says why there can be no verdict, when more than 1 % of a log was left out; otherwise `undefined`. */
export function blockedBy(input: InputCount | undefined): string | undefined {
  if (!input || input.leftOut <= input.lines * mostLeftOut) return undefined;
  const {lines, leftOut, first = ''} = input;
  return `This test cannot be judged: ${countOf(leftOut)} of ${countOf(lines)} lines are left out, more than 1 %, because they are not understood, and a version may owe its place to them. The first: ${first}`;
}
