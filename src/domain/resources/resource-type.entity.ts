import { defineEntity, p } from '@mikro-orm/core';
import type { AttributeDefinition } from '../../sql/resources/resource-type-row.js';

const ResourceTypeSchema = defineEntity({
  name: 'ResourceType',
  tableName: 'resource_type',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    description: p.text(),
    attributes: p.json<AttributeDefinition[]>(),
    version: p.integer(),
    createdAt: p.datetime(3),
  },
});

/** A type of resources, for the acts that change one. */
export class ResourceType extends ResourceTypeSchema.class {}
ResourceTypeSchema.setClass(ResourceType);
