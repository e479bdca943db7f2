import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { ReservationRefused } from '../reservations/refusal.view.js';
import { ReservationSuccess } from '../reservations/reservation.results.js';
import { Reservation } from '../reservations/reservation.view.js';
import { DateTime } from '../schema/date-time.js';
import { InvalidInput, NotFound } from '../schema/failures.view.js';
import { Node } from '../schema/node.view.js';
import { resultUnion } from '../schema/result-union.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A file of a reservation, for whoever sees that.',
})
export class Attachment extends Node {
  @Field(() => String, {
    description: 'What it is called, cleaned of whatever a file system could stumble over.',
  })
  name!: string;

  @Field(() => String, { description: 'What it is, by its content: application/pdf.' })
  type!: string;

  @Field(() => Int, { description: 'How long it is, in bytes.' })
  size!: number;

  @Field(() => String, { description: 'SHA-256 of its content, in hexadecimal.' })
  sha256!: string;

  @Field(() => DateTime, { description: 'When it was announced.' })
  createdAt!: string;
}

@InputType({ description: 'A file that is about to be uploaded.' })
export class AttachmentAddInput {
  @Field(() => String, { description: 'What it is called: of a path its last part.' })
  name!: string;

  @Field(() => String, {
    description:
      'Its media type: PDF, PNG, JPEG, GIF, WebP, Office Open XML, OpenDocument or plain text of some kind.',
  })
  type!: string;

  @Field(() => Int, { description: 'How long it is, in bytes, exactly.' })
  size!: number;
}

@ObjectType({ simpleResolvers: true, description: 'The file is waited for.' })
export class AttachmentAddSuccess {
  @Field(() => Reservation, { description: 'The reservation; it shows the file once that is there.' })
  reservation!: Reservation;

  @Field(() => String, { description: 'What it will be called.' })
  name!: string;

  @Field(() => String, {
    description:
      'Where the file is PUT, with nothing but its bytes as body and no other right than this address. Shown once.',
  })
  uploadUrl!: string;

  @Field(() => DateTime, { description: 'Until when.' })
  expiresAt!: string;
}

export const AttachmentAddResult = resultUnion(
  'AttachmentAdd',
  AttachmentAddSuccess,
  ReservationRefused,
  NotFound,
  InvalidInput,
);
export const AttachmentRemoveResult = resultUnion(
  'AttachmentRemove',
  ReservationSuccess,
  ReservationRefused,
  NotFound,
);
