import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A full file of the log of one program, in the file store: JSON lines, as they were written. For administrators.',
})
export class LogFile extends Node {
  @Field(() => String, { description: 'Who has logged: api, sweeper, or start for both by npm start.' })
  program!: string;

  @Field(() => String, { description: 'The name of the machine that it ran on.' })
  machine!: string;

  @Field(() => Int, { description: 'Counts up with the files of the program there.' })
  number!: number;

  @Field(() => DateTime, { description: 'When its earliest line was written.' })
  fromAt!: string;

  @Field(() => DateTime, { description: 'When its latest line was written.' })
  untilAt!: string;

  @Field(() => Int, { description: 'How many lines it has.' })
  lines!: number;

  @Field(() => Float, { description: 'How long it is, in bytes, when it is got from its url.' })
  bytes!: number;

  @Field(() => String, { description: 'SHA-256 of what is got from its url, in hexadecimal.' })
  sha256!: string;
}

export const LogFileConnection = connectionOf(LogFile, 'LogFile');

@InputType({ description: 'Which files of the log; what is left out does not matter.' })
export class LogFileFilter {
  @Field(() => String, { nullable: true, description: 'Only of this program: api, sweeper or start.' })
  program?: string | null;

  @Field(() => String, { nullable: true, description: 'Only from the machine of this name.' })
  machine?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Only with lines from this instant on.' })
  fromAt?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only with lines before this instant.' })
  untilAt?: Date | null;
}
