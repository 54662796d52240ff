import { Entity, Index, PrimaryKey, Unique } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Json, Moment, Text, Whole } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';
import type { ProcessDefinition } from './process.definition.js';

@Entity({ tableName: 'process' })
@ObjectType({ implements: Node, description: 'A named, versioned definition of ordered steps.' })
export class Process implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text({ unique: true })
  @Field(() => String, { description: 'Stable name for programs: technical-support.' })
  key: string;

  @Text()
  @Field(() => String, { description: 'Name for people.' })
  name: string;

  @Text()
  @Field(() => String, { description: 'What it is for.' })
  description: string;

  /** The newest published version: what a new run follows. Null while there is none. */
  @Text({ nullable: true })
  versionId: string | null = null;

  /** What is being worked on; the newest version's definition where nothing is. May have faults. */
  @Json()
  draft: ProcessDefinition;

  /** Grows with every change of the draft: what a change of it must expect. */
  @Whole()
  draftVersion: number = 1;

  @Moment()
  draftUpdatedAt: Date;

  /** Null: the desk itself. */
  @Text({ nullable: true })
  draftUpdatedById: string | null = null;

  @Moment({ nullable: true })
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was retired; null while it is not.' })
  retiredAt: Date | null = null;

  @Text({ nullable: true })
  @Field(() => String, { nullable: true, description: 'Why it was retired.' })
  retiredReason: string | null = null;

  @Text({ nullable: true })
  retiredById: string | null = null;
}

@Entity({ tableName: 'process_version' })
@Unique({ properties: ['processId', 'number'] })
@Index({ properties: ['processId', 'hash'] })
@ObjectType({
  implements: Node,
  description: 'A published definition of a process. It never changes; runs keep the one they began with.',
})
export class ProcessVersion implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text()
  processId: string;

  @Whole()
  @Field(() => Int, { description: '1 for the first published version, then without a gap.' })
  number: number;

  /** SHA-256 of the definition's canonical JSON, in hexadecimal. */
  @Text()
  @Field(() => String, {
    description: "Fingerprint of its content: SHA-256 of the definition's canonical JSON, in hexadecimal.",
  })
  hash: string;

  @Json()
  definition: ProcessDefinition;

  @Moment()
  @Field(() => DateTimeScalar, { description: 'When it was published.' })
  publishedAt: Date;

  /** Null: it was shipped with the desk. */
  @Text({ nullable: true })
  publishedById: string | null = null;
}
