import stringWidth from 'string-width';
import { clean } from './clean.js';
import type { Output } from './output.js';

/** One fact of each row: for people in one cell, for programs in one or several. */
export interface Column<T> {
  readonly head: string;
  readonly shown: (row: T) => string;
  /** Without it programs get what people do. */
  readonly exact?: (row: T) => readonly string[];
  /** Gets narrower where the terminal is. */
  readonly gives?: boolean;
}

const GAP = '  ';
const NARROWEST = 8;

const exactCells = <T>(column: Column<T>, row: T): readonly string[] =>
  (column.exact?.(row) ?? [column.shown(row)]).map(clean);

/** The text cut to a width, with an ellipsis where something is missing. */
function fitted(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(cut + segment) > width - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}

function widthsOf<T>(columns: readonly Column<T>[], cells: readonly string[][], room: number): number[] {
  const widths = columns.map(({ head }, at) =>
    Math.max(stringWidth(head), ...cells.map((row) => stringWidth(row[at] ?? ''))),
  );
  const excess = widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1)) - room;
  const giving = columns.findIndex(({ gives }) => gives);
  if (excess > 0 && giving >= 0) widths[giving] = Math.max(NARROWEST, (widths[giving] ?? 0) - excess);
  return widths;
}

/** Rows as an aligned table on a terminal, else separated by tabs, exact, and without a head. */
export function printRows<T>(
  out: Output,
  columns: readonly Column<T>[],
  rows: readonly T[],
  hasHead = true,
): void {
  if (!out.isTerminal) {
    for (const row of rows) out.line(columns.flatMap((column) => exactCells(column, row)).join('\t'));
    return;
  }
  if (rows.length === 0) return;
  const cells = rows.map((row) => columns.map(({ shown }) => clean(shown(row))));
  const widths = widthsOf(columns, cells, out.columns);
  const laid = (row: readonly string[]) =>
    row
      .map((cell, at) => {
        const width = widths[at] ?? 0;
        const text = fitted(cell, width);
        return at === row.length - 1 ? text : text + ' '.repeat(width - stringWidth(text));
      })
      .join(GAP);
  if (hasHead) out.line(out.paint('dim', laid(columns.map(({ head }) => head.toUpperCase()))));
  for (const row of cells) out.line(laid(row));
}

/** One row, a fact a line. */
export function printFacts<T>(out: Output, columns: readonly Column<T>[], row: T): void {
  const width = Math.max(...columns.map(({ head }) => head.length));
  for (const column of columns) {
    const { head } = column;
    if (!out.isTerminal) out.line([head, ...exactCells(column, row)].join('\t'));
    else if (column.shown(row) !== '')
      out.line(`${out.paint('dim', head.padEnd(width))}${GAP}${clean(column.shown(row))}`);
  }
}
