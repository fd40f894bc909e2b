/**
 * Mutants that change nothing anybody could see, each with its reason. `file` is the end of a path, `line` the
 * source line without its indentation, so that an entry survives a move.
 *
 * @type {{file: string, line: string, change: string, why: string}[]}
 */
export const equivalent = [
  {
    file: 'money.ts',
    line: 'const sign = !shown && minor >= 0 && minor < 1e5 && signs[currency];',
    change: '>= → >',
    why: 'Nothing at all is written alike with and without `Intl`.',
  },
  {
    file: 'money.ts',
    line: ': /^(BHD|JOD|KWD|OMR|TND)$/.test(currency)',
    change: 'drop ^ of /^(BHD|JOD|KWD|OMR|TND)$/',
    why: "A currency's code has three letters.",
  },
  {
    file: 'planner.ts',
    line: 'for (let i = 0; i < 60; i += 1) {',
    change: '60 → (60 + 1)',
    why: 'Sixty halvings are at the end of what a float can tell apart.',
  },
  {
    file: 'holm.ts',
    line: 'least = Math.max(least, Math.min((ps[i] ?? 1) * (ps.length - rank), 1));',
    change: '1 → (1 + 1)',
    why: 'The default is for the compiler: every index is one of the list.',
  },
  {
    file: 'verdict.ts',
    line: "if (split !== undefined && split < splitAlpha) return {state: 'broken-split', ...told};",
    change: '< → <=',
    why: 'No counts have a p of just 0.001.',
  },
  {
    file: 'verdict.ts',
    line: 'const better = comparisons.filter(({difference}, i) => clear[i] && difference > 0);',
    change: '> → >=',
    why: 'An interval around a difference of zero covers zero, so it is not clear.',
  },
  {
    file: 'special.ts',
    line: 'for (; y < 10; y += 1) shift += Math.log(y);',
    change: '< → <=',
    why: "Stirling's formula holds at 10 and at 11.",
  },
];
