import type { Language } from '../../../sql/users/user-columns.js';
import { english } from './english.js';
import { french } from './french.js';
import { german } from './german.js';
import { spanish } from './spanish.js';
import type { Words } from './words.js';

export const words: Readonly<Record<Language, Words>> = { EN: english, DE: german, FR: french, ES: spanish };
