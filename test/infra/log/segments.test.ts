import { renameSync, symlinkSync } from 'node:fs';
import { testFolder } from '../../kit/program.js';
import { handmadeLog } from '../../kit/segments.js';

const numbers = async ({ segments }: ReturnType<typeof handmadeLog>) =>
  (await segments.closed()).map(({ number }) => number);

it('shows the files before the one that is open, the oldest first, and none of another log', async () => {
  const folder = testFolder();
  const log = handmadeLog('api', folder);
  handmadeLog('api-2', folder);
  handmadeLog('sweeper', folder);
  for (const number of [2, 9, 10, 11]) log.write(number, `${number}\n`);
  for (const name of ['rooms-api.3.log.gz', 'rooms-api.03.log', 'rooms-api..log', 'rooms-api.x.log', 'a.log'])
    symlinkSync(log.pathOf(2), `${folder}/${name}`);
  expect(await numbers(log)).toEqual([]);
  log.roll(10);
  expect(await numbers(log)).toEqual([1, 2, 9]);
});

it('goes by the file that is written to, not by what it is called', async () => {
  const log = handmadeLog();
  log.roll(2);
  log.write(3, 'chosen, and not yet opened\n');
  expect(await numbers(log)).toEqual([1]);
  renameSync(log.pathOf(2), `${log.pathOf(2)}.old`);
  expect(await numbers(log)).toEqual([]);
});

it('removes a file as long as it is no longer than what was read, and none twice', async () => {
  const log = handmadeLog();
  log.write(1, 'one\n');
  log.roll(2);
  const [segment] = await log.segments.closed();
  log.add(1, 'late\n');
  await segment?.remove(4);
  expect(log.read(1)).toBe('one\nlate\n');
  await segment?.remove(9);
  expect(log.read(1)).toBeNull();
  await segment?.remove(9);
});
