/** Finds daily sums that no readers and gifts can add up to. */

import {columns, type Column} from './daily-sum.js';

const money: readonly Column[] = ['value', 'capped', 'squares', 'cubes'];

/** The columns that count something. */
const counts = columns.filter(column => !money.includes(column));

/** Sums of squares and cubes are rounded where they leave the whole numbers of a computer. */
const rounding = 1e-9;

const print = (number: number): string => String(Number(number.toPrecision(12)));

/**
 * Says what is wrong with the sums of an arm on a day, and how to mend it; `undefined` when they are
 * possible. `cap` is the most that one reader counts for, in minor units, where it is known.
 */
export function sumProblem(sums: ReadonlyMap<string, number>, cap?: number): string | undefined {
  const of = (name: string) => sums.get(name) ?? 0;
  for (const name of counts) {
    const count = of(name);
    if (!Number.isSafeInteger(count))
      return `expected ${name} to be a whole number but received ${count}: count ${name}, not a share or a mean`;
  }
  const [readers, gifts] = [of('readers'), of('gifts')];
  const [value, capped, squares, cubes] = [of('value'), of('capped'), of('squares'), of('cubes')];
  // Gifts without an exposure count on their own day, on which there may be no reader at all.
  if (readers > 0 && gifts > readers)
    return `expected gifts to be at most readers, ${readers}, but received ${gifts}: count each reader who gave once, on the day of the exposure, however late the gift`;
  if (gifts === 0) {
    for (const name of ['capped', 'squares', 'cubes'])
      if (of(name) > 0)
        return `expected ${name} to be 0 where there are no gifts but received ${print(of(name))}: count each reader who gave under gifts, on the same day as the money`;
    return undefined;
  }
  if (sums.has('value') && capped > value * (1 + rounding))
    return `expected capped to be at most value, ${print(value)}, but received ${print(capped)}: value is the money without the cap, in the same minor units`;
  const leastSquares = capped ** 2 / gifts;
  if (squares < leastSquares * (1 - rounding))
    return `expected squares to be at least capped² / gifts, ${print(leastSquares)}, but received ${print(squares)}: add up the square of each reader's capped money, in minor units`;
  if (cap !== undefined && squares > cap * capped * (1 + rounding))
    return `expected squares to be at most the cap times capped, ${print(cap * capped)}, but received ${print(squares)}: cap each reader's money at ${cap} minor units before it is squared`;
  // Without the column, or with nothing in it, cubes are unknown.
  if (cubes === 0) return undefined;
  const leastCubes = squares ** 2 / capped;
  if (cubes < leastCubes * (1 - rounding))
    return `expected cubes to be at least squares² / capped, ${print(leastCubes)}, but received ${print(cubes)}: add up the cube of each reader's capped money, in minor units`;
  if (cap !== undefined && cubes > cap * squares * (1 + rounding))
    return `expected cubes to be at most the cap times squares, ${print(cap * squares)}, but received ${print(cubes)}: cap each reader's money at ${cap} minor units before it is cubed`;
  return undefined;
}
