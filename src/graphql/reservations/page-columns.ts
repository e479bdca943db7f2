import type { GraphQLResolveInfo } from 'graphql';
import {
  RESERVATION_KEYS,
  type ReservationKey,
  type ReservationPage,
} from '../../sql/reservations/reservation-page.js';
import { USER_KEYS, type UserKey } from '../../sql/users/user-columns.js';
import { resourceColumnsShown } from '../resources/plain-columns.js';
import { columnsFor, planned, selectedOf } from '../schema/selection.js';

/** The columns that each field of a reservation looks at; claims, owner and resource come beside them. */
const COLUMNS_OF: Readonly<Record<string, readonly ReservationKey[]>> = {
  __typename: [],
  id: [],
  title: ['title'],
  details: ['details'],
  state: ['state'],
  window: ['startsAt', 'endsAt'],
  expiresAt: ['expiresAt'],
  version: ['version'],
  createdAt: ['createdAt'],
  updatedAt: ['updatedAt'],
  series: ['seriesId'],
  occurrence: ['occurrence', 'detached'],
  timeZone: [],
  resources: [],
  owner: ['ownerId'],
  creator: ['ownerId', 'creatorId'],
  viewerCanChange: ['state'],
  undoableAct: ['version'],
  checkIn: ['startsAt', 'checkIn'],
  viewerCanCheckIn: ['state', 'startsAt', 'checkIn'],
};

/** Fields that show a column of the person as it is. */
const PLAIN_OF_USER: ReadonlySet<UserKey> = new Set([
  'id',
  'name',
  'role',
  'isActive',
  'timeZone',
  'createdAt',
  'version',
]);

type Shown = Pick<ReservationPage, 'columns' | 'claims' | 'owner' | 'resource'>;

/** What a page of reservations must read for what is selected of it; everything for a field that is new here. */
export const shownOfPage = planned((info: GraphQLResolveInfo): Shown => {
  const fields = new Set([...(selectedOf(info, 'nodes') ?? []), ...(selectedOf(info, 'node') ?? [])]);
  const known = [...fields].every((field) => Object.hasOwn(COLUMNS_OF, field));
  return {
    columns: known ? [...fields].flatMap((field) => COLUMNS_OF[field] ?? []) : RESERVATION_KEYS,
    claims: !known || fields.has('resources') || fields.has('timeZone'),
    owner: columnsFor(selectedOf(info, 'owner'), PLAIN_OF_USER, USER_KEYS),
    resource: resourceColumnsShown(info),
  };
});
