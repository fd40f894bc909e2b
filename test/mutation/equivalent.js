/**
 * Mutants that change nothing anybody could see, each with its reason. `file` is the end of a path, `line` the
 * source line without its indentation, so that an entry survives a move.
 *
 * @type {{file: string, line: string, change: string, why: string}[]}
 */
export const equivalent = [];
