import type { CaretakerChoice } from '../../domain/resources/manager-policy.js';
import { bareId } from '../schema/ids.js';

/** Who is to look after it, by the ids of the domain. */
export const caretakersIn = ({ managerIds, managerGroupIds }: CaretakerChoice): CaretakerChoice => ({
  managerIds: managerIds?.map((id) => bareId('User', id)),
  managerGroupIds: managerGroupIds?.map((id) => bareId('Group', id)),
});
