import type { Profile } from '../account/profiles.js';
import { notFound } from '../failure.js';
import type { Act } from '../leaf.js';
import { type Column, printRows } from '../output/table.js';

interface Row {
  readonly name: string;
  readonly isChosen: boolean;
  readonly server: string;
  readonly user: Profile['user'];
}

const COLUMNS: readonly Column<Row>[] = [
  { head: 'name', shown: ({ name }) => name },
  { head: 'chosen', shown: ({ isChosen }) => (isChosen ? 'yes' : '') },
  { head: 'server', shown: ({ server }) => server },
  { head: 'user', shown: ({ user }) => user.name },
  { head: 'role', shown: ({ user }) => user.role },
];

export const listProfiles: Act = async ({ out, target: { profiles } }) => {
  const chosen = profiles.chosen();
  const rows = profiles.names().flatMap((name): Row[] => {
    const profile = profiles.read(name);
    return profile ? [{ name, isChosen: name === chosen, server: profile.server, user: profile.user }] : [];
  });
  if (out.isJson) out.json(rows);
  else printRows(out, COLUMNS, rows);
};

export const useProfile: Act = async ({ out, target: { profiles } }, _options, name) => {
  const profile = profiles.read(name as string);
  if (!profile) throw notFound(`There is no profile "${name}".`, 'See: holdfast profile list');
  profiles.choose(name as string);
  out.say(`Using ${name}: ${profile.server} as ${profile.user.name}.`);
};

export const removeProfile: Act = async ({ out, target: { profiles } }, _options, name) => {
  if (!profiles.names().includes(name as string)) throw notFound(`There is no profile "${name}".`);
  profiles.remove(name as string);
  out.say(`Removed ${name}.`);
};
