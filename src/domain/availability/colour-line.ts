import type { Stretch } from '../time/stretch.js';
import { COLOURS, type Colour, type ColourSpan } from './colour.js';

const LETTER: Record<Colour, string> = {
  TAKEN: 'T',
  HELD: 'H',
  CLOSED: 'C',
  OUTSIDE_HOURS: 'O',
  NOT_PERMITTED: 'N',
  FREE: 'F',
};
const CODES = COLOURS.map((colour) => LETTER[colour].charCodeAt(0));
const RANK = Object.fromEntries(COLOURS.map((colour, rank) => [colour, rank])) as Record<Colour, number>;

/**
 * The window in equal steps from its start, one letter each: of all colours that a step meets, the first of
 * taken, held, closed, outside hours, not permitted, free. The last step may be shorter.
 */
export function colourLine(spans: readonly ColourSpan[], { from, to }: Stretch, stepMs: number): string {
  const steps = Buffer.alloc(Math.ceil((to - from) / stepMs), COLOURS.length - 1);
  for (const { startsAt, endsAt, colour } of spans) {
    const rank = RANK[colour];
    const last = Math.ceil((endsAt - from) / stepMs);
    for (let step = Math.floor((startsAt - from) / stepMs); step < last; step++) {
      if (rank < (steps[step] as number)) steps[step] = rank;
    }
  }
  for (let step = 0; step < steps.length; step++) steps[step] = CODES[steps[step] as number] as number;
  return steps.toString('latin1');
}
