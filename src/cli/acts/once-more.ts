import { randomUUID } from 'node:crypto';
import { NoAnswer } from '../../client/call-document.js';
import { EXIT, Failure } from '../failure.js';

/** The key that was given, or a new one: with it the server does the same act once, however often it is sent. */
export const keyOf = ({ key }: { readonly key?: string }): string => key ?? randomUUID();

/** Runs an act, and where its answer was lost for good tells how to ask for it again without doing it twice. */
export async function onceMore<T>(key: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof NoAnswer && error.mayHaveActed)) throw error;
    const hint = `It may have been done all the same. To make sure, run the same command again with --key ${key}`;
    throw new Failure(EXIT.unreachable, 'UNREACHABLE', error.message, {
      hint,
      more: { idempotencyKey: key },
    });
  }
}
