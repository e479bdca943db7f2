import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType({
  description: 'Anything with an id of its own.',
})
export abstract class Node {
  @Field(() => ID, { description: 'Opaque, and sortable by the time of creation.' })
  id!: string;
}
