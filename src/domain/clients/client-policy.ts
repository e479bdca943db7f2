import type { ClientFields } from '../../sql/clients/write-client.js';
import { activeUsers } from '../../sql/resources/resource-manager.js';
import type { Queryable } from '../../sql/statement.js';
import type { Viewer } from '../act.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { scopesAmong } from '../scopes.js';
import { checkUserName } from '../users/user-policy.js';

const MOST_PER_MINUTE = 1_000_000;
const MOST_PER_DAY = 1_000_000_000;

/** Whose clients the viewer sees: null stands for everybody's, else the person or the client itself. */
export const clientsSeenBy = ({ role, userId, client }: Viewer): string | null =>
  role === 'ADMINISTRATOR' && !client ? null : userId;

/** The client as it is kept: each scope once and in order, the name without spaces around it. */
export const settleClient = (fields: ClientFields): ClientFields => ({
  ...fields,
  name: fields.name.trim(),
  scopes: scopesAmong(fields.scopes),
});

const isBetween = (value: number, most: number) => value >= 1 && value <= most;

/**
 * Null says that it can be kept, as it is behind settleClient.
 * @param before what it was, where it is one already: an owner who has left meanwhile stays
 */
export async function checkClient(
  on: Queryable,
  fields: ClientFields,
  nowMs: number,
  before: ClientFields | null = null,
): Promise<InvalidInput | null> {
  const refusal = checkUserName(fields.name, ['input', 'name']);
  if (refusal) return refusal;
  const { perMinute, perDay, expiresAt, ownerId } = fields;
  if (!isBetween(perMinute, MOST_PER_MINUTE))
    return invalidInput(['input', 'perMinute'], `This is between 1 and ${MOST_PER_MINUTE}.`);
  if (perDay !== null && !isBetween(perDay, MOST_PER_DAY))
    return invalidInput(['input', 'perDay'], `This is between 1 and ${MOST_PER_DAY}.`);
  if (expiresAt !== null && expiresAt !== before?.expiresAt && Date.parse(expiresAt) <= nowMs)
    return invalidInput(['input', 'expiresAt'], 'This is over already.');
  if (ownerId !== before?.ownerId && !(await activeUsers(on, [ownerId])).has(ownerId))
    return invalidInput(['input', 'ownerId'], 'The owner must be an active user.');
  return null;
}
