import { IdempotencyKeyReused, InvalidInput, NotFound, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { SeriesRefused, SeriesReport } from './series.view.js';

export const SeriesCreateResult = resultUnion(
  'SeriesCreate',
  SeriesReport,
  SeriesRefused,
  NotFound,
  InvalidInput,
  IdempotencyKeyReused,
);

export const SeriesChangeResult = resultUnion(
  'SeriesChange',
  SeriesReport,
  SeriesRefused,
  VersionConflict,
  NotFound,
  InvalidInput,
  IdempotencyKeyReused,
);
