import { readActs, readUndoableActs } from '../../domain/undo/act-reader.js';
import { defineLoader } from '../loader.js';

export const actById = defineLoader(readActs);
export const undoableActOf = defineLoader(readUndoableActs);
