import type { ActRow } from '../sql/reservations/reservation-json.js';

/** How long what was done can be undone, in milliseconds. */
export const UNDO_MS = 10 * 60_000;

/** Until when, exclusively, what was done at that instant can be undone: for ten minutes. */
export const undoableUntil = (doneAt: string): Date => new Date(Date.parse(doneAt) + UNDO_MS);

/** What was done can be undone for ten minutes, and they are over. */
export interface UndoTooLate {
  readonly kind: 'UndoTooLate';
  readonly message: string;
  readonly path: readonly string[];
  readonly undoableUntilAt: string;
}

/** Null says that at `now` (ms since 1970) it can still be undone; the message says what to do instead. */
export function judgeTooLate(doneAt: string, now: number, message: string): UndoTooLate | null {
  const until = undoableUntil(doneAt);
  if (now < until.getTime()) return null;
  return { kind: 'UndoTooLate', message, path: ['id'], undoableUntilAt: until.toISOString() };
}

/** An act that was done at that instant, as its answer names it. */
export const actDone = (id: string, doneAt: string): ActRow => ({ node: 'Act', id, doneAt, undoneAt: null });
