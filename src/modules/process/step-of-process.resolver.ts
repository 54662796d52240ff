import { FieldResolver, Resolver, Root } from 'type-graphql';
import { JSONScalar } from '../../platform/graphql/scalars.js';
import { type DefinedStep, FormField, StepOfProcess } from './process.types.js';

@Resolver(() => StepOfProcess)
export class StepOfProcessResolver {
  @FieldResolver(() => [FormField], { description: 'What it collects; empty for an approval.' })
  fields(@Root() step: DefinedStep) {
    return step.kind === 'TASK' ? step.fields : [];
  }

  @FieldResolver(() => [String], {
    description: 'Keys of the steps that an approval decides on; empty for a task.',
  })
  subjects(@Root() step: DefinedStep) {
    return step.kind === 'APPROVAL' ? step.approval.subjects : [];
  }

  @FieldResolver(() => [String], {
    description: 'What completing it does to the desk: the kinds of its effects, in order.',
  })
  effects(@Root() step: DefinedStep) {
    return step.effects.map((effect) => effect.kind);
  }

  @FieldResolver(() => JSONScalar, {
    nullable: true,
    description:
      'When it is shown: a list of alternatives, each a list of comparisons that all hold. Always without it.',
  })
  condition(@Root() step: DefinedStep) {
    return step.when ?? null;
  }

  @FieldResolver(() => JSONScalar, {
    nullable: true,
    description:
      'When it is due: {after, days, hours, counting, remindBefore}, reminders in hours before. Never without it.',
  })
  due(@Root() step: DefinedStep) {
    return step.due ?? null;
  }

  @FieldResolver(() => JSONScalar, {
    nullable: true,
    description:
      'What happens to an approval that nobody decides: {afterHours, counting, action, to}. Nothing without it.',
  })
  timeout(@Root() step: DefinedStep) {
    return step.kind === 'APPROVAL' ? (step.approval.timeout ?? null) : null;
  }
}
