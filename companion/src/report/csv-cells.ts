/** Splits CSV into rows of cells, as spreadsheets and databases write it. */

/** A row, and the line on which it begins. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Returns what separates the cells: the first tab, semicolon or comma of the header. */
function separatorOf(text: string): string {
  const [header = ''] = text.split(/[\r\n]/, 1);
  const [separator = ','] = /[\t;,]/.exec(header.replaceAll(/"[^"]*"/g, '')) ?? [];
  return separator;
}

/**
 * Splits a text into rows. A quoted cell may hold separators, line breaks and doubled quotes. Empty lines
 * are left out. Throws an `Error` that names the line of a quote that is never closed.
 */
export function csvRows(text: string): CsvRow[] {
  const separator = separatorOf(text);
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"[ ]*|([^${separator}\\r\\n]*))(${separator}|\\r\\n|\\r|\\n|$)`,
    'y',
  );
  const rows: CsvRow[] = [];
  let line = 1;
  let begin = 1;
  let cells: string[] = [];
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const [, quoted, plain = '', end = ''] = cell.exec(text) ?? [];
    if (quoted === undefined && plain.startsWith('"')) {
      throw new Error(`line ${begin}: expected the quoted cell to end with a quote`);
    }
    cells.push(quoted?.replaceAll('""', '"') ?? plain.trim());
    line += text.slice(at, cell.lastIndex).match(/\r\n|\r|\n/g)?.length ?? 0;
    const isLast = cell.lastIndex >= text.length;
    // The last cell is empty where the text ends with a separator.
    if (isLast && end === separator) cells.push('');
    if (end === separator && !isLast) continue;
    if (cells.some(value => value !== '')) rows.push({line: begin, cells});
    cells = [];
    begin = line;
  }
  return rows;
}
