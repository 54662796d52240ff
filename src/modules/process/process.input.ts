import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { enumFilter } from '../../platform/graphql/filters.js';
import { JSONScalar } from '../../platform/graphql/scalars.js';
import { AtMost } from '../../platform/graphql/text-limits.js';
import { Payload } from '../../platform/graphql/user-error.js';
import './process.enums.js';
import { Process, ProcessVersion } from './process.entity.js';
import { ProcessState } from './process.vocabulary.js';

const DEFINITION = 'The whole definition, as /process.schema.json describes it.';

const ProcessStateFilter = enumFilter(ProcessState, 'ProcessState');

@InputType({ description: 'Which processes.' })
export class ProcessFilter {
  @Field(() => ProcessStateFilter, { nullable: true, description: 'By where they stand.' })
  state?: InstanceType<typeof ProcessStateFilter>;
}

@InputType({ description: 'Makes a process with a draft.' })
export class CreateProcessInput {
  @AtMost(100, { byUseCase: true })
  @Field(() => String, { description: 'Stable name for programs, in kebab-case. It never changes.' })
  key: string;
  @AtMost(200, { byUseCase: true })
  @Field(() => String, { description: 'Name for people.' })
  name: string;
  @AtMost(5_000, { byUseCase: true })
  @Field(() => String, { description: 'What it is for.' })
  description: string;
  @Field(() => JSONScalar, {
    nullable: true,
    description: `${DEFINITION} The key, name and description of this input replace its own, so that a process can be copied. Without it the draft has no steps.`,
  })
  definition?: unknown;
  @AtMost(200)
  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input yield the same process.',
  })
  idempotencyKey?: string;
}

@InputType({ description: 'Replaces the draft of a process.' })
export class SaveProcessDraftInput {
  @Field(() => ID, { description: 'The process.' })
  processId: string;
  @Field(() => JSONScalar, {
    description: `${DEFINITION} It may have faults that only publishing refuses; see ProcessDraft.faults.`,
  })
  definition: unknown;
  @Field(() => Int, { description: 'The version of the draft that this replaces; another is STALE.' })
  expectedVersion: number;
}

@InputType({ description: 'Publishes the draft of a process.' })
export class PublishProcessInput {
  @Field(() => ID, { description: 'The process.' })
  processId: string;
  @Field(() => Int, { description: 'The version of the draft that is meant; another is STALE.' })
  expectedVersion: number;
}

@InputType({ description: 'Retires a process.' })
export class RetireProcessInput {
  @Field(() => ID, { description: 'The process.' })
  processId: string;
  @AtMost(1_000)
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'Takes a retired process back into use.' })
export class ReinstateProcessInput {
  @Field(() => ID, { description: 'The process.' })
  processId: string;
}

@ObjectType({ description: 'Something about a definition, and where in it.' })
export class DefinitionRemark {
  @Field(() => [String], {
    description: 'From the definition to what is meant: ["steps", "0", "when"]. Positions count from 0.',
  })
  path: string[];
  @Field(() => String, { description: 'For people: what is the matter and what to do, in English.' })
  message: string;
}

@ObjectType({ description: 'The process as it is now.' })
export class ProcessPayload extends Payload {
  @Field(() => Process, {
    nullable: true,
    description: 'The process as it is now; null when the mutation was refused, unless as STALE.',
  })
  process?: Process | null;
}

@ObjectType({ description: 'What was published.' })
export class PublishProcessPayload extends ProcessPayload {
  @Field(() => ProcessVersion, {
    nullable: true,
    description: 'The new version; null when the mutation was refused.',
  })
  version?: ProcessVersion | null;
  @Field(() => [DefinitionRemark], {
    nullable: true,
    description:
      'What does not keep it from being published, but from being followed: roles that nobody holds.',
  })
  warnings?: DefinitionRemark[];
}
