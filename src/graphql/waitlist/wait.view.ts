import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ReservationVisibility } from '../reservations/reservation.view.js';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';

export enum WaitState {
  WAITING = 'WAITING',
  OFFERED = 'OFFERED',
  FULFILLED = 'FULFILLED',
  EXPIRED = 'EXPIRED',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(WaitState, {
  name: 'WaitState',
  description: 'Where somebody stands with the waitlist, by the clock.',
  valuesConfig: {
    WAITING: { description: 'The whole wish does not fit yet, or others come first.' },
    OFFERED: { description: 'It is held for the person until the reservation expires.' },
    FULFILLED: { description: 'The offer was taken, or approval was asked for it.' },
    EXPIRED: { description: 'The offer was not taken in time, or it is too late for the wish.' },
    WITHDRAWN: { description: 'The person has left, or has declined the offer.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'A resource that somebody waits for.' })
export class WaitedResource {
  @Field(() => Int, { description: 'How many of a pool; 1 of anything else.' })
  quantity!: number;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'What somebody waits for: all of it is offered as a hold of theirs as soon as it fits and it is their turn.',
})
export class Wait extends Node {
  @Field(() => String, { description: 'The title that the reservation will have.' })
  title!: string;

  @Field(() => String, { description: 'Its details; empty where there are none.' })
  details!: string;

  @Field(() => ReservationVisibility, {
    description: 'Of the hold that is offered, and of the wish in the queue.',
  })
  visibility!: ReservationVisibility;

  @Field(() => WaitState, { description: 'By the clock, whether or not a sweeper has run.' })
  state!: WaitState;

  @Field(() => Boolean, { description: 'Whether equals of the resources would do as well.' })
  orEquivalent!: boolean;

  @Field(() => [String], { description: 'Attributes in which these must agree with what was asked for.' })
  sameAttributes!: string[];

  @Field(() => Int, {
    nullable: true,
    description: 'While waiting: 1 for whom comes next, among those who want some of the same.',
  })
  position!: number | null;

  @Field(() => DateTime, { description: 'Since when: who has asked first comes first, within a priority.' })
  askedAt!: string;

  @Field(() => DateTime, { description: 'The last start that would do: nobody waits beyond it.' })
  lastStartAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was offered; null until then.' })
  offeredAt!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Somebody in the queue for a resource.' })
export class WaitlistPlace {}

export const WaitConnection = connectionOf(Wait, 'Wait');
export const WaitlistPlaceConnection = connectionOf(WaitlistPlace, 'WaitlistPlace');
