import { readUsers } from '../../domain/users/user-reader.js';
import { defineLoader } from '../loader.js';

/** Loads people by bare id, for relations that name one. Does not ask who may look them up. */
export const userById = defineLoader(readUsers);
