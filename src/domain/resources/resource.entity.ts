import { defineEntity, p } from '@mikro-orm/core';
import type { AttributeValue, ResourceStatus } from '../../sql/resources/resource-row.js';

const ResourceSchema = defineEntity({
  name: 'Resource',
  tableName: 'resource',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    description: p.text(),
    typeId: p.uuid(),
    placeId: p.uuid(),
    timeZone: p.text(),
    pooled: p.boolean(),
    capacity: p.integer(),
    seats: p.integer().nullable(),
    status: p.text().$type<ResourceStatus>(),
    statusReason: p.text().nullable(),
    tags: p.array().columnType('text[]').$type<string[]>(),
    attributes: p.json<Record<string, AttributeValue>>(),
    setupMinutes: p.integer().nullable(),
    teardownMinutes: p.integer().nullable(),
    addOnOnly: p.boolean(),
    version: p.integer(),
    createdAt: p.datetime(3),
  },
});

/** A resource, for the acts that change one. Its search words are no part of it: the table's trigger makes them. */
export class Resource extends ResourceSchema.class {}
ResourceSchema.setClass(Resource);
