import { runCli } from '../../src/cli/run.js';
import { PasswordHasher } from '../../src/domain/users/password-hasher.js';
import { codeAt } from '../kit/authenticator-app.js';
import { post } from '../kit/calls.js';
import { terminal } from '../kit/command-line.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { startApi, testFolder } from '../kit/program.js';
import { room } from '../kit/things.js';
import { tokensFor } from '../kit/tokens.js';

const PASSWORD = 'correct horse battery staple';

const { db, url } = await useDatabase();
const api = await startApi({ databaseUrl: url });
const passwordHash = await new PasswordHasher().hash(PASSWORD);
const clock = { now: () => new Date() };

const member = (email: string) => person(db, 'MEMBER', { name: 'Mia', email, passwordHash });

it('asks for address and password, and shows nothing of the latter', async () => {
  await member('mia@example.com');
  const folder = testFolder();
  const asked = terminal(['login', '--server', api.url], folder);
  const ended = runCli(asked.host);
  await asked.answer('Address', 'mia@example.com');
  await asked.answer('Password', PASSWORD);
  expect(await ended).toBe(0);
  expect(asked.talk()).toContain('as Mia (MEMBER)');
  expect(asked.talk()).not.toContain(PASSWORD);
  expect(asked.result()).toBe('');
  const who = terminal(['whoami', '--no-color'], folder);
  expect(await runCli(who.host)).toBe(0);
  expect(who.result()).toMatch(/^name +Mia\nrole +MEMBER\n/);
});

it('ends with 4 by a wrong password, and keeps nothing', async () => {
  await member('max@example.com');
  const asked = terminal(['login', '--server', api.url, '--email', 'max@example.com'], testFolder());
  const ended = runCli(asked.host);
  await asked.answer('Password', 'not it at all');
  expect(await ended).toBe(4);
});

it('asks for a code where there is a second factor, and once more for a wrong one', async () => {
  const lea = await member('lea@example.com');
  const [token = ''] = await tokensFor(db, [lea]);
  const prove = `mutation { sessionProve(input: { password: "${PASSWORD}" }) { __typename } }`;
  await post(api, token, { query: prove });
  const enrol = await post(api, token, {
    query: 'mutation { totpEnrol { ... on TotpEnrolSuccess { secret } } }',
  });
  const secret = /"secret":"(\w+)"/.exec(JSON.stringify(enrol))?.[1] ?? '';
  const confirm = `mutation { totpConfirm(input: { code: "${codeAt(secret, { clock })}" }) { __typename } }`;
  expect(JSON.stringify((await post(api, token, { query: confirm }))?.answer)).toContain(
    'TotpConfirmSuccess',
  );

  const asked = terminal(['login', '--server', api.url, '--email', 'lea@example.com'], testFolder());
  const ended = runCli(asked.host);
  await asked.answer('Password', PASSWORD);
  await asked.answer('Code of your app', '000000');
  await asked.answer('not right', codeAt(secret, { clock }, 1));
  expect(await ended).toBe(0);
});

it('lays rows out for people, as wide as the terminal, and leaves them whole for programs', async () => {
  const mia = await member('lists@example.com');
  const [token = ''] = await tokensFor(db, [mia]);
  const name = `Wide ${'会議室'.repeat(20)}`;
  await room(db, { name });
  await room(db, { name: 'Elbe' });
  const env = { HOLDFAST_SERVER: api.url, HOLDFAST_TOKEN: token };
  const shown = terminal(['resource', 'list', '--no-color'], testFolder(), env);
  expect(await runCli(shown.host)).toBe(0);
  const [head = '', elbe = '', wide = ''] = shown.result().split('\n');
  expect(head).toMatch(/^NAME +TYPE +PLACE/);
  expect(elbe.indexOf('Type')).toBe(head.indexOf('TYPE'));
  expect(wide).toMatch(/^Wide 会.*…/);
  const piped = terminal(['resource', 'list'], testFolder(), env);
  Object.assign(piped.host.stdout, { isTTY: false });
  expect(await runCli(piped.host)).toBe(0);
  expect(piped.result().split('\n')[1]?.split('\t')[0]).toBe(name);
});
