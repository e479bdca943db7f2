import { Releases } from '../../src/main/releases.js';

test('lets go of everything once, last in, first out, and reports the first error when all is done', async () => {
  const releases = new Releases();
  const seen: string[] = [];
  for (const name of ['one', 'two', 'three', 'four']) {
    releases.add(name, async () => {
      seen.push(name);
      if (name === 'two' || name === 'three') throw new Error(`${name} is stuck`);
    });
  }
  const told: string[] = [];
  const all = () => releases.all((name) => told.push(name));
  await expect(all()).rejects.toThrow('three is stuck');
  expect(seen).toEqual(['four', 'three', 'two', 'one']);
  expect(told).toEqual(['three', 'two']);
  await expect(all()).resolves.toBeUndefined();
  expect(seen).toHaveLength(4);
});
