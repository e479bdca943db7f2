import type { Position } from '../../sql/streams/read-changes.js';
import { badUserInput } from '../errors.js';

/** Where a subscriber stands in one resource's stream: opaque, valid on every instance. */
export const streamCursor = ({ resourceId, version }: Position): string =>
  Buffer.from(`${resourceId.replaceAll('-', '')}.${version.toString(36)}`).toString('base64url');

const CURSOR = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\.([0-9a-z]{1,10})$/;

/** @throws BAD_USER_INPUT for anything that is no cursor of ours */
export function parseStreamCursor(cursor: string): Position {
  const match = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (!match) throw badUserInput('This cursor is not one of ours.');
  return { resourceId: match.slice(1, 6).join('-'), version: Number.parseInt(match[6] as string, 36) };
}
