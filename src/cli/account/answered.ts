import { AnsweredError, NoAnswer } from '../../client/call-document.js';
import { EXIT, Failure, type FailureFacts, notSignedIn } from '../failure.js';

const NO_SUCH_DOCUMENT = 'There is no such document.';
const OTHER_VERSION = 'The program and the server are of different versions: bring both to the same one.';

function answered({ code, message, requestId, retryAfter }: AnsweredError): Failure {
  const failed = (exit: Failure['exit'], facts: FailureFacts = {}) =>
    new Failure(exit, code, message, { requestId, ...facts });
  switch (code) {
    case 'UNAUTHENTICATED':
      return notSignedIn();
    case 'FORBIDDEN':
      return failed(EXIT.refused);
    case 'BAD_USER_INPUT':
      // The words are the only sign: of our own documents the server knows all of its own version.
      return message === NO_SUCH_DOCUMENT ? failed(EXIT.failed, { hint: OTHER_VERSION }) : failed(EXIT.usage);
    case 'RATE_LIMITED':
      return failed(EXIT.failed, { more: { retryAfter } });
    case 'PERSISTED_OPERATION_REQUIRED':
      return failed(EXIT.failed, { hint: 'This server runs only documents that are registered.' });
    default:
      return failed(EXIT.failed);
  }
}

/** Whatever was thrown, as the end of a command. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof AnsweredError) return answered(error);
  if (error instanceof NoAnswer)
    return new Failure(EXIT.unreachable, 'UNREACHABLE', error.message, {
      hint: error.mayHaveActed ? undefined : 'Is it running? Another server: --server URL',
    });
  return new Failure(EXIT.failed, 'FAILED', error instanceof Error ? error.message : String(error));
}
