/** Definitions around one part that may be faulty. */
import type { FieldType } from '../../../src/modules/process/field.vocabulary.js';
import type {
  FieldDefinition,
  ProcessDefinition,
  StepDefinition,
} from '../../../src/modules/process/process.definition.js';
import { faultsOf } from '../../../src/modules/process/process.rules.js';
import { approval, processOf, task } from '../run/definitions.js';

export const field = (
  key: string,
  type: FieldType,
  rest: Partial<FieldDefinition> = {},
): FieldDefinition => ({
  key,
  label: key,
  type,
  ...rest,
});
export const options = ['High', 'Low'];

/** A process in which `step` stands third: one with fields before it, one after. */
export function around(...steps: StepDefinition[]): ProcessDefinition {
  const early = [
    field('Early', 'SHORT_TEXT'),
    field('Early_Level', 'DROPDOWN', { options }),
    field('Early_Number', 'NUMBER'),
    field('Early_Email', 'EMAIL'),
    field('Early_Members', 'MEMBERS'),
  ];
  return processOf(
    task('early', { fields: early }),
    approval('early-approval', ['early']),
    ...steps,
    task('late', { fields: [field('Late', 'SHORT_TEXT')] }),
  );
}

export function paths(definition: ProcessDefinition): string[] {
  return faultsOf(definition).map(({ path }) => path.join('.'));
}
