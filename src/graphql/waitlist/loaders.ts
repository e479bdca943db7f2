import { readOwnWaits } from '../../domain/waitlist/wait-reader.js';
import { defineLoader } from '../loader.js';

/** The viewer's own wishes. */
export const ownWaitById = defineLoader(readOwnWaits);
