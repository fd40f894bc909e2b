/** Describes what `doctor` finds, and prints it. */

/** One thing that was looked at. */
export interface Finding {
  /** `warn`: it works, but not as well as it should, or could not be looked at. */
  readonly state: 'ok' | 'warn' | 'fail';
  readonly what: string;
  readonly says: string;
  /** What to do about it; with `warn` and `fail`. */
  readonly cure?: string;
}

export const ok = (what: string, says: string): Finding => ({state: 'ok', what, says});
export const warn = (what: string, says: string, cure: string): Finding => ({
  ...{state: 'warn', what, says, cure},
});
export const fail = (what: string, says: string, cure: string): Finding => ({
  ...{state: 'fail', what, says, cure},
});

/** Returns a finding as lines of text. */
export function linesOf({state, what, says, cure}: Finding): readonly string[] {
  const head = `${state.padEnd(5)} ${what}: ${says}`;
  return cure === undefined ? [head] : [head, `      → ${cure}`];
}
