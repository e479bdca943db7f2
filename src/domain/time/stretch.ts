/** A half-open interval of instants in ms since 1970. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The same instants in as few stretches as they need, by start: what touches is joined, what is empty dropped. */
export function merged(stretches: readonly Stretch[]): Stretch[] {
  const joined: { from: number; to: number }[] = [];
  const inOrder = stretches.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from);
  for (const { from, to } of inOrder) {
    const last = joined.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** What of the open stretches is not closed, merged. */
export function without(open: readonly Stretch[], closed: readonly Stretch[]): Stretch[] {
  const holes = merged(closed);
  const left: Stretch[] = [];
  let next = 0;
  for (const { from, to } of merged(open)) {
    let start = from;
    while ((holes[next]?.to ?? Infinity) <= start) next++;
    for (let hole = holes[next]; hole && hole.from < to; hole = holes[next]) {
      if (start < hole.from) left.push({ from: start, to: hole.from });
      start = hole.to;
      // A hole that reaches further may also cut the next stretch.
      if (hole.to > to) break;
      next++;
    }
    if (start < to) left.push({ from: start, to });
  }
  return left;
}

/** What of the stretches lies within the bounds, merged. */
export function within(stretches: readonly Stretch[], bounds: Stretch): Stretch[] {
  return merged(
    stretches.map(({ from, to }) => ({ from: Math.max(from, bounds.from), to: Math.min(to, bounds.to) })),
  );
}
