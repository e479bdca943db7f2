import { newId } from '../domain/ids.js';
import type { AttributeDefinition } from '../sql/resources/resource-type-row.js';

export interface DemoType {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly AttributeDefinition[];
}

const type = (
  name: string,
  description: string,
  attributes: readonly AttributeDefinition[] = [],
): DemoType => ({
  id: newId(),
  name,
  description,
  attributes,
});
const boolean = (key: string, label: string): AttributeDefinition => ({
  key,
  label,
  kind: 'BOOLEAN',
  unit: null,
  choices: [],
  required: false,
});
const number = (key: string, label: string, unit: string): AttributeDefinition => ({
  key,
  label,
  kind: 'NUMBER',
  unit,
  choices: [],
  required: false,
});
const choice = (key: string, label: string, choices: string[]): AttributeDefinition => ({
  key,
  label,
  kind: 'CHOICE',
  unit: null,
  choices,
  required: false,
});

/** The five types, by the word that the demo calls them. */
export const demoTypes = () => ({
  room: type('Meeting room', 'A room for several people.', [
    boolean('videoWall', 'Video wall'),
    boolean('whiteboard', 'Whiteboard'),
    number('area', 'Area', 'm²'),
  ]),
  desk: type('Desk', 'A place to work.', [
    boolean('heightAdjustable', 'Height adjustable'),
    number('monitors', 'Monitors', 'pieces'),
  ]),
  instrument: type('Instrument', 'A measuring instrument; needs cleaning after each use.', [
    number('resolution', 'Resolution', 'nm'),
  ]),
  vehicle: type('Vehicle', 'Keys at the reception.', [
    choice('drive', 'Drive', ['Electric', 'Hybrid', 'Diesel']),
    number('range', 'Range', 'km'),
  ]),
  equipment: type('Equipment', 'A pool of equal things to borrow.'),
});
export type DemoTypes = ReturnType<typeof demoTypes>;
