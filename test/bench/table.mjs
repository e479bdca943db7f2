/** The targets of one figure: what it must reach and what it aims at, as a ratio to a yardstick of the same run or an absolute. */
const number = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2));

export class Table {
  #rows = [];

  /** `must` and `aim` are lower bounds; with `most`, upper ones. */
  row(what, value, { must = null, aim = null, most = false, unit = '' } = {}) {
    const reaches = (bound) => bound !== null && (most ? value <= bound : value >= bound);
    const missed = must === null ? (aim === null ? '' : 'below aim') : 'MISSED';
    const verdict = reaches(aim) ? 'aim' : reaches(must) ? 'must' : missed;
    const bound = (each) => (each === null ? '' : `${most ? '≤' : '≥'} ${number(each)}`);
    this.#rows.push([what, `${number(value)}${unit}`, bound(must), bound(aim), verdict]);
  }

  print() {
    const all = [['figure', 'measured', 'must', 'aim', 'reached'], ...this.#rows];
    const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
    for (const row of all)
      console.log(`| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
  }
}
