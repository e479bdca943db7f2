import type { Clock } from '../../src/ports/clock.js';

/** Stands still until the test moves it. */
export class ManualClock implements Clock {
  private ms: number;

  constructor(iso = '2027-03-01T08:00:00.000Z') {
    this.ms = Date.parse(iso);
  }

  set(iso: string): void {
    this.ms = Date.parse(iso);
  }

  advance(ms: number): void {
    this.ms += ms;
  }

  fixed(): string {
    return new Date(this.ms).toISOString();
  }

  now(): Date {
    return new Date(this.ms);
  }
}
