import { Field, Int, ObjectType } from 'type-graphql';
import { Window } from '../schema/window.js';

@ObjectType({ simpleResolvers: true, description: 'A window that the viewer could reserve.' })
export class FreeWindow {
  @Field(() => Window, { description: 'The window; buffers are not part of it.' })
  window!: Window;

  @Field(() => Int, { description: "How many are left at the window's fullest instant." })
  freeQuantity!: number;
}

@ObjectType({ simpleResolvers: true, description: 'What was found for one of the needs.' })
export class FoundPick {}

@ObjectType({
  simpleResolvers: true,
  description: 'One answer of a search: a window, and resources for all needs that pass in it together.',
})
export class FoundWindow {
  @Field(() => Window, { description: 'When.' })
  window!: Window;

  @Field(() => Int, {
    description: 'From the instant that was asked for, else from the start of the search.',
  })
  distanceMinutes!: number;

  @Field(() => Int, { description: 'Seats above what the needs ask for, of all resources together.' })
  spareSeats!: number;

  @Field(() => Int, {
    name: 'placeCount',
    simple: false,
    description: 'Over how many places they are spread.',
  })
  places!: number;
}

@ObjectType({ simpleResolvers: true, description: "One resource's part in an alternative." })
export class AlternativeResource {
  @Field(() => Int, { description: 'How many of a pool; 1 of anything else.' })
  quantity!: number;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'Something that passes instead of what was refused: another time, or resources of equal worth.',
})
export class Alternative {
  @Field(() => Window, { description: 'When; as long as what was wished.' })
  window!: Window;

  @Field(() => [AlternativeResource], { description: 'What, in the order of the wish.' })
  resources!: AlternativeResource[];

  @Field(() => Int, { description: 'Between its start and the one that was wished.' })
  distanceMinutes!: number;

  @Field(() => Int, { description: 'How many more seats it has than what was wished.' })
  spareSeats!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Pass it to alternativeHold to keep it for 60 s; null where a reservation was to be moved.',
  })
  token!: string | null;
}
