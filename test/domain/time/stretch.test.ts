import fc from 'fast-check';
import { merged, type Stretch, within, without } from '../../../src/domain/time/stretch.js';

const LINE = Array.from({ length: 30 }, (_, at) => at);
const stretch = fc.record({ from: fc.integer({ min: 0, max: 30 }), to: fc.integer({ min: 0, max: 30 }) });
const stretches = fc.array(stretch, { maxLength: 8 });

const holds = (list: readonly Stretch[], at: number) => list.some(({ from, to }) => from <= at && at < to);
const instants = (list: readonly Stretch[]) => LINE.filter((at) => holds(list, at));
/** Sorted, without empty ones, and none touches the next. */
const isMerged = (list: readonly Stretch[]) =>
  list.every(({ from, to }, index) => from < to && (list[index - 1]?.to ?? -1) < from);

it('joins what overlaps or touches, and drops what is empty', () => {
  const parts = [
    { from: 5, to: 7 },
    { from: 1, to: 3 },
    { from: 9, to: 9 },
    { from: 3, to: 4 },
    { from: 6, to: 8 },
  ];
  expect(merged(parts)).toEqual([
    { from: 1, to: 4 },
    { from: 5, to: 8 },
  ]);
});

it('keeps exactly the instants that it should, in as few stretches as possible', () => {
  fc.assert(
    fc.property(stretches, stretches, stretch, (some, others, bounds) => {
      const joined = merged(some);
      expect(instants(joined)).toEqual(instants(some));
      expect(isMerged(joined)).toBe(true);

      const left = without(some, others);
      expect(instants(left)).toEqual(LINE.filter((at) => holds(some, at) && !holds(others, at)));
      expect(left.every(({ from, to }) => from < to)).toBe(true);

      const inside = within(some, bounds);
      expect(instants(inside)).toEqual(LINE.filter((at) => holds(some, at) && holds([bounds], at)));
      expect(isMerged(inside)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

it('leaves the lists that it is given as they are', () => {
  const list = Object.freeze([Object.freeze({ from: 4, to: 6 }), Object.freeze({ from: 1, to: 5 })]);
  merged(list);
  without(list, list);
  expect(list.map(({ from }) => from)).toEqual([4, 1]);
});
