import { Field, ObjectType } from 'type-graphql';
import { InvalidInput, NotFound, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { Place } from './place.view.js';

@ObjectType({ simpleResolvers: true, description: 'The place is part of the tree.' })
export class PlaceCreateSuccess {
  @Field(() => Place, { description: 'The new place.' })
  place!: Place;
}

@ObjectType({ simpleResolvers: true, description: 'The place is as asked for.' })
export class PlaceUpdateSuccess {
  @Field(() => Place, { description: 'The place after the change.' })
  place!: Place;
}

export const PlaceCreateResult = resultUnion('PlaceCreate', PlaceCreateSuccess, InvalidInput);
export const PlaceUpdateResult = resultUnion(
  'PlaceUpdate',
  PlaceUpdateSuccess,
  InvalidInput,
  NotFound,
  VersionConflict,
);
