import { spawnSync } from 'node:child_process';

test('every source file and every test has the right types', () => {
  const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'test/tsconfig.json'], {
    encoding: 'utf8',
  });
  expect(tsc.stdout).toBe('');
});
