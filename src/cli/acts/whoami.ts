import { ViewerShowDocument, type ViewerShowQuery } from '../../client/generated/graphql.js';
import { notSignedIn } from '../failure.js';
import type { Act } from '../leaf.js';
import { type Column, printFacts } from '../output/table.js';

interface Row {
  readonly user: NonNullable<ViewerShowQuery['viewer']>;
  readonly server: string;
  readonly profile: string | null;
}

const COLUMNS: readonly Column<Row>[] = [
  { head: 'name', shown: ({ user }) => user.name },
  { head: 'role', shown: ({ user }) => user.role },
  { head: 'id', shown: ({ user }) => user.id },
  { head: 'zone', shown: ({ user }) => user.timeZone },
  { head: 'server', shown: ({ server }) => server },
  { head: 'profile', shown: ({ profile }) => profile ?? '' },
];

export const whoami: Act = async (session) => {
  const { out, host, target } = session;
  const { viewer: user } = await session.call(ViewerShowDocument, {});
  if (!user) throw notSignedIn();
  const profile = host.env.HOLDFAST_TOKEN ? null : target.profileName;
  const row = { user, server: target.server, profile };
  if (out.isJson) out.json({ ...user, server: row.server, profile });
  else printFacts(out, COLUMNS, row);
};
