import { Field, ObjectType } from 'type-graphql';
import { InvalidInput, NotFound } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { Delegate } from './delegate.view.js';

@ObjectType({ simpleResolvers: true, description: 'The delegate is as asked for; a removed one as it was.' })
export class DelegateSuccess {
  @Field(() => Delegate, { description: 'The delegate.' })
  delegate!: Delegate;
}

export const DelegateAddResult = resultUnion('DelegateAdd', DelegateSuccess, InvalidInput, NotFound);
export const DelegateRemoveResult = resultUnion('DelegateRemove', DelegateSuccess, NotFound);
