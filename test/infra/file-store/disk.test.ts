import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Unavailable } from '../../../src/domain/failure.js';
import { newId } from '../../../src/domain/ids.js';
import { diskStore } from '../../../src/infra/file-store/disk.js';
import { TooLarge } from '../../../src/ports/file-store.js';
import { testFolder } from '../../kit/program.js';

const folder = testFolder();
const root = join(folder, 'files');
const store = await diskStore(root);

async function* pieces(...given: (string | Buffer)[]) {
  for (const piece of given) yield Buffer.from(piece);
}
async function textOf(key: string): Promise<string | null> {
  const content = await store.get(key);
  if (!content) return null;
  const read: Uint8Array[] = [];
  for await (const piece of content) read.push(piece);
  return Buffer.concat(read).toString();
}
/** Every file below the root. */
const all = () =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name);

it('gives back what it was given, with its length and hash, to another process too', async () => {
  const key = newId();
  const stored = await store.put(key, pieces('one ', Buffer.alloc(200_000, 'x'), ' two'), 1_000_000);
  const text = `one ${'x'.repeat(200_000)} two`;
  expect(stored).toEqual({ size: text.length, sha256: createHash('sha256').update(text).digest() });
  expect(await textOf(key)).toBe(text);
  expect(await store.exists(key)).toBe(true);
  expect(await (await diskStore(root)).exists(key)).toBe(true);
  expect(statSync(join(root, key.slice(-2), key)).mode & 0o777).toBe(0o600);
});

it('replaces a file as a whole', async () => {
  const key = newId();
  await store.put(key, pieces('old'), 10);
  await store.put(key, pieces('new'), 10);
  expect(await textOf(key)).toBe('new');
});

it('removes a file, and one that is not there', async () => {
  const key = newId();
  await store.put(key, pieces('x'), 10);
  await store.remove(key);
  await store.remove(key);
  expect([await store.exists(key), await store.get(key)]).toEqual([false, null]);
});

it('leaves nothing where there is too much, or the content fails, and keeps what was there before', async () => {
  const key = newId();
  await store.put(key, pieces('old'), 10);
  const before = all();
  await expect(store.put(key, pieces('12345', '678901'), 10)).rejects.toThrow(TooLarge);
  async function* broken() {
    yield Buffer.from('half');
    throw new Error('the caller is gone');
  }
  await expect(store.put(key, broken(), 10)).rejects.toThrow('the caller is gone');
  expect(all()).toEqual(before);
  expect(await textOf(key)).toBe('old');
});

it('reads no more of the content than it may', async () => {
  let given = 0;
  async function* endless() {
    for (;;) {
      given++;
      yield Buffer.alloc(10);
    }
  }
  await expect(store.put(newId(), endless(), 100)).rejects.toThrow(TooLarge);
  expect(given).toBe(11);
});

it.each([
  '../outside',
  '..',
  '',
  'a/b',
  `${newId()}/../x`,
  `${newId()}\0`,
  newId().toUpperCase(),
  `/${newId()}`,
])('takes no key but its own kind: %j', async (key) => {
  const before = all();
  await expect(store.put(key, pieces('x'), 10)).rejects.toThrow();
  await expect((async () => store.get(key))()).rejects.toThrow();
  await expect((async () => store.remove(key))()).rejects.toThrow();
  expect(all()).toEqual(before);
});

it('follows no link that lies in the place of a file or of a folder', async () => {
  const secret = join(folder, 'secret');
  writeFileSync(secret, 'secret');
  const key = newId();
  mkdirSync(join(root, key.slice(-2)), { recursive: true });
  symlinkSync(secret, join(root, key.slice(-2), key));
  expect([await store.get(key), await store.exists(key)]).toEqual([null, false]);
  await store.put(key, pieces('mine'), 10);
  expect([await textOf(key), readFileSync(secret, 'utf8')]).toEqual(['mine', 'secret']);

  const other = newId().slice(0, -2);
  const outside = join(folder, 'outside');
  mkdirSync(outside);
  rmSync(join(root, 'f0'), { recursive: true, force: true });
  symlinkSync(outside, join(root, 'f0'));
  writeFileSync(join(outside, `${other}f0`), 'secret');
  expect(await store.get(`${other}f0`)).toBeNull();
  await expect(store.put(`${other}f0`, pieces('x'), 10)).rejects.toThrow(Unavailable);
  expect(readFileSync(join(outside, `${other}f0`), 'utf8')).toBe('secret');
  rmSync(join(root, 'f0'));
});

it('removes what a process that died has half written under the key, and nothing else of that kind', async () => {
  const [key, other] = [newId(), newId()];
  const half = (of: string) => join(root, 'under-way', `${of}.0123456789abcdef`);
  writeFileSync(half(key), 'half');
  writeFileSync(half(other), 'half');
  await store.remove(key);
  expect([existsSync(half(key)), existsSync(half(other))]).toEqual([false, true]);
  await store.remove(other);
});

it('takes many at once without mixing them up', async () => {
  const keys = Array.from({ length: 50 }, () => newId());
  await Promise.all(keys.map((key) => store.put(key, pieces(key, key), 100)));
  expect(await Promise.all(keys.map(textOf))).toEqual(keys.map((key) => key + key));
});

it('is unavailable where its folder cannot be one', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  await expect(diskStore(join(file, 'files'))).rejects.toThrow(Unavailable);
});
