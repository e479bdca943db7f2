import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { statements } from '../statements.mjs';

// What Node and one prepared statement cost without any GraphQL: the statement's JSON goes out as it comes.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16, options: '-c timezone=UTC' });
pg.types.setTypeParser(114, (text) => text);
const ours = await statements();
const bare = (id) =>
  `${id.slice(4, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20, 24)}-${id.slice(24)}`;
const INSERT = `insert into bench_reservation (id, resource_id, owner_id, title, starts_at, ends_at)
  values ($1, $2, $3, $4, $5, $6) on conflict do nothing
  returning json_build_object('__typename', 'ReservationSuccess', 'id', id, 'startsAt', starts_at, 'endsAt', ends_at) as row`;
const OWNER = '00000000-0000-7000-8000-100000000001';

const queries = {
  q1: ({ id }) => [ours.q1, [[bare(id)]]],
  q2: ({ window }) => [ours.q2, [null, window.startsAt, window.endsAt, 51]],
  q3: ({ resources, window }) => [ours.q3, [null, resources.map(bare), window.startsAt, window.endsAt]],
  m1: ({ input: { title, window, resources } }) => [
    { name: 'insert', text: INSERT },
    [randomUUID(), bare(resources[0].resourceId), OWNER, title, window.startsAt, window.endsAt],
  ],
};

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk) => (body += chunk));
  request.on('end', async () => {
    const { query, variables } = JSON.parse(body);
    const [{ name, text }, values] =
      queries[query.slice(query.indexOf(' ') + 1, query.indexOf(' ') + 3)](variables);
    const { rows } = await pool.query({ name, text, values });
    const json = Object.values(rows[0] ?? { row: '"SLOT_TAKEN"' })[0];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(`{"data":${json}}`);
  });
});
server.listen(0, '127.0.0.1', () =>
  console.log(JSON.stringify({ msg: 'listening', port: server.address().port })),
);
process.once('SIGTERM', () => process.exit(0));
