import { pinoLog } from '../../src/infra/log/pino.js';

function lines() {
  const written: string[] = [];
  return { written, to: { write: (text: string) => void written.push(text) } };
}

test('writes one JSON object a line with level, time and facts', () => {
  const { written, to } = lines();
  pinoLog({ level: 'info', pretty: false, to }).info({ holds: 3 }, 'expired holds');
  expect(JSON.parse(written[0] ?? '')).toMatchObject({ level: 'info', msg: 'expired holds', holds: 3 });
  expect(written[0]).toMatch(/"time":"\d{4}-\d{2}-\d{2}T.*Z"/);
});

test('leaves out what is below its level', () => {
  const { written, to } = lines();
  const log = pinoLog({ level: 'warn', pretty: false, to });
  log.info({}, 'not this');
  log.error({}, 'this');
  expect(written).toHaveLength(1);
});

test('hides secrets at the top, inside, in the bindings of a child and beside an error', () => {
  const { written, to } = lines();
  const log = pinoLog({ level: 'info', pretty: false, to });
  log.info({ password: 'hunter2', token: 'hunter2' }, 'one');
  log.info({ headers: { authorization: 'hunter2', 'set-cookie': 'hunter2' } }, 'two');
  log.info({ request: { input: { refreshToken: 'hunter2', name: 'Ada' } } }, 'three');
  log.child({ secret: 'hunter2' }).info({}, 'four');
  log.info({ error: Object.assign(new Error('no'), { password: 'hunter2' }) }, 'five');
  expect(written).toHaveLength(5);
  expect(written.join()).not.toContain('hunter2');
  expect(written[2]).toContain('Ada');
});

test('shows message and stack of an error', () => {
  const { written, to } = lines();
  pinoLog({ level: 'info', pretty: false, to }).error({ error: new Error('broken pipe') }, 'failed');
  expect(JSON.parse(written[0] ?? '').error).toMatchObject({ type: 'Error', message: 'broken pipe' });
});
