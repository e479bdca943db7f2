import { constraintOf } from '../../sql/sqlstate.js';
import { type InvalidInput, invalidInput } from '../failure.js';

const TAKEN: ReadonlyMap<string, string> = new Map([
  ['place_name_key', 'There is a place of this name here already.'],
  ['resource_type_name_key', 'There is a resource type of this name already.'],
  ['resource_name_key', 'There is a resource of this name in this place already.'],
]);

/** What the database's unique names refused, as an answer; rethrows anything else. */
export function nameTaken(error: unknown): InvalidInput {
  const message = TAKEN.get(constraintOf(error) ?? '');
  if (!message) throw error;
  return invalidInput(['input', 'name'], message);
}
