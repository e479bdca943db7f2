import type { Role } from '../domain/act.js';
import { newId } from '../domain/ids.js';

export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly time_zone: string;
}

const FIRST = [
  'Ada',
  'Ben',
  'Clara',
  'David',
  'Elif',
  'Felix',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Karim',
  'Lena',
  'Marta',
  'Nils',
  'Olga',
  'Paulo',
  'Rita',
  'Samir',
  'Tess',
  'Yuki',
];
const LAST = [
  'Almeida',
  'Brandt',
  'Costa',
  'Dahl',
  'Engel',
  'Ferreira',
  'Garcia',
  'Hansen',
  'Ito',
  'Jansen',
  'Keller',
  'Lopes',
  'Moreau',
  'Novak',
  'Okafor',
  'Pires',
  'Quinn',
  'Rossi',
  'Silva',
  'Weber',
];
const ZONES = ['Europe/Berlin', 'Europe/Berlin', 'Europe/Lisbon', 'America/New_York'];

/** One account of each role whose address is easy to type. */
const KNOWN: readonly (readonly [string, Role])[] = [
  ['manager', 'MANAGER'],
  ['member', 'MEMBER'],
  ['guest', 'GUEST'],
];

const roleOf = (index: number): Role => (index < 2 ? 'MANAGER' : index < 34 ? 'MEMBER' : 'GUEST');

/** 40 people: three with addresses such as member@example.org, 37 with a name of their own. */
export function demoPeople(): DemoPerson[] {
  const known = KNOWN.map(([word, role]) => ({
    id: newId(),
    name: `Demo ${word[0]?.toUpperCase()}${word.slice(1)}`,
    email: `${word}@example.org`,
    role,
    time_zone: 'Europe/Berlin',
  }));
  const others = Array.from({ length: 37 }, (_, index) => {
    const first = FIRST[index % FIRST.length] as string;
    const last = LAST[(index * 7 + Math.floor(index / FIRST.length)) % LAST.length] as string;
    return {
      id: newId(),
      name: `${first} ${last}`,
      email: `${first}.${last}@example.org`.toLowerCase(),
      role: roleOf(index),
      time_zone: ZONES[index % ZONES.length] as string,
    };
  });
  return [...known, ...others];
}
