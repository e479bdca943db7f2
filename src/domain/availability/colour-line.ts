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
const LETTERS = COLOURS.map((colour) => LETTER[colour]);
const RANK = Object.fromEntries(COLOURS.map((colour, rank) => [colour, rank])) as Record<Colour, number>;

/**
 * The window in equal steps from its start, one letter each: of all colours that a step meets, the first of
 * taken, held, closed, outside hours, not permitted, free. The last step may be shorter.
 */
export function colourLine(spans: readonly ColourSpan[], { from, to }: Stretch, stepMs: number): string {
  const ranks = new Uint8Array(Math.ceil((to - from) / stepMs)).fill(COLOURS.length - 1);
  for (const { startsAt, endsAt, colour } of spans) {
    const rank = RANK[colour];
    const last = Math.ceil((endsAt - from) / stepMs);
    for (let step = Math.floor((startsAt - from) / stepMs); step < last; step++) {
      if (rank < (ranks[step] as number)) ranks[step] = rank;
    }
  }
  let line = '';
  for (const rank of ranks) line += LETTERS[rank];
  return line;
}
