import type { Ctx, Viewer } from '../../src/domain/act.js';
import { waitlist } from '../../src/domain/waitlist/waitlist.js';
import { InProcessBus } from '../../src/infra/event-bus/in-process.js';
import type { OpenDatabase } from '../../src/infra/postgres/database.js';
import { ManualClock } from './clock.js';
import { SilentLog } from './log.js';

/** A context whose clock, bus and log the test can reach. */
export interface TestCtx extends Ctx {
  readonly db: OpenDatabase;
  readonly clock: ManualClock;
  readonly bus: InProcessBus;
  readonly log: SilentLog;
}

/** What an act gets, for the viewer or for nobody. */
export function testCtx(
  db: OpenDatabase,
  viewer: Viewer,
  clock?: ManualClock,
): TestCtx & { readonly viewer: Viewer };
export function testCtx(db: OpenDatabase, viewer?: Viewer | null, clock?: ManualClock): TestCtx;
export function testCtx(db: OpenDatabase, viewer: Viewer | null = null, clock = new ManualClock()): TestCtx {
  return {
    db,
    clock,
    bus: new InProcessBus(),
    log: new SilentLog(),
    waitlist,
    requestId: 'test-request',
    viewer,
    address: '127.0.0.1',
    userAgent: 'jest',
  };
}
