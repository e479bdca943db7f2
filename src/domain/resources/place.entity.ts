import { defineEntity, p } from '@mikro-orm/core';
import type { PlaceKind } from '../../sql/places/place-row.js';

const PlaceSchema = defineEntity({
  name: 'Place',
  tableName: 'place',
  properties: {
    id: p.uuid().primary(),
    parentId: p.uuid().nullable(),
    kind: p.text().$type<PlaceKind>(),
    name: p.text(),
    timeZone: p.text().nullable(),
    path: p.array().columnType('uuid[]').$type<string[]>(),
    version: p.integer(),
    createdAt: p.datetime(3),
  },
});

/** A node of the place tree, for the acts that change one. */
export class Place extends PlaceSchema.class {}
PlaceSchema.setClass(Place);
