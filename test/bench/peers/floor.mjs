import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { statements } from '../statements.mjs';

// What Node and one prepared statement cost without any GraphQL: the rows go out as they come.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16, options: '-c timezone=UTC' });
// Instants stay the text that they arrive as.
pg.types.setTypeParser(1184, (text) => text);
const ours = await statements();
const bare = (id) =>
  `${id.slice(4, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20, 24)}-${id.slice(24)}`;
const INSERT = `insert into bench_reservation (id, resource_id, owner_id, title, starts_at, ends_at)
  values ($1, $2, $3, $4, $5, $6) on conflict do nothing
  returning 'ReservationSuccess' as "__typename", id, starts_at as "startsAt", ends_at as "endsAt"`;
const BUSY = `select r.id, r.name, lower(c.occupied) as "startsAt", upper(c.occupied) as "endsAt"
  from resource r join stream s on s.resource_id = r.id
  left join claim c on c.resource_id = r.id and c.occupies and c.occupies_until > now()
    and lower(c.occupied) < $3 and upper(c.occupied) > $2
    and lower(c.occupied) > $2::timestamptz - s.longest - interval '1 ms'
  where r.id = any ($1::uuid[]) order by r.id, lower(c.occupied)`;
const OWNER = '00000000-0000-7000-8000-100000000001';

const queries = {
  q1: ({ id }) => [ours.q1, [[bare(id)]]],
  q2: ({ window }) => [ours.q2, [null, window.startsAt, window.endsAt, OWNER, 'MEMBER', 51]],
  q3: ({ resources, window }) => [
    { name: 'busy', text: BUSY },
    [resources.map(bare), window.startsAt, window.endsAt],
  ],
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
    const answer = rows.length > 0 ? rows : 'SLOT_TAKEN';
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ data: answer }));
  });
});
server.listen(0, '127.0.0.1', () =>
  console.log(JSON.stringify({ msg: 'listening', port: server.address().port })),
);
process.once('SIGTERM', () => process.exit(0));
