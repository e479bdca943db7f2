import { defineEntity, p } from '@mikro-orm/core';
import type { Language } from '../../sql/users/user-columns.js';
import type { Role } from '../act.js';

const UserSchema = defineEntity({
  name: 'User',
  tableName: 'app_user',
  properties: {
    id: p.uuid().primary(),
    email: p.text(),
    name: p.text(),
    role: p.text().$type<Role>(),
    active: p.boolean(),
    timeZone: p.text(),
    language: p.text().$type<Language>().default('EN'),
    passwordHash: p.text().nullable(),
    externalId: p.text().nullable(),
    closedByDirectory: p.boolean().default(false),
    version: p.integer().version(),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});

/** A person, for the acts that change one. */
export class User extends UserSchema.class {}
UserSchema.setClass(User);
