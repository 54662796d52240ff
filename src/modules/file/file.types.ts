import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar, URLScalar } from '../../platform/graphql/scalars.js';
import { Size } from '../../platform/graphql/size.js';

@ObjectType({ description: 'A link to read the bytes of a file by GET, without a token.' })
export class FileDownload {
  @Field(() => URLScalar, { description: 'Whoever has it may read the file until it expires.' })
  url: string;
  @Field(() => DateTimeScalar, { description: 'Until when it works; ask for the file again to get another.' })
  expiresAt: Date;
}

@ObjectType({ description: 'A header of an HTTP request.' })
export class HttpHeader {
  @Field(() => String, { description: 'Its name.' })
  name: string;
  @Field(() => String, { description: 'Its value.' })
  value: string;
}

@ObjectType({ description: 'The request that brings the bytes of a file, without a token. It works once.' })
export class FileUpload {
  @Field(() => URLScalar, { description: 'Whoever has it may bring the bytes until it expires.' })
  url: string;
  @Field(() => String, { description: 'The method of the request: PUT.' })
  method: string;
  @Field(() => [HttpHeader], {
    description: 'The headers that it must have. Its body is the bytes, as many as were announced.',
  })
  @Size(1)
  headers: HttpHeader[];
  @Field(() => DateTimeScalar, {
    description: 'Until when it may begin; send createUpload with its idempotencyKey again to get another.',
  })
  expiresAt: Date;
}
