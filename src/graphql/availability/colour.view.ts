import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Colour } from '../../domain/availability/colour.js';
import { ReasonCode } from '../reservations/refusal.view.js';
import { DateTime } from '../schema/date-time.js';

export const SpanColour = {
  FREE: 'FREE',
  TAKEN: 'TAKEN',
  HELD: 'HELD',
  CLOSED: 'CLOSED',
  OUTSIDE_HOURS: 'OUTSIDE_HOURS',
  NOT_PERMITTED: 'NOT_PERMITTED',
} as const satisfies { [Each in Colour]: Each };
registerEnumType(SpanColour, {
  name: 'SpanColour',
  description:
    'What a span is to the viewer. Where several are true, the first of TAKEN, HELD, CLOSED, OUTSIDE_HOURS, NOT_PERMITTED counts.',
  valuesConfig: {
    FREE: {
      description: 'The viewer may reserve here; only length, grid and quotas may still speak against it.',
    },
    TAKEN: { description: 'Occupied by reservations, their buffers included.' },
    HELD: { description: 'Occupied by holds, which die by themselves if nobody confirms them.' },
    CLOSED: { description: 'A closure: maintenance, a holiday.' },
    OUTSIDE_HOURS: { description: 'Outside the opening hours that bind the viewer.' },
    NOT_PERMITTED: {
      description:
        'Not for this viewer, too soon, too far ahead, or no room for buffers: the cause says which.',
    },
  },
});

@ObjectType({ simpleResolvers: true, description: 'Why a span is not free.' })
export class SpanCause {
  @Field(() => ReasonCode, { description: 'The reason with which a reservation here would be refused.' })
  code!: ReasonCode;

  @Field(() => String, { description: 'The reason in a short sentence.' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'Where it is a closure: its title.' })
  title!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Where it is a hold: when it dies by itself; of several in a pool, the first.',
  })
  heldUntil!: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'A part of the window in one colour.' })
export class ColourSpan {
  @Field(() => DateTime, { description: 'Its first instant.' })
  startsAt!: number;

  @Field(() => DateTime, { description: 'The first instant behind it, where the next span starts.' })
  endsAt!: number;

  @Field(() => SpanColour, { description: 'What the whole of it is to the viewer.' })
  colour!: Colour;

  @Field(() => Int, {
    description: 'How many of a pool are left, 1 of anything else; 0 where the span is not FREE.',
  })
  quantity!: number;

  @Field(() => SpanCause, { nullable: true, description: 'Why it is not free; null where it is.' })
  cause!: SpanCause | null;
}
