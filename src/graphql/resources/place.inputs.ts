import { Field, ID, InputType, Int } from 'type-graphql';
import type { PlaceKind as Kind } from '../../sql/places/place-row.js';
import { TimeZone } from '../schema/time-zone.js';
import { PlaceKind } from './enums.js';

@InputType({ description: 'Narrows a list of places; what is left out does not narrow it.' })
export class PlaceFilter {
  @Field(() => ID, { nullable: true, description: 'Only places directly below this one.' })
  parentId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True leaves only places without a parent.' })
  isRoot?: boolean | null;

  @Field(() => PlaceKind, { nullable: true, description: 'Only places of this kind.' })
  kind?: Kind | null;
}

@InputType({ description: 'A place to add.' })
export class PlaceCreateInput {
  @Field(() => String, { description: '1 to 200 characters, unlike those of its siblings.' })
  name!: string;

  @Field(() => PlaceKind, { description: 'Which step of the tree it is on.' })
  kind!: Kind;

  @Field(() => ID, { nullable: true, description: 'The place it lies in; without one it begins a tree.' })
  parentId?: string | null;

  @Field(() => TimeZone, { nullable: true, description: 'Without one, that of the nearest place above.' })
  timeZone?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'All people named to look after it and all that lies below it.',
  })
  managerIds?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'All groups whose members look after it as well.',
  })
  managerGroupIds?: string[] | null;
}

@InputType({ description: 'What to change of a place; what is left out stays.' })
export class PlaceUpdateInput {
  @Field(() => String, { nullable: true, description: '1 to 200 characters, unlike those of its siblings.' })
  name?: string | null;

  @Field(() => PlaceKind, { nullable: true, description: 'Must suit its parent and all that lies in it.' })
  kind?: Kind | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Moves it there with all that lies in it; null makes it begin a tree.',
  })
  parentId?: string | null;

  @Field(() => TimeZone, {
    nullable: true,
    description: 'For resources made from now on; null takes that of the nearest place above.',
  })
  timeZone?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'All people named to look after it and all that lies below it.',
  })
  managerIds?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'All groups whose members look after it as well.',
  })
  managerGroupIds?: string[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VersionConflict when the version is another by now.',
  })
  expectedVersion?: number | null;
}
