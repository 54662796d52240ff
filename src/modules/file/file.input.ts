import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { AtMost } from '../../platform/graphql/text-limits.js';
import { Payload } from '../../platform/graphql/user-error.js';
import { File } from './file.entity.js';
import { FileUpload } from './file.types.js';

@InputType({
  description: 'Announces a file of a ticket, whose bytes are brought by a request of their own.',
})
export class CreateUploadInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @AtMost(255)
  @Field(() => String, {
    description: 'What it is called: a name and no path, on one line, without control characters.',
  })
  fileName: string;
  @AtMost(200)
  @Field(() => String, { description: 'Its media type: image/png.' })
  contentType: string;
  @Field(() => Int, { description: 'How many bytes it has.' })
  size: number;
  @AtMost(200)
  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input yield the same file.',
  })
  idempotencyKey?: string;
}

@ObjectType({ description: 'The file, and how to bring its bytes.' })
export class CreateUploadPayload extends Payload {
  @Field(() => File, { nullable: true, description: 'The file; null when the mutation was refused.' })
  file?: File | null;
  @Field(() => FileUpload, {
    nullable: true,
    description: 'How to bring its bytes; null where they are there already, and when it was refused.',
  })
  upload?: FileUpload | null;
}
