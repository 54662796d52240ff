import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { JSONScalar } from '../../platform/graphql/scalars.js';
import { FIELD_TRAITS, FIELD_TYPES, type FieldType } from './field.vocabulary.js';
import type { FieldDefinition, Instructions, StepDefinition } from './process.definition.js';

/** How a definition is shown: the read side of `process.definition.ts`. */

export enum StepKind {
  TASK = 'TASK',
  APPROVAL = 'APPROVAL',
}
registerEnumType(StepKind, {
  name: 'StepKind',
  description: 'What a step is.',
  valuesConfig: {
    TASK: { description: 'Somebody does it and answers its fields.' },
    APPROVAL: { description: 'Somebody decides on earlier steps, its subjects.' },
  },
});

/** The field types as an enum of the schema. */
const FieldKind = Object.fromEntries(FIELD_TYPES.map((type) => [type, type])) as { [T in FieldType]: T };
registerEnumType(FieldKind, {
  name: 'FieldType',
  description: 'The kind of value that a form field collects, and how it is given as JSON.',
  valuesConfig: FIELD_TRAITS,
});

@ObjectType({ description: 'A typed value that a step collects.' })
export class FormField implements FieldDefinition {
  @Field(() => String, { description: 'Unique within the process; templates write it {{form.KEY}}.' })
  key: string;
  @Field(() => String, { description: 'What people see beside the input.' })
  label: string;
  @Field(() => FieldKind, { description: 'The kind of value.' })
  type: FieldType;
  @Field(() => Boolean, { nullable: true, description: 'Whether the step cannot be completed without it.' })
  required?: boolean;
  @Field(() => String, { nullable: true, description: 'A sentence of help.' })
  help?: string;
  @Field(() => [String], {
    nullable: true,
    description: 'The choices of a DROPDOWN or MULTI_CHOICE, in order.',
  })
  options?: string[];
  @Field(() => Float, {
    nullable: true,
    description: 'Least: of a number its value, of text its length, of a list its entries.',
  })
  min?: number;
  @Field(() => Float, { nullable: true, description: 'Most, likewise.' })
  max?: number;
  @Field(() => JSONScalar, {
    nullable: true,
    description: 'What the input begins with, given like an answer. The desk itself never answers with it.',
  })
  default?: FieldDefinition['default'];
  @Field(() => String, {
    nullable: true,
    description: "Of text: a regular expression in RE2's syntax that the whole answer must match.",
  })
  pattern?: string;
  @Field(() => Float, { nullable: true, description: 'Of FILE: most bytes of each file.' })
  maxSize?: number;
  @Field(() => [String], {
    nullable: true,
    description: 'Of FILE: the media types that are taken, such as image/png or image/*; any without it.',
  })
  types?: string[];
  @Field(() => Boolean, {
    nullable: true,
    description: 'Of MEMBERS: false allows one agent only; several without it.',
  })
  multiple?: boolean;
}

@ObjectType({ description: 'Something that goes wrong easily, and what helps.' })
export class Pitfall {
  @Field(() => String, { description: 'What goes wrong.' })
  pitfall: string;
  @Field(() => String, { description: 'What helps.' })
  remedy: string;
}

@ObjectType({ description: 'What a step tells the person who does it.' })
export class StepInstructions implements Instructions {
  @Field(() => String, { description: 'What it is for.' })
  purpose: string;
  @Field(() => String, { description: 'What is there when it is done well.' })
  desiredResult: string;
  @Field(() => [String], { description: 'How to go about it.' })
  howTo: string[];
  @Field(() => [Pitfall], { description: 'What goes wrong easily, and what helps.' })
  pitfalls: Pitfall[];
  @Field(() => [String], { description: 'What is useful to have at hand.' })
  resources: string[];
}

/** A step as defined, with its place. */
export type DefinedStep = StepDefinition & { position: number };

@ObjectType({ description: 'A step as the process defines it.' })
export class StepOfProcess {
  @Field(() => String, { description: 'Stable name for programs, unique within the process.' })
  key: string;
  @Field(() => Int, { description: '1 for the first step.' })
  position: number;
  @Field(() => String, { description: 'Name for people.' })
  title: string;
  @Field(() => StepKind, { description: 'Task or approval.' })
  kind: StepKind;
  @Field(() => Boolean, { nullable: true, description: 'Whether it may be skipped with a reason.' })
  optional?: boolean;
  @Field(() => StepInstructions, { description: 'What it tells the person who does it.' })
  instructions: StepInstructions;
}
