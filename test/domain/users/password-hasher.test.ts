import { parseOptions } from '@node-rs/argon2';
import { Unavailable } from '../../../src/domain/failure.js';
import { NOBODY, PasswordHasher } from '../../../src/domain/users/password-hasher.js';
import { checkPasswordLength } from '../../../src/domain/users/password-policy.js';

describe('password hashes', () => {
  const hasher = new PasswordHasher();

  it('are argon2id with 19 MiB, two passes and one lane, salted anew each time', async () => {
    const [one, two] = await Promise.all([hasher.hash('correct horse'), hasher.hash('correct horse')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(parseOptions(one)).toMatchObject({
      memoryCost: 19_456,
      timeCost: 2,
      parallelism: 1,
      outputLen: 32,
    });
    expect(one).not.toBe(two);
  });

  it('match their own password, however its letters were composed, and no other', async () => {
    const phc = await hasher.hash('Mötley Crüe forever');
    expect(await hasher.verify(phc, 'Mo\u0308tley Cru\u0308e forever')).toBe(true);
    expect(await hasher.verify(phc, 'Motley Crue forever')).toBe(false);
  });

  it('are never right for a person who is not there, and cost the same to find out', async () => {
    expect(await hasher.verify(null, 'wrong horse, sorry')).toBe(false);
    expect(parseOptions(NOBODY)).toEqual(parseOptions(await hasher.hash('correct horse')));
    const full = new PasswordHasher({ atOnce: 1, queue: 0 });
    const looking = full.verify(null, 'wrong horse, sorry');
    await expect(full.hash('correct horse')).rejects.toBeInstanceOf(Unavailable);
    expect(await looking).toBe(false);
  });

  it('are computed a few at a time, and refused as unavailable once the queue is full', async () => {
    const small = new PasswordHasher({ atOnce: 1, queue: 2 });
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => small.hash('correct horse')));
    expect(results.map((result) => result.status).filter((status) => status === 'fulfilled')).toHaveLength(3);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(Unavailable);
    await expect(small.hash('correct horse')).resolves.toMatch(/^\$argon2id/);
  });
});

describe('a new password', () => {
  it.each([
    ['eleven char', 'at least 12'],
    ['x'.repeat(201), 'at most 200'],
    ['twelve\0chars', 'NUL'],
    ['🙂'.repeat(11), 'at least 12'],
    ['', 'at least 12'],
  ])('cannot be %j', (password, reason) => {
    const refusal = checkPasswordLength(password, ['password']);
    expect(refusal).toMatchObject({ kind: 'InvalidInput', path: ['password'] });
    expect(refusal?.message).toContain(reason);
  });

  it.each(['twelve chars', 'x'.repeat(200), '🙂'.repeat(12)])('can be %j', (password) => {
    expect(checkPasswordLength(password, ['password'])).toBeNull();
  });
});
