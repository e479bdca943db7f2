import { pinoLog } from '../../../src/infra/log/pino.js';

function logged(write: (log: ReturnType<typeof pinoLog>) => void): string {
  const lines: string[] = [];
  write(pinoLog({ level: 'debug', pretty: false, to: { write: (line: string) => void lines.push(line) } }));
  return lines.join('');
}

describe('the log', () => {
  it('shows no secret, wherever it stands', () => {
    const secret = 'hunter2';
    const text = logged((log) => {
      log.info({ password: secret, input: { token: secret, deeper: { refreshToken: secret } } }, 'facts');
      log.info({ headers: { authorization: secret, 'set-cookie': secret } }, 'headers');
      log.child({ secret }).warn({}, 'a child');
      log.error({ err: Object.assign(new Error('broken'), { config: { password: secret } }) }, 'an error');
    });
    expect(text).not.toContain(secret);
    expect(text.match(/\[hidden\]/g)).toHaveLength(7);
    expect(text).toContain('"message":"broken"');
  });

  it('leaves the facts of the caller as they are', () => {
    const facts = { password: 'kept', plain: { at: 1 } };
    const text = logged((log) => log.info(facts, 'facts'));
    expect(facts.password).toBe('kept');
    expect(JSON.parse(text)).toMatchObject({
      level: 'info',
      msg: 'facts',
      plain: { at: 1 },
      password: '[hidden]',
    });
  });
});
