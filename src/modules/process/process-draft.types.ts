import { Field, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar, JSONScalar } from '../../platform/graphql/scalars.js';
import type { ProcessDefinition } from './process.definition.js';
import { DefinitionRemark } from './process.input.js';

@ObjectType({ description: 'What is being worked on of a process, until it is published.' })
export class ProcessDraft {
  @Field(() => JSONScalar, {
    description: 'The whole definition, as /process.schema.json describes it.',
  })
  definition: ProcessDefinition;
  @Field(() => Int, { description: 'Grows with every change: the expectedVersion of the next.' })
  version: number;
  @Field(() => String, { description: 'Fingerprint of its content, as that of a version.' })
  hash: string;
  @Field(() => [DefinitionRemark], { description: 'Everything that keeps it from being published.' })
  faults: DefinitionRemark[];
  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt: Date;
  updatedById: string | null;
}
