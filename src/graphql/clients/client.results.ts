import { Field, ObjectType } from 'type-graphql';
import { ProofRequired } from '../factors/factors.results.js';
import { InvalidInput, NotFound, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { ApiClient, ApiSecret } from './client.view.js';

@ObjectType({ simpleResolvers: true, description: 'The API client is as asked for.' })
export class ApiClientSuccess {
  @Field(() => ApiClient, { description: 'The client.' })
  client!: ApiClient;
}

@ObjectType({ simpleResolvers: true, description: 'The API client has a new secret.' })
export class ApiClientSecretSuccess {
  @Field(() => ApiClient, { description: 'The client; its id is the client_id.' })
  client!: ApiClient;

  @Field(() => String, { description: 'The client_secret: hfs_…. Shown this once; keep it.' })
  secret!: string;
}

@ObjectType({ simpleResolvers: true, description: 'The secret counts no more.' })
export class ApiSecretSuccess {
  @Field(() => ApiSecret, { description: 'The secret as it is now.' })
  secret!: ApiSecret;
}

export const ApiClientCreateResult = resultUnion(
  'ApiClientCreate',
  ApiClientSecretSuccess,
  InvalidInput,
  ProofRequired,
);
export const ApiClientUpdateResult = resultUnion(
  'ApiClientUpdate',
  ApiClientSuccess,
  InvalidInput,
  NotFound,
  VersionConflict,
  ProofRequired,
);
export const ApiClientRotateSecretResult = resultUnion(
  'ApiClientRotateSecret',
  ApiClientSecretSuccess,
  NotFound,
  VersionConflict,
  ProofRequired,
);
export const ApiSecretRevokeResult = resultUnion('ApiSecretRevoke', ApiSecretSuccess, NotFound);
