import fc from 'fast-check';
import { cleanFileName, savedAs } from '../../../src/domain/attachments/file-name.js';

it.each([
  ['plan.pdf', 'plan.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\plan.pdf', 'plan.pdf'],
  ['/', 'file'],
  ['..', 'file'],
  ['.htaccess', 'htaccess'],
  ['a\0b.pdf', 'ab.pdf'],
  ['plan\r\nSet-Cookie: x.pdf', 'planSet-Cookie_ x.pdf'],
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['\ufeffplan.pdf', 'plan.pdf'],
  ['Plan für März.pdf', 'Plan für März.pdf'],
  ['u\u0308ber.txt', 'über.txt'],
  ['計画 📄.txt', '計画 📄.txt'],
  ['con<>:"|?*.txt', 'con_______.txt'],
  [' . . ', 'file'],
  [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(146)}.pdf`],
  [`${'📄'.repeat(300)}.pdf`, `${'📄'.repeat(146)}.pdf`],
])('makes of %j the name %j', (given, name) => {
  expect(cleanFileName(given)).toBe(name);
});

it('makes of anything a name of one line that is no path, and of that the same again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
      const name = cleanFileName(given);
      expect(name).not.toMatch(/[/\\\p{Cc}\p{Cf}]|^\.|^\s|[\s.]$/u);
      expect([...name].length).toBeGreaterThan(0);
      expect([...name].length).toBeLessThanOrEqual(150);
      expect(name.isWellFormed()).toBe(true);
      expect(cleanFileName(name)).toBe(name);
      expect(savedAs(name)).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\w.~%!-]+$/);
      expect(savedAs(name).split('"')).toHaveLength(3);
    }),
  );
});
