import { readFeeds } from '../../domain/feeds/feed-reader.js';
import { defineLoader } from '../loader.js';

/** The viewer's own only. */
export const feedById = defineLoader(readFeeds);
