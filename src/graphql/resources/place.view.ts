import { Field, Int, ObjectType } from 'type-graphql';
import type { PlaceKind as Kind } from '../../sql/places/place-row.js';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';
import { TimeZone } from '../schema/time-zone.js';
import { PlaceKind } from './enums.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Where resources are: a node of the tree of sites, buildings, floors and areas.',
})
export class Place extends Node {
  @Field(() => PlaceKind, { description: 'Which step of the tree it is on.' })
  kind!: Kind;

  @Field(() => String, { description: 'Unique among the places directly below the same parent.' })
  name!: string;

  @Field(() => TimeZone, {
    nullable: true,
    description: 'Its own zone, which new resources in it take over; null where the place above decides.',
  })
  timeZone!: string | null;

  @Field(() => Int, {
    description: 'Counts changes; name it as `expectedVersion` to change only what you have seen.',
  })
  version!: number;

  @Field(() => DateTime, { description: 'When it was added.' })
  createdAt!: string;
}

export const PlaceConnection = connectionOf(Place, 'Place');
