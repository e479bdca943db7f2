import type { ResourceFactsFragment } from '../../client/generated/graphql.js';
import type { Column } from './table.js';

const quantity = ({ isPool, capacity }: ResourceFactsFragment) => (isPool ? String(capacity) : '');

export const RESOURCE_COLUMNS: readonly Column<ResourceFactsFragment>[] = [
  { head: 'name', shown: ({ name }) => name, gives: true },
  { head: 'type', shown: ({ type }) => type?.name ?? '' },
  { head: 'place', shown: ({ place }) => place?.name ?? '' },
  { head: 'seats', shown: ({ seats }) => (seats === null ? '' : String(seats)) },
  { head: 'pool of', shown: quantity },
  { head: 'zone', shown: ({ timeZone }) => timeZone },
  { head: 'id', shown: ({ id }) => id },
];

export const RESOURCE_FACTS: readonly Column<ResourceFactsFragment>[] = [
  ...RESOURCE_COLUMNS,
  { head: 'status', shown: ({ status }) => status },
  { head: 'tags', shown: ({ tags }) => tags.join(', ') },
  { head: 'description', shown: ({ description }) => description ?? '' },
];
