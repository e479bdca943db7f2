import { newId } from '../domain/ids.js';
import type { DemoPerson } from './people.js';

/** The people who work with the electron microscope: a group, an introduction, and who has which of them. */
export interface DemoCircles {
  readonly group: { readonly id: string; readonly name: string; readonly description: string };
  readonly training: { readonly id: string; readonly name: string; readonly description: string };
  readonly members: readonly DemoPerson[];
  /** Those of them who may use it: all but the last two, who have not been introduced yet. */
  readonly trained: readonly DemoPerson[];
}

const MEMBERS = 10;

/** Ten members of the microscopy group, the demo member not among them. */
export function demoCircles(people: readonly DemoPerson[]): DemoCircles {
  const members = people
    .filter(({ role, email }) => role === 'MEMBER' && email !== 'member@example.org')
    .slice(0, MEMBERS);
  return {
    group: { id: newId(), name: 'Microscopy', description: 'Everybody who works with the microscopes.' },
    training: {
      id: newId(),
      name: 'Electron microscope introduction',
      description: 'Half a day: vacuum, cooling, what to do in an emergency.',
    },
    members,
    trained: members.slice(0, -2),
  };
}
