/**
 * Has browsers compile a whole file while it arrives, on another thread, instead of each function when it
 * is first called, on the one that draws the page. Where an appeal is shown, nearly every function of
 * these files is called at once. Chromium heeds it, to others it is a comment.
 */

const hint = '//# allFunctionsCalledOnLoad';
const notice = '/*! LICENSES.txt */';

/** The rollup plugin, to be placed behind `licenses()`: the hint has to be the first line of `files`, by their names. */
export default function compileHint(files) {
  return {
    name: 'compile-hint',
    renderChunk(code, {name}) {
      if (!files.includes(name)) return null;
      const rest = code.startsWith(notice)
        ? ` LICENSES.txt${code.slice(notice.length)}`
        : `\n${code}`;
      return {code: hint + rest, map: null};
    },
  };
}
