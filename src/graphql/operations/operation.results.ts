import { Field, ObjectType } from 'type-graphql';
import { InvalidInput, NotFound, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { PersistedOperation } from './operation.view.js';

@ObjectType({ simpleResolvers: true, description: 'The document is as asked for.' })
export class OperationSuccess {
  @Field(() => PersistedOperation, { description: 'The document.' })
  operation!: PersistedOperation;
}

export const OperationRegisterResult = resultUnion(
  'OperationRegister',
  OperationSuccess,
  InvalidInput,
  NotFound,
);
const changed = (act: string) => resultUnion(act, OperationSuccess, InvalidInput, NotFound, VersionConflict);
export const OperationApproveResult = changed('OperationApprove');
export const OperationRejectResult = changed('OperationReject');
export const OperationDeprecateResult = changed('OperationDeprecate');
