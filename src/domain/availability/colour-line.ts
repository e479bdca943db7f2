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
  const line = new Uint8Array(Math.ceil((to - from) / stepMs));
  let edge = -1;
  let strongest: number = COLOURS.length;
  for (const { startsAt, endsAt, colour } of spans) {
    const rank = RANK[colour];
    const first = Math.floor((startsAt - from) / stepMs);
    const last = Math.ceil((endsAt - from) / stepMs) - 1;
    // Two spans share at most the step in which one ends and the next starts.
    const isWeaker = first === edge && strongest <= rank;
    line.fill(CODES[rank] as number, isWeaker ? first + 1 : first, last + 1);
    if (!isWeaker || last > edge) strongest = rank;
    edge = last;
  }
  return Buffer.from(line.buffer).toString('latin1');
}
