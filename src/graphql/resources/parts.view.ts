import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'A pool of which some can be added to a reservation of the resource.',
})
export class ResourceAddOn {
  @Field(() => Int, {
    nullable: true,
    description: 'How many one reservation can add; null: as many as there are.',
  })
  most!: number | null;
}
