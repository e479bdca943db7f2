import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FIRST_DAY, FREE_FROM, RESOURCES, resourceSql, USERS, userSql } from './database.mjs';

const run = promisify(execFile);
const BASE = '/usr/lib/postgresql';

/** pgbench's path, or null where it is not installed. */
export const pgbenchPath = () =>
  (existsSync(BASE) ? readdirSync(BASE).toSorted().reverse() : [])
    .map((version) => join(BASE, version, 'bin', 'pgbench'))
    .find((path) => existsSync(path)) ?? null;

const replaced = (text, values) => text.replaceAll(/\$(\d+)/g, (_, index) => values[Number(index) - 1]);
const instant = (seconds) => `to_timestamp(${seconds})`;
const day = `${FIRST_DAY / 1000} + :d::float8 * 86400`;

/** The statements of statements.mjs with pgbench's variables in place of their parameters. */
function scripts({ q1, q2, q3, m1 }) {
  const id = `('00000000-0000-7001-8000-' || lpad(to_hex(:a::bigint), 12, '0'))::uuid`;
  const start = `${FREE_FROM / 1000} + :f::float8 * 86400 + :h::float8 * 1800`;
  const twenty = `(select array_agg(${resourceSql('n')}) from generate_series(:r::integer, :r::integer + 19) n)`;
  return {
    q1: `\\set r random(1, ${RESOURCES})\n${replaced(q1.text, [`array[${resourceSql(':r')}]`])};`,
    q2: `\\set d random(1, 90)\n${replaced(q2.text, ['null::timestamptz', instant(day), instant(`${day} + 86400`), userSql('1'), "'MEMBER'", '51'])};`,
    q3: `\\set d random(1, 90)\n\\set r random(1, ${RESOURCES - 20})\n${replaced(q3.text, ['null::timestamptz', twenty, instant(day), instant(`${day} + 86400`)])};`,
    m1: `\\set r random(1, ${RESOURCES})\n\\set u random(1, ${USERS})\n\\set f random(1, 20000)\n\\set h random(1, 47)\n\\set a random(1, 200000000000000)\n${replaced(
      m1.text,
      [
        'null::timestamptz',
        id,
        userSql(':u'),
        userSql(':u'),
        "'Bench'::text",
        "''::text",
        instant(start),
        instant(`${start} + 1800`),
        'null::bigint',
        `array[${resourceSql(':r')}]`,
        "array['OWN']",
        'array[1]',
        `array[${instant(start)}]`,
        `array[${instant(`${start} + 1800`)}]`,
        '(select version from rule_book)',
        `${instant(start)}::timestamp`,
        `${instant(`${start} + 1800`)}::timestamp`,
        "'UTC'",
        'gen_random_uuid()',
        `'{"requestId":"bench","address":"127.0.0.1","userAgent":"bench"}'`,
        "'reservation.create'::text",
        '(:a::bigint)::text',
        "'\\x00'::bytea",
        "'HELD'::text",
        'null::jsonb',
        "'PUBLIC'::text",
      ],
    )};`,
  };
}

/** Runs one script with 16 clients; transactions a second. */
export async function pgbench(path, url, statements, name, seconds) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  const file = join(folder, `${name}.sql`);
  // pgbench reads to the end of the line: one statement, one line.
  writeFileSync(
    file,
    scripts(statements)
      [name].split('\n')
      .map((line) => (line.startsWith('\\') ? `${line}\n` : `${line} `))
      .join(''),
  );
  try {
    const { stdout } = await run(path, [
      '-n',
      '-M',
      'prepared',
      '-c',
      '16',
      '-j',
      '2',
      '-T',
      String(seconds),
      '-f',
      file,
      url,
    ]);
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
