import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Unavailable } from '../../../src/domain/failure.js';
import { hibpFile } from '../../../src/infra/breached/hibp-file.js';
import { commonPasswords } from '../../../src/infra/breached/most-common.js';
import { testFolder } from '../../kit/program.js';

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase();

describe('the common passwords', () => {
  const common = commonPasswords();

  it.each([
    'q1w2e3r4t5y6',
    'Q1W2E3R4T5Y6',
    'administrator',
    'password2024!',
    '1234password!',
    'Sunshine-2027',
    'qwertyqwerty',
    'BaseballBaseball1',
  ])('have %s among them', async (password) => {
    expect(await common.has(password)).toBe(true);
  });

  it.each(['correct horse battery', 'password-of-mine-only', 'sunshine 84719384', 'ééééééééé ßßßß', '', '!'])(
    'do not have %j among them',
    async (password) => {
      expect(await common.has(password)).toBe(false);
    },
  );
});

describe('a file as Have I Been Pwned offers it', () => {
  const folder = testFolder();
  const path = join(folder, 'sums.txt');
  const lost = Array.from({ length: 20_000 }, (_, nth) => `lost password ${nth}`);
  const lines = lost.map((each, nth) => `${sha1(each)}:${nth + 1}`).toSorted();

  it.each([
    ['lines with counts', lines.join('\n')],
    ['the line ends of Windows', `${lines.join('\r\n')}\r\n`],
    ['sums alone, in small letters', lines.map((line) => line.split(':')[0]?.toLowerCase()).join('\n')],
  ])('has every password in it and no other: %s', async (_how, content) => {
    writeFileSync(path, content);
    const file = await hibpFile(path);
    const sample = lost.filter((_, nth) => nth % 97 === 0);
    const ends = [lines[0], lines.at(-1)].map((line) => lost[Number(line?.split(':')[1]) - 1] ?? '');
    for (const each of [...sample, ...ends]) expect(await file.has(each)).toBe(true);
    for (let nth = 0; nth < 200; nth++) expect(await file.has(`kept password ${nth}`)).toBe(false);
    await file.close();
    await expect(file.has('anything')).rejects.toThrow(Unavailable);
  });

  it('may have one line', async () => {
    writeFileSync(path, `${sha1('the only one')}:1`);
    const file = await hibpFile(path);
    expect([await file.has('the only one'), await file.has('another')]).toEqual([true, false]);
    await file.close();
  });

  it.each([
    ['is empty', ''],
    ['has passwords themselves', 'password\n123456\n'],
    ['is out of order', lines.toReversed().join('\n')],
  ])('is refused where it %s', async (_how, content) => {
    writeFileSync(path, content);
    await expect(hibpFile(path)).rejects.toThrow('it has no SHA-1 sums in order');
  });

  it('is refused where there is none', async () => {
    rmSync(path);
    await expect(hibpFile(path)).rejects.toThrow('ENOENT');
  });
});
