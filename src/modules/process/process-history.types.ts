import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { JSONScalar } from '../../platform/graphql/scalars.js';

/** How drafts and differences between versions are shown. */

export enum ProcessChangeKind {
  ADDED = 'ADDED',
  REMOVED = 'REMOVED',
  MOVED = 'MOVED',
  CHANGED = 'CHANGED',
}
registerEnumType(ProcessChangeKind, {
  name: 'ProcessChangeKind',
  description: 'How a step differs between two versions.',
  valuesConfig: {
    ADDED: { description: 'Only the later one has it.' },
    REMOVED: { description: 'Only the earlier one has it.' },
    MOVED: { description: 'It stands in another place among the others.' },
    CHANGED: { description: 'Properties of it have other values.' },
  },
});

@ObjectType({ description: 'A property that has another value.' })
export class PropertyChange {
  @Field(() => [String], {
    description: 'From the step to the property: ["fields", "Summary", "label"]. Fields are named by key.',
  })
  path: string[];
  @Field(() => JSONScalar, { nullable: true, description: 'The value before; null where it was absent.' })
  before: unknown;
  @Field(() => JSONScalar, { nullable: true, description: 'The value after; null where it is absent.' })
  after: unknown;
}

@ObjectType({ description: 'One thing that differs between two versions of a process.' })
export class ProcessChange {
  @Field(() => ProcessChangeKind, { description: 'How.' })
  kind: ProcessChangeKind;
  @Field(() => String, { nullable: true, description: 'Key of the step; null for the process itself.' })
  step: string | null;
  @Field(() => String, { description: 'Title of the step, or name of the process.' })
  title: string;
  @Field(() => Int, { nullable: true, description: 'Its position before, from 1; null where it was absent.' })
  from: number | null;
  @Field(() => Int, { nullable: true, description: 'Its position after, from 1; null where it is absent.' })
  to: number | null;
  @Field(() => [PropertyChange], { description: 'What has another value; empty unless CHANGED.' })
  properties: PropertyChange[];
}
