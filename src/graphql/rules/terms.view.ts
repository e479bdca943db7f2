import { Field, InputType, ObjectType } from 'type-graphql';

@InputType({
  description:
    'Terms that whoever reserves must accept, when they confirm, reserve at once, or come to a resource by a move.',
})
export class TermsInput {
  @Field(() => String, { description: 'What is accepted: 1 to 20,000 characters of plain text.' })
  text!: string;

  @Field(() => String, {
    description:
      'By which it is accepted: 1 to 50 letters, digits, dots, hyphens. Another text needs another one.',
  })
  version!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it is accepted for each reservation anew; otherwise once by each person and version.',
  })
  eachTime?: boolean | null;
}

@ObjectType({ simpleResolvers: true, description: 'What whoever reserves must accept (kind TERMS).' })
export class TermsSettings {
  @Field(() => String, { description: 'What is accepted, to be shown as it is.' })
  text!: string;

  @Field(() => String, { description: 'Its version.' })
  version!: string;

  @Field(() => Boolean, { description: 'Whether it is accepted for each reservation anew.' })
  eachTime!: boolean;

  @Field(() => String, { description: 'What acceptedTerms names to accept it: rul_…@version.' })
  key!: string;
}
