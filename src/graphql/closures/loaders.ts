import { readClosures } from '../../domain/schedules/closure-reader.js';
import { defineLoader } from '../loader.js';

export const closureById = defineLoader(readClosures);
