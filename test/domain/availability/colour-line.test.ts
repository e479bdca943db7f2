import fc from 'fast-check';
import { COLOURS, type ColourSpan } from '../../../src/domain/availability/colour.js';
import { colourLine } from '../../../src/domain/availability/colour-line.js';

const LETTERS = 'THCONF';
const lengths = fc.array(
  fc.record({ colour: fc.constantFrom(...COLOURS), length: fc.integer({ min: 1, max: 40 }) }),
  { minLength: 1, maxLength: 12 },
);

it('gives each step the strongest colour of all that it meets', () => {
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 30 }), (parts, step) => {
      let at = 1_000;
      const spans = parts.map(({ colour, length }): ColourSpan => {
        const startsAt = at;
        at += length;
        return { startsAt, endsAt: at, colour, quantity: 0, cause: null };
      });
      let expected = '';
      for (let from = 1_000; from < at; from += step) {
        const met = spans.filter(({ startsAt, endsAt }) => startsAt < from + step && endsAt > from);
        expected += LETTERS[Math.min(...met.map(({ colour }) => COLOURS.indexOf(colour)))];
      }
      expect(colourLine(spans, { from: 1_000, to: at }, step)).toBe(expected);
    }),
  );
});
