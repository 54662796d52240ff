/** Faults in what a step asks, and in the conditions and assignments that read answers. Pure. */
import { addressFault, nameFault } from './approver.rules.js';
import { FIELD_TRAITS } from './field.vocabulary.js';
import { demandFaults } from './field-limits.rules.js';
import { type DefinitionFault, fieldNameFault, type Place, stepNameFault } from './outline.rules.js';
import {
  type Assignment,
  type Comparison,
  type Condition,
  type FieldDefinition,
  TICKET_FACTS,
} from './process.definition.js';

/** What templates can name, and safe as a key of plain data. */
const FIELD_KEY = /^[A-Za-z][A-Za-z0-9_]*$/;
const FACTS_WITH_ORDER: readonly string[] = ['priority', 'impact', 'urgency', 'escalationLevel'];

/** Keys that are malformed or used twice in the process, and demands that no answer could meet. */
export function fieldFaults(
  { known, step, patterns }: Place,
  fields: FieldDefinition[],
  path: string[],
): DefinitionFault[] {
  return fields.flatMap((field, index) => {
    const at = [...path, String(index)];
    const first = known.fields.get(field.key);
    const faults: DefinitionFault[] = [];
    if (!FIELD_KEY.test(field.key)) {
      const message = `The field key "${field.key}" is malformed. Use letters, digits and _, a letter first.`;
      faults.push({ path: [...at, 'key'], message });
    } else if (first?.field !== field || first.position !== step) {
      const message = `The field key "${field.key}" is used twice. Give every field of the process its own.`;
      faults.push({ path: [...at, 'key'], message });
    }
    return [...faults, ...demandFaults(field, at, patterns)];
  });
}

function valueFault({ known }: Place, { form, ticket, operator, value }: Comparison): string | null {
  if (operator === 'HAS_VALUE' || operator === 'HAS_NO_VALUE') {
    return value === undefined ? null : `${operator} compares with nothing. Leave the value out.`;
  }
  if (value === undefined) return `${operator} needs a value to compare with.`;
  const field = form === undefined ? undefined : known.fields.get(form)?.field;
  const traits = field && FIELD_TRAITS[field.type];
  // A list is compared with what may be an entry of it.
  const kind = traits?.json === 'list' ? 'string' : traits?.json;
  if (kind && typeof value !== kind) return `A ${field?.type} is compared with a ${kind}. Give one.`;
  if (operator === 'GREATER_THAN' || operator === 'LESS_THAN') {
    const ordered = traits ? traits.ordered : ticket && FACTS_WITH_ORDER.includes(ticket);
    return ordered
      ? null
      : `${operator} needs something that has an order, such as a number, a date or a rank.`;
  }
  if (field?.options && traits?.options && !field.options.includes(String(value))) {
    const partOfAnOption = operator === 'CONTAINS' && field.type === 'DROPDOWN';
    return partOfAnOption ? null : `"${value}" is not among the options of "${field.key}". Name one of them.`;
  }
  return null;
}

function comparisonFaults(place: Place, comparison: Comparison, at: string[]): DefinitionFault[] {
  const { form, ticket } = comparison;
  if ((form === undefined) === (ticket === undefined)) {
    return [{ path: at, message: 'Name either a form field or a ticket attribute to compare.' }];
  }
  const faults: DefinitionFault[] = [];
  const named = form === undefined ? null : fieldNameFault(place, form, 'EARLIER_STEP');
  if (named) faults.push({ path: [...at, 'form'], message: named });
  if (ticket !== undefined && !TICKET_FACTS.includes(ticket)) {
    const message = `A ticket has no attribute "${ticket}". Name one of: ${TICKET_FACTS.join(', ')}.`;
    faults.push({ path: [...at, 'ticket'], message });
  }
  // Of what isn't there nothing can be said about its values.
  const value = faults.length > 0 ? null : valueFault(place, comparison);
  if (value) faults.push({ path: [...at, 'value'], message: value });
  return faults;
}

/** Comparisons that name what isn't known yet, or that could never be true. */
export function conditionFaults(
  place: Place,
  condition: Condition | undefined,
  path: string[],
): DefinitionFault[] {
  if (condition === undefined) return [];
  if (condition.length === 0) {
    return [{ path, message: 'A condition without alternatives never holds. Add one, or leave it out.' }];
  }
  return condition.flatMap((all, or) =>
    all.flatMap((comparison, and) => comparisonFaults(place, comparison, [...path, String(or), String(and)])),
  );
}

/** Which property of the rule is wrong, and what with it; null where nothing is. */
function assignmentFault(place: Place, rule: Assignment): [property: string, message: string | null] {
  switch (rule.to) {
    case 'FIELD':
      return ['field', fieldNameFault(place, rule.field, 'EARLIER_STEP', ['MEMBERS'])];
    case 'TEAM_FIELD':
      return ['field', fieldNameFault(place, rule.field, 'EARLIER_STEP', ['TEAM'])];
    case 'COMPLETER':
      return ['step', stepNameFault(place, rule.step)];
    case 'TEAM':
      return ['team', nameFault(rule.team)];
    case 'AGENT':
      return ['email', addressFault(rule.email)];
    default:
      return ['to', null];
  }
}

/** Rules that take people from a field or step that is later or yields none, or that name nobody. */
export function assignmentFaults(
  place: Place,
  rules: Assignment[] | undefined,
  path: string[],
): DefinitionFault[] {
  return (rules ?? []).flatMap((rule, index) => {
    const [property, message] = assignmentFault(place, rule);
    return message ? [{ path: [...path, String(index), property], message }] : [];
  });
}
