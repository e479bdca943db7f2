import { Place } from '../../domain/resources/place.entity.js';
import { Resource } from '../../domain/resources/resource.entity.js';
import { ResourceType } from '../../domain/resources/resource-type.entity.js';
import { User } from '../../domain/users/user.entity.js';

/** Every MikroORM entity; database.ts is the only reader. */
export const entities = [User, Place, ResourceType, Resource] as const;
