import { readFactors } from '../../domain/auth/factors/factor-reader.js';
import { defineLoader } from '../loader.js';

/** Loads factors by the person's bare id. Does not ask who may see them. */
export const factorsByUser = defineLoader(readFactors);
