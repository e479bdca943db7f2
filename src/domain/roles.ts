import type { Role } from './act.js';

/** Every role, the mightiest first. */
export const ROLES: readonly Role[] = ['ADMINISTRATOR', 'MANAGER', 'MEMBER', 'GUEST'];
