import type { Viewer } from '../act.js';

/** Administrators and managers change every reservation; others their own, those of whom they act for, and those on resources in their care. */
export const mayChangeAll = (viewer: Viewer): boolean =>
  viewer.role === 'ADMINISTRATOR' || viewer.role === 'MANAGER';
