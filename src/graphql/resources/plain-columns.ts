import type { GraphQLResolveInfo } from 'graphql';
import { RESOURCE_KEYS, type ResourceKey } from '../../sql/resources/resource-row.js';
import { columnsFor, selectedOf } from '../schema/selection.js';

/** Fields that show a column as it is: nothing else of the row is looked at for them. */
const PLAIN: ReadonlySet<ResourceKey> = new Set([
  'id',
  'name',
  'description',
  'timeZone',
  'capacity',
  'seats',
  'status',
  'statusReason',
  'tags',
  'setupMinutes',
  'teardownMinutes',
  'version',
  'createdAt',
]);

/** The columns that the selections of `resource` below this field need; null where there is none. */
export const resourceColumnsShown = (info: GraphQLResolveInfo): readonly ResourceKey[] | null =>
  columnsFor(selectedOf(info, 'resource'), PLAIN, RESOURCE_KEYS);
