import { EXIT, Failure, notFound } from '../failure.js';
import { type Instead, type Refusal, refusalLines } from '../output/refusal.js';

/** Any result of an act that is not a success. */
export type Mishap =
  | ({ readonly __typename: 'ReservationRefused' } & Refusal)
  | {
      readonly __typename: 'NotFound' | 'InvalidInput' | 'VersionConflict' | 'IdempotencyKeyReused';
      readonly message: string;
    };

const NOTHING: Instead = () => null;

/** A mishap as the end of a command: its code is what programs know the result by. */
export function mishap(result: Mishap, zone: string, instead: Instead = NOTHING): Failure {
  const { __typename: code, message } = result;
  switch (result.__typename) {
    case 'ReservationRefused': {
      const { reasons, alternatives = [] } = result;
      const lines = refusalLines(result, zone, instead);
      return new Failure(EXIT.refused, 'REFUSED', message, { more: { reasons, alternatives }, lines });
    }
    case 'NotFound':
      return notFound(message);
    case 'InvalidInput':
      return new Failure(EXIT.usage, 'INVALID_INPUT', message);
    default:
      return new Failure(
        EXIT.refused,
        code === 'VersionConflict' ? 'VERSION_CONFLICT' : 'IDEMPOTENCY_KEY_REUSED',
        message,
      );
  }
}
