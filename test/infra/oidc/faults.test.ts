import { reasonOf } from '../../../src/infra/oidc/faults.js';

it('says why for the log in no more than a few sentences, however much came back', () => {
  expect(reasonOf(new Error('no', { cause: new Error('nonce mismatch') }))).toBe('no: nonce mismatch');
  expect(reasonOf(new Error('x'.repeat(100_000)))).toHaveLength(300);
});
