import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Cause } from '../../domain/availability/colour.js';
import { colourLine } from '../../domain/availability/colour-line.js';
import { colourSpans } from '../../domain/availability/colour-spans.js';
import type { Sight } from '../../domain/availability/sight.js';
import type { ColouredRow } from '../../sql/availability/read-coloured.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { reservationById } from '../reservations/loaders.js';
import { Reservation } from '../reservations/reservation.view.js';
import { Availability } from './availability.view.js';
import { ColourSpan, SpanCause } from './colour.view.js';

/** One resource that has been read to be coloured. */
export interface ToColour {
  readonly row: ColouredRow;
  readonly sight: Sight;
}

const MOST_STEPS = 10_000;
const MINUTE = 60_000;

@Resolver(() => Availability)
export class ColourResolver {
  @FieldResolver(() => [ColourSpan], {
    description:
      'The whole window as the viewer may use it, by start and without gaps: what the decision engine would say.',
  })
  spans(@Root() { row, sight }: ToColour) {
    return colourSpans(row, sight);
  }

  @FieldResolver(() => String, {
    description:
      'The same as text, for large calendars: the window in equal steps, one letter each (T taken, H held, C closed, O outside hours, N not permitted, F free), the first of these that any part of the step has.',
  })
  line(
    @Root() { row, sight }: ToColour,
    @Arg('stepMinutes', () => Int, { description: 'The length of a step; at most 10,000 fit a window.' })
    stepMinutes: number,
  ): string {
    const { from, to } = sight.window;
    if (stepMinutes < 1 || to - from > stepMinutes * MINUTE * MOST_STEPS) {
      throw badUserInput(`stepMinutes is at least 1, and a line has at most ${MOST_STEPS} steps.`);
    }
    return colourLine(colourSpans(row, sight), sight.window, stepMinutes * MINUTE);
  }
}

@Resolver(() => SpanCause)
export class SpanCauseResolver {
  @FieldResolver(() => Reservation, {
    nullable: true,
    description: 'What takes or holds it; null where it is not one alone, or the viewer may not see it.',
  })
  reservation(@Root() { reservationId }: Cause, @Ctx() ctx: GraphQLContext) {
    return reservationId === null ? null : reservationById(ctx).load(reservationId);
  }
}
