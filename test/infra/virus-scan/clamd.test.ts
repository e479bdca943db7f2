import { Unavailable } from '../../../src/domain/failure.js';
import { clamdListener, EICAR, scanBy } from '../../kit/clamd.js';

const clamd = await clamdListener();
beforeEach(() => {
  clamd.manner = 'JUDGES';
  clamd.streams.splice(0);
});

async function* pieces(...given: (string | Buffer)[]) {
  for (const piece of given) yield Buffer.from(piece);
}

it('sends the whole content and says that it is clean', async () => {
  const large = Buffer.alloc(3_000_000, 'x');
  expect(await scanBy(clamd).scan(pieces('begin', '', large, 'end'))).toEqual({ kind: 'CLEAN' });
  expect(
    clamd.streams.map((stream) =>
      stream.equals(Buffer.concat([Buffer.from('begin'), large, Buffer.from('end')])),
    ),
  ).toEqual([true]);
});

it('says what was found, wherever the pieces end', async () => {
  const middle = EICAR.length / 2;
  expect(await scanBy(clamd).scan(pieces('..', EICAR.slice(0, middle), EICAR.slice(middle)))).toEqual({
    kind: 'INFECTED',
    name: 'Eicar-Test-Signature',
  });
});

it.each([
  ['hangs up', 'HANGS_UP'],
  ['has had enough before the end', { most: 100_000 }],
  ['reports an error', { says: 'stream: Can not allocate memory ERROR\0' }],
  ['says something else', { says: 'PONG\0' }],
  ['says nothing at all', { says: '' }],
  ['says that something else is OK', { says: 'stream: OK FOUND ERROR\0' }],
] as const)('never says that a file is clean where the scanner %s', async (_what, manner) => {
  clamd.manner = manner;
  const content = pieces(...Array.from({ length: 64 }, () => Buffer.alloc(65_536, 'x')));
  await expect(scanBy(clamd).scan(content)).rejects.toThrow(Unavailable);
});

it('waits no longer than it is told for a scanner that is silent', async () => {
  clamd.manner = 'IS_SILENT';
  await expect(scanBy(clamd, 50).scan(pieces('x'))).rejects.toThrow(Unavailable);
});

it('is unavailable where nobody listens, and again there afterwards', async () => {
  await clamd.stop();
  await expect(scanBy(clamd).scan(pieces('x'))).rejects.toThrow(Unavailable);
  await clamd.start();
  expect(await scanBy(clamd).scan(pieces('x'))).toEqual({ kind: 'CLEAN' });
});

it('lets the failure of the content be no verdict', async () => {
  async function* broken() {
    yield Buffer.from('x');
    throw new Error('the disk is gone');
  }
  await expect(scanBy(clamd).scan(broken())).rejects.toThrow(Unavailable);
});
