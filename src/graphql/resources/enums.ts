import { registerEnumType } from 'type-graphql';
import type { PlaceKind as Kind } from '../../sql/places/place-row.js';
import type { SortDirection as Direction, ResourceSort } from '../../sql/resources/resource-page.js';
import type { ResourceStatus as Status } from '../../sql/resources/resource-row.js';
import type { AttributeKind as Attribute } from '../../sql/resources/resource-type-row.js';

export const PlaceKind = {
  SITE: 'SITE',
  BUILDING: 'BUILDING',
  FLOOR: 'FLOOR',
  AREA: 'AREA',
} as const satisfies { [Each in Kind]: Each };
registerEnumType(PlaceKind, {
  name: 'PlaceKind',
  description: 'What a place is. A place lies only in places of a kind that stands before its own.',
  valuesConfig: {
    SITE: { description: 'A campus, a plant, an office address.' },
    BUILDING: { description: 'A house.' },
    FLOOR: { description: 'A level of a building.' },
    AREA: { description: 'A wing, a lab, a corner: anything smaller.' },
  },
});

export const ResourceStatus = {
  ACTIVE: 'ACTIVE',
  MAINTENANCE: 'MAINTENANCE',
  RETIRED: 'RETIRED',
} as const satisfies { [Each in Status]: Each };
registerEnumType(ResourceStatus, {
  name: 'ResourceStatus',
  description: 'Whether a resource can be reserved. Reservations that are there stay in any case.',
  valuesConfig: {
    ACTIVE: { description: 'It can be reserved.' },
    MAINTENANCE: { description: 'It takes no new reservations for now.' },
    RETIRED: { description: 'It takes no new reservations any more, and lists leave it out.' },
  },
});

export const AttributeKind = {
  TEXT: 'TEXT',
  NUMBER: 'NUMBER',
  BOOLEAN: 'BOOLEAN',
  CHOICE: 'CHOICE',
} as const satisfies { [Each in Attribute]: Each };
registerEnumType(AttributeKind, {
  name: 'AttributeKind',
  description: 'What an attribute holds.',
  valuesConfig: {
    TEXT: { description: 'Up to 1,000 characters; in the field `text`.' },
    NUMBER: { description: 'In the field `number`; may have a unit.' },
    BOOLEAN: { description: 'In the field `boolean`.' },
    CHOICE: { description: 'One of the choices of its definition; in the field `text`.' },
  },
});

export const ResourceSortKey = {
  NAME: 'NAME',
  SEATS: 'SEATS',
  CREATED_AT: 'CREATED_AT',
  RELEVANCE: 'RELEVANCE',
} as const satisfies { [Each in ResourceSort['by']]: Each };
registerEnumType(ResourceSortKey, {
  name: 'ResourceSortKey',
  description:
    'What a list of resources is ordered by. Equals come in an order of their own that never changes.',
  valuesConfig: {
    NAME: { description: 'By name.' },
    SEATS: { description: 'By number of seats; those that do not say come last either way.' },
    CREATED_AT: { description: 'By the time of creation.' },
    RELEVANCE: { description: 'By how well the search fits. Without a search: by name, ascending.' },
  },
});

export const SortDirection = { ASC: 'ASC', DESC: 'DESC' } as const satisfies { [Each in Direction]: Each };
registerEnumType(SortDirection, {
  name: 'SortDirection',
  description: 'Which end of an order comes first.',
  valuesConfig: {
    ASC: { description: 'The smallest, earliest or least first.' },
    DESC: { description: 'The largest, latest or best first.' },
  },
});
