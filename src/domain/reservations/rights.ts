import type { Viewer } from '../act.js';

/** Administrators and managers change every reservation; others their own and those on resources in their care. */
export const mayChangeAll = (viewer: Viewer): boolean =>
  viewer.role === 'ADMINISTRATOR' || viewer.role === 'MANAGER';
