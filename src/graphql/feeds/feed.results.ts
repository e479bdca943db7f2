import { Field, ObjectType } from 'type-graphql';
import { InvalidInput, NotFound, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { Feed } from './feed.view.js';

@ObjectType({ simpleResolvers: true, description: 'The feed was removed, and its address ends.' })
export class FeedSuccess {
  @Field(() => Feed, { description: 'The feed as it was.' })
  feed!: Feed;
}

@ObjectType({ simpleResolvers: true, description: 'The feed has a new address.' })
export class FeedSecretSuccess {
  @Field(() => Feed, { description: 'The feed.' })
  feed!: Feed;

  @Field(() => String, {
    description:
      'What calendar programs subscribe to; whoever knows it reads the feed. Shown this once; keep it. ' +
      'A path of this server where it was not told its PUBLIC_URL.',
  })
  url!: string;
}

export const FeedCreateResult = resultUnion('FeedCreate', FeedSecretSuccess, InvalidInput, NotFound);
export const FeedRotateResult = resultUnion('FeedRotate', FeedSecretSuccess, NotFound, VersionConflict);
export const FeedRemoveResult = resultUnion('FeedRemove', FeedSuccess, NotFound, VersionConflict);
