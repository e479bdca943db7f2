import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileClock } from '../../src/infra/clock/file.js';
import { instantMs } from '../../src/infra/clock/instant.js';
import { systemClock } from '../../src/infra/clock/system.js';
import { testFolder } from '../kit/program.js';

test('the system clock leaves decisions to the database', () => {
  expect(systemClock.fixed()).toBeNull();
  expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(1_000);
});

test('the file clock takes the file anew at each use', () => {
  const path = join(testFolder(), 'now');
  const clock = fileClock(path);
  writeFileSync(path, '2027-03-01T09:00:00+01:00\n');
  expect(clock.fixed()).toBe('2027-03-01T08:00:00.000Z');
  writeFileSync(path, '2027-03-01T08:00:00.250Z');
  expect(clock.now().toISOString()).toBe('2027-03-01T08:00:00.250Z');
});

test('the file clock refuses to guess: a missing file and any other text are errors that name the file', () => {
  const path = join(testFolder(), 'now');
  const clock = fileClock(path);
  expect(() => clock.now()).toThrow(`names ${path}, which cannot be read`);
  writeFileSync(path, '2027-03-01');
  expect(() => clock.fixed()).toThrow('holds "2027-03-01" instead of one RFC 3339 instant');
  rmSync(path);
  expect(() => clock.fixed()).toThrow('cannot be read');
});

test.each([
  '2027-03-01T08:00:00',
  '2027-13-01T08:00:00Z',
  '2027-02-30T08:00:00Z',
  '2027-03-01T25:00:00Z',
  '2027-03-01 08:00:00Z',
  '1767225600000',
  '',
])('%j is no instant', (text) => {
  expect(instantMs(text)).toBeNull();
});
