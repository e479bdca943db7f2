import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';

export enum ReservationState {
  HELD = 'HELD',
  PENDING_APPROVAL = 'PENDING_APPROVAL',
  CONFIRMED = 'CONFIRMED',
  CHECKED_IN = 'CHECKED_IN',
  COMPLETED = 'COMPLETED',
  NO_SHOW = 'NO_SHOW',
  REJECTED = 'REJECTED',
  CANCELLED = 'CANCELLED',
  EXPIRED = 'EXPIRED',
}
registerEnumType(ReservationState, {
  name: 'ReservationState',
  description:
    'Where a reservation stands, by the clock: a hold or a request is EXPIRED from the very instant of its expiry.',
  valuesConfig: {
    HELD: { description: 'Occupies until expiresAt unless it is confirmed first.' },
    PENDING_APPROVAL: {
      description: 'Occupies until expiresAt, by when somebody must have decided about it.',
    },
    CONFIRMED: {
      description:
        'Occupies its window; where somebody must check in, until checkIn.releaseAt unless they do.',
    },
    CHECKED_IN: { description: 'Somebody is there; occupies its window.' },
    COMPLETED: {
      description: 'Whoever was there has left, or the window is over; what is left of it is free.',
    },
    NO_SHOW: { description: 'Nobody had checked in by the release; from then on it occupies nothing.' },
    REJECTED: { description: 'An approver has said no; it occupies nothing.' },
    CANCELLED: { description: 'Somebody has given it up; it occupies nothing.' },
    EXPIRED: { description: 'Nobody confirmed the hold, or decided about it, in time; it occupies nothing.' },
  },
});

@ObjectType({ simpleResolvers: true, description: "One resource's part in a reservation." })
export class ReservedResource {
  @Field(() => Int, { description: 'How many of a pool; 1 of anything else.' })
  quantity!: number;
}

@ObjectType({ simpleResolvers: true, description: 'What the viewer may do, and why not.' })
export class ViewerCan {
  @Field(() => Boolean, { description: 'Whether it is allowed right now.' })
  isAllowed!: boolean;

  @Field(() => String, { nullable: true, description: 'Why not, in a sentence; null where it is allowed.' })
  because!: string | null;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: "Somebody's claim on one or several resources for one window.",
})
export class Reservation extends Node {
  @Field(() => String, { description: 'What it is for, in a few words.' })
  title!: string;

  @Field(() => String, { description: 'Anything else worth knowing; empty where there is nothing.' })
  details!: string;

  @Field(() => ReservationState, { description: 'By the clock, whether or not a sweeper has run.' })
  state!: ReservationState;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the hold dies, or died, by itself; null once confirmed.',
  })
  expiresAt!: string | null;

  @Field(() => Int, {
    description: 'Grows with every change; name it as expectedVersion to refuse a stale one.',
  })
  version!: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  updatedAt!: string;
}

export const ReservationConnection = connectionOf(Reservation, 'Reservation');
