import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { KeyScope } from '../../platform/auth/viewer.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';
import { AtMost } from '../../platform/graphql/text-limits.js';
import { Payload } from '../../platform/graphql/user-error.js';
import { ApiKey } from './api-key.entity.js';

@InputType({ description: 'A key for a program that acts as oneself.' })
export class CreateApiKeyInput {
  @AtMost(200)
  @Field(() => String, { description: 'What it is for; at most 200 characters.' })
  name: string;
  @Field(() => [KeyScope], { description: 'What it may be used for; at least one. None includes another.' })
  scopes: KeyScope[];
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when it works; without it, until it is revoked.',
  })
  expiresAt?: Date | null;
  @AtMost(200)
  @Field(() => String, {
    nullable: true,
    description: 'Makes retries safe: the same key and input make one API key. The secret is not told again.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Which key stops working.' })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: "The key: one's own; administrators anybody's." })
  apiKeyId: string;
}

@ObjectType({ description: 'The key as it is now.' })
export class ApiKeyPayload extends Payload {
  @Field(() => ApiKey, { nullable: true, description: 'The key; null when the mutation was refused.' })
  apiKey?: ApiKey | null;
}

@ObjectType({ description: 'The key that was made, and its secret.' })
export class CreateApiKeyPayload extends ApiKeyPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'What to send as `Authorization: Bearer sd_live_…`. Told this once, and kept by nobody but you; null on a retry.',
  })
  secret?: string | null;
}
