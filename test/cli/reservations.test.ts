import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { idOf } from '../../src/client/call-document.js';
import { ReservationCreateDocument } from '../../src/client/generated/graphql.js';
import { clockFile } from '../kit/clock-file.js';
import { commandLine } from '../kit/command-line.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { person } from '../kit/people.js';
import { mustCheckIn } from '../kit/presence.js';
import { startApi } from '../kit/program.js';
import { rule } from '../kit/rules.js';
import { room } from '../kit/things.js';
import { tokensFor } from '../kit/tokens.js';

const BERLIN = 'Europe/Berlin';
const START = new Date('2028-03-07T07:00:00Z');

const { db, url, psql } = await useDatabase();
const clock = clockFile(START.getTime());
const api = await startApi({
  databaseUrl: url,
  clockFile: clock.path,
  env: { HOLDFAST_PERSISTED_ONLY: 'on' },
});
const mia = await person(db, 'MEMBER', { name: 'Mia' });
const [token = ''] = await tokensFor(db, [mia], START);
const { run, start } = commandLine({ HOLDFAST_SERVER: api.url, HOLDFAST_TOKEN: token });

beforeEach(() => clock.set(START.getTime()));

const elbe = await room(db, { name: 'Elbe', timeZone: BERLIN, seats: 6 });
await room(db, { name: 'Spree', timeZone: BERLIN, seats: 8, typeId: elbe.typeId, placeId: elbe.placeId });
await rule(db, 'LENGTH', { leastMinutes: null, mostMinutes: 240 }, { resourceId: elbe.id });

it('lists, shows and finds resources, tab-separated for programs, and as one document', async () => {
  const { stdout } = await run('resource', 'list');
  expect(
    stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split('\t')[0]),
  ).toEqual(['Elbe', 'Spree']);
  expect(JSON.parse((await run('resource', 'show', 'elbe', '--json')).stdout)).toMatchObject({
    name: 'Elbe',
    seats: 6,
  });
  expect(await run('resource', 'show', 'Rhine')).toMatchObject({ code: 5, stdout: '' });
  const free = await run('free', '2028-03-07 9:00', '2h', '--zone', BERLIN, '--seats', '7', '--json');
  expect(JSON.parse(free.stdout)).toMatchObject([{ freeQuantity: 1, resource: { name: 'Spree' } }]);
  expect((await run('resource', 'list', '--limit', '1')).stderr).toContain('more than 1');
  expect((await run('resource', 'list', '--limit', '1', '--all')).code).toBe(2);
});

it('books by the clocks of the resource, whatever those of the machine show', async () => {
  const { code, stdout } = await run('book', 'elbe', '2028-03-07 9:00', '2h', '--title', 'Plan\tning');
  expect(code).toBe(0);
  const [startsAt, endsAt, zone, name, title, owner, state, id] = stdout.trim().split('\t');
  expect([startsAt, endsAt, zone]).toEqual([
    '2028-03-07T09:00:00+01:00',
    '2028-03-07T11:00:00+01:00',
    BERLIN,
  ]);
  expect([name, title, owner, state]).toEqual(['Elbe', 'Plan ning', 'Mia', 'CONFIRMED']);
  const shown = await run('reservation', 'show', id ?? '', '--json');
  expect(JSON.parse(shown.stdout)).toMatchObject({ id, window: { startsAt: '2028-03-07T08:00:00.000Z' } });
  expect(await run('reservation', 'show', 'rsv_01a20f21434d73c88c2668cc9982a484')).toMatchObject({ code: 5 });
});

it('refuses with every reason and with commands that can be pasted, and ends with 3', async () => {
  const { code, stdout, stderr } = await run('book', 'Elbe', '2028-03-07 10:00', '6h', '--title', "Mia's");
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(/SLOT_TAKEN[\s\S]*in the way: Tue 7 Mar 2028 09:00–11:00 Europe\/Berlin/);
  expect(stderr).toContain('DURATION_TOO_LONG');
  const pasted = /holdfast book (res_\w+) '([^']+)' 6h --title 'Mia'\\''s'/.exec(stderr);
  expect((await run('book', pasted?.[1] ?? '', pasted?.[2] ?? '', '6h', '--title', "Mia's")).code).toBe(0);
});

it('tells programs the same as one document', async () => {
  const { code, stderr } = await run('book', 'Elbe', '2028-03-07T10:00:00+01:00', '--json');
  expect(code).toBe(3);
  const { error } = JSON.parse(stderr);
  expect(Object.keys(error)).toEqual(['code', 'message', 'hint', 'requestId', 'reasons', 'alternatives']);
  expect(error).toMatchObject({ code: 'REFUSED', reasons: [{ code: 'SLOT_TAKEN' }] });
});

it('explains without writing anything, as the result', async () => {
  const no = await run('reservation', 'explain', 'Elbe', '2028-03-07 10:30', '--json');
  expect([no.code, no.stderr]).toEqual([3, '']);
  expect(JSON.parse(no.stdout)).toMatchObject({ isPossible: false, reasons: [{ code: 'SLOT_TAKEN' }] });
  const before = await psql('select count(*) from reservation');
  const yes = await run('reservation', 'explain', 'Elbe', '2028-03-07 11:00');
  expect(yes).toMatchObject({ code: 0, stdout: expect.stringContaining('Possible: Elbe') });
  expect(await psql('select count(*) from reservation')).toEqual(before);
  const gap = await run('reservation', 'explain', 'Elbe', '2028-03-26 02:30');
  expect(gap).toMatchObject({ code: 3, stdout: expect.stringContaining('LOCAL_TIME_GAP') });
});

it('holds, confirms, moves, extends and cancels', async () => {
  const row = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(...args, '--json');
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as { id: string; state: string; window: { startsAt: string; endsAt: string } };
  };
  const { id, state } = await row('book', 'Elbe', '2028-03-08 9', '1h', '--hold');
  expect(state).toBe('HELD');
  expect((await row('reservation', 'confirm', id)).state).toBe('CONFIRMED');
  const moved = await row('reservation', 'move', id, '2028-03-08 14:30');
  expect(moved.window).toEqual({ startsAt: '2028-03-08T13:30:00.000Z', endsAt: '2028-03-08T14:30:00.000Z' });
  expect((await row('reservation', 'extend', id, '30m')).window.endsAt).toBe('2028-03-08T15:00:00.000Z');
  const mine = await run(
    'reservation',
    'list',
    '--mine',
    '--resource',
    'Elbe',
    '--from',
    '2028-03-08',
    '--to',
    '2028-03-09',
  );
  expect(mine.stdout.trim().split('\t').at(-1)).toBe(id);
  expect((await row('reservation', 'cancel', id)).state).toBe('CANCELLED');
});

it('checks in from the right time on, and out again', async () => {
  const door = await room(db, { name: 'Door', timeZone: BERLIN });
  await mustCheckIn(db, { resourceId: door.id });
  const { stdout } = await run('book', 'Door', '2028-03-07 12:00', '1h', '--json');
  const { id } = JSON.parse(stdout);
  const early = await run('reservation', 'check-in', id);
  expect(early).toMatchObject({ code: 3, stderr: expect.stringContaining('TOO_EARLY') });
  clock.set(Date.parse('2028-03-07T10:50:00Z'));
  const [later = ''] = await tokensFor(db, [mia], new Date('2028-03-07T10:50:00Z'));
  const then = commandLine({ HOLDFAST_SERVER: api.url, HOLDFAST_TOKEN: later });
  const there = await then.run('reservation', 'check-in', id, '--json');
  expect(JSON.parse(there.stdout)).toMatchObject({ id, state: 'CHECKED_IN' });
  const left = await then.run('reservation', 'check-out', id, '--json');
  expect(JSON.parse(left.stdout)).toMatchObject({ id, state: 'COMPLETED' });
  expect(await then.run('reservation', 'check-in')).toMatchObject({ code: 5 });
});

/** Passes requests on to the api, and breaks the connection of so many bookings once the api has done them. */
async function lossyServer(losses: number): Promise<Server> {
  let lost = 0;
  const bodyOf = async (request: IncomingMessage) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    return text;
  };
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const headers = {
      authorization: request.headers.authorization ?? '',
      'content-type': 'application/json',
    };
    const answer = await fetch(`${api.url}${request.url}`, { method: 'POST', headers, body });
    const text = await answer.text();
    if (lost < losses && body.includes(idOf(ReservationCreateDocument as never))) {
      lost++;
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

it('reserves once when the answer was lost on the way', async () => {
  const server = await lossyServer(1);
  const through = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const made = await run(
    'book',
    'Spree',
    '2028-03-10 9:00',
    '--title',
    'Once',
    '--server',
    through,
    '--json',
  );
  server.close();
  expect([made.code, made.stderr]).toEqual([0, '']);
  expect(await psql(`select id from reservation where title = 'Once'`)).toHaveLength(1);
  expect(JSON.parse(made.stdout)).toMatchObject({ state: 'CONFIRMED' });
});

it('names the key where the answer stays lost, and finds out with it what has become of the booking', async () => {
  const server = await lossyServer(Number.POSITIVE_INFINITY);
  const through = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const wish = ['book', 'Spree', '2028-03-10 11:00', '--title', 'Lost', '--json'];
  const lost = await run(...wish, '--server', through);
  server.close();
  expect([lost.code, lost.stdout]).toEqual([7, '']);
  const { error } = JSON.parse(lost.stderr);
  expect(error.hint).toContain(`--key ${error.idempotencyKey}`);
  expect(await run(...wish, '--key', error.idempotencyKey)).toMatchObject({ code: 0 });
  expect(await psql(`select id from reservation where title = 'Lost'`)).toHaveLength(1);
});

it('waits for what is taken, and tells what one is told', async () => {
  const joined = await run('waitlist', 'join', 'Elbe', '2028-03-07 9:00', '2h', '--json');
  expect(JSON.parse(joined.stdout)).toMatchObject({ state: 'WAITING', position: 1 });
  const { id } = JSON.parse(joined.stdout);
  expect((await run('waitlist', 'list')).stdout).toContain(id);
  expect((await run('waitlist', 'leave', id)).code).toBe(0);
  expect(JSON.parse((await run('notification', 'list', '--json')).stdout)).toEqual(expect.any(Array));
});

it('follows a resource, and ends when it is interrupted', async () => {
  const watching = start('watch', 'Spree', '--from', '2028-03-12', '--to', '2028-03-13', '--jsonl');
  await watching.told('"cause"');
  await run('book', 'Spree', '2028-03-12 9:00');
  const lines = (await watching.told('"taken"')).trim().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    resource: { name: 'Spree' },
    taken: { startsAt: '2028-03-12T08:00:00.000Z', endsAt: '2028-03-12T09:00:00.000Z' },
  });
  expect(await watching.interrupt()).toBe(130);
});

it('gets what it has missed when its connection was lost', async () => {
  const second = await startApi({ databaseUrl: url, clockFile: clock.path });
  const watching = start(
    'watch',
    'Spree',
    '--from',
    '2028-03-14',
    '--to',
    '2028-03-15',
    '--jsonl',
    '--server',
    second.url,
  );
  await watching.told('"cause"');
  await second.kill();
  await eventually(() => expect(watching.errors()).toContain('Trying again'));
  await run('book', 'Spree', '2028-03-14 9:00');
  await startApi({ databaseUrl: url, clockFile: clock.path, env: { PORT: String(second.port) } });
  const lines = (await watching.told('"taken"')).trim().split('\n');
  expect(lines).toHaveLength(2);
  expect(await watching.interrupt()).toBe(130);
});

it('says that it cannot be reached where a watch never began', async () => {
  expect(await run('watch', 'Spree', '--server', 'http://127.0.0.1:9')).toMatchObject({
    code: 7,
    stdout: '',
  });
});
