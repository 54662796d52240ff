import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Json, Moment, Text } from '../../platform/database/columns.js';
import { ErrorCode } from '../../platform/errors.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar, JSONScalar } from '../../platform/graphql/scalars.js';
import { AuditOutcome } from './audit.vocabulary.js';

registerEnumType(AuditOutcome, {
  name: 'AuditOutcome',
  description: 'How an attempt at something privileged ended.',
  valuesConfig: {
    DONE: { description: 'It was done; recorded in the same transaction.' },
    REFUSED: { description: 'It was refused for want of right, and nothing changed.' },
  },
});

@Entity({ tableName: 'audit' })
@Index({ properties: ['at', 'id'] })
@Index({ properties: ['actorId', 'at'] })
@Index({ properties: ['subjectId', 'at'] })
@ObjectType({
  implements: Node,
  description: 'That somebody did something privileged, or was refused it. Never changed, never deleted.',
})
export class AuditEntry implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When.' })
  at: Date;

  @Text({ nullable: true })
  actorId: string | null = null;

  @Text()
  @Field(() => String, { description: 'The mutation, or the command of the desk itself: importTickets.' })
  action: string;

  @Text({ nullable: true })
  @Field(() => ID, { nullable: true, description: 'Id of what it was done to, where the request named it.' })
  subjectId: string | null = null;

  @Text()
  @Field(() => AuditOutcome, { description: 'Whether it was done.' })
  outcome: AuditOutcome;

  @Text({ nullable: true })
  @Field(() => ErrorCode, { nullable: true, description: 'Why it was refused; null when it was done.' })
  code: ErrorCode | null = null;

  @Json()
  @Field(() => JSONScalar, {
    description:
      'More of it: ids, flags and words of vocabularies, before and after. No names, texts or secrets.',
  })
  details: Record<string, unknown> = {};
}
