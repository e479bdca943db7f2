import { registerEnumType } from 'type-graphql';

export enum OperationKind {
  QUERY = 'QUERY',
  MUTATION = 'MUTATION',
  SUBSCRIPTION = 'SUBSCRIPTION',
}
registerEnumType(OperationKind, {
  name: 'OperationKind',
  description: 'What a document does.',
  valuesConfig: {
    QUERY: { description: 'Reads: over POST, GET and REST.' },
    MUTATION: { description: 'Changes: over POST and REST.' },
    SUBSCRIPTION: { description: 'Is told: over WebSocket.' },
  },
});

export enum OperationStatus {
  PENDING = 'PENDING',
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
}
registerEnumType(OperationStatus, {
  name: 'OperationStatus',
  description: 'Whether a document runs.',
  valuesConfig: {
    PENDING: { description: 'Nobody has decided; it does not run.' },
    APPROVED: { description: 'It runs, as long as it fits the schema and has not ended.' },
    REJECTED: { description: 'It does not run, or no longer.' },
  },
});
