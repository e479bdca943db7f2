import { entries, sealAll } from '../kit/audit.js';
import { useDatabase } from '../kit/database.js';
import { startProgram } from '../kit/program.js';

const database = await useDatabase();
const ids = await entries(database, 3);
await sealAll(database.db);

async function verify(...args: string[]) {
  const program = startProgram('audit-verify', { databaseUrl: database.url, args });
  const exitCode = await program.ended;
  return { exitCode, output: program.output() };
}

it('prints the head of a chain that holds, and takes it as a proof later', async () => {
  const { exitCode, output } = await verify();
  expect(exitCode).toBe(0);
  const [head = ''] = /^3:[0-9a-f]{64}$/m.exec(output) ?? [];
  expect(output).toContain('3 links hold; 0 entries wait to be sealed.');
  expect((await verify('--head', head)).exitCode).toBe(0);
  const other = await verify('--head', head, '--head', `4:${'a'.repeat(64)}`);
  expect(other.exitCode).toBe(2);
  expect(other.output).toContain('BROKEN at link 4: from here on it is missing.');
});

it.each([['--head'], ['--head 3'], ['--haed 3:00'], ['3:00']])(
  'says what it takes instead of %j',
  async (args) => {
    const { exitCode, output } = await verify(...args.split(' '));
    expect(exitCode).toBe(1);
    expect(output).toContain('audit-verify takes --head <number>:<hash>');
  },
);

it('prints the first break and exits with 2', async () => {
  await database.psql(
    `set session_replication_role = replica; update audit set action = 'x' where id = '${ids[1]}'`,
  );
  const { exitCode, output } = await verify();
  expect(exitCode).toBe(2);
  expect(output).toContain(
    `BROKEN at link 2, entry ${ids[1]}: its entry says something else than when it was sealed.`,
  );
});
