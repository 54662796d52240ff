import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { KeyScope } from '../../platform/auth/viewer.js';
import { Moment, Text, TextList } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';

registerEnumType(KeyScope, {
  name: 'KeyScope',
  description: 'What an API key is for. It never goes further than the rights of whose key it is.',
  valuesConfig: {
    READ: { description: 'Queries and subscriptions.' },
    WORK: { description: 'Mutations that are open to everybody who works here.' },
    ADMINISTER: { description: 'Mutations that are open to certain roles only.' },
  },
});

@Entity({ tableName: 'api_key' })
@ObjectType({
  implements: Node,
  description:
    'By which a program acts as somebody who works here. Its secret was told once, when it was made.',
})
export class ApiKey implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Index()
  @Text()
  agentId: string;

  @Text()
  @Field(() => String, { description: 'What it is for, in the words of who made it.' })
  name: string;

  @Text()
  @Field(() => String, { description: 'How the secret begins, to tell it from others.' })
  prefix: string;

  /** SHA-256 of the secret, in base64url. */
  @Text({ unique: true })
  hash: string;

  @TextList()
  @Field(() => [KeyScope], { description: 'What it may be used for.' })
  scopes: KeyScope[];

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Moment({ nullable: true })
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when it works; null where until it is revoked.',
  })
  expiresAt: Date | null = null;

  @Moment({ nullable: true })
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was revoked; null while it was not.' })
  revokedAt: Date | null = null;

  @Moment({ nullable: true })
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was last used, to within a minute; null while it never was.',
  })
  lastUsedAt: Date | null = null;
}
