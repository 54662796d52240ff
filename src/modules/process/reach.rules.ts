/** Whether every step can ever be shown. Pure. */
import type { DefinitionFault } from './outline.rules.js';
import type {
  Comparison,
  FieldDefinition,
  ProcessDefinition,
  StepDefinition,
  TicketFact,
} from './process.definition.js';

/** All of these at once. */
type Case = Comparison[];

/**
 * Past so many cases, or comparisons in one, a step counts as reachable: better no fault than one that is
 * not there, and no definition may keep the desk busy.
 */
const MOST_CASES = 500;
const MOST_COMPARISONS = 200;

const LEVELS = ['LOW', 'MEDIUM', 'HIGH'];
/** What a ticket's attributes can be, of those that the desk itself limits. */
const FACTS: Partial<Record<TicketFact, readonly string[]>> = {
  status: ['NEW', 'OPEN', 'PENDING', 'ON_HOLD', 'RESOLVED', 'CLOSED'],
  priority: [...LEVELS, 'CRITICAL'],
  impact: LEVELS,
  urgency: LEVELS,
  channel: ['EMAIL', 'PHONE', 'CHAT', 'WEB_FORM', 'SOCIAL_MEDIA'],
};
/** These hold also of what has no value. */
const NEGATIVE: readonly string[] = ['HAS_NO_VALUE', 'IS_NOT'];

interface Known {
  fields: Map<string, { field: FieldDefinition; step: StepDefinition }>;
  steps: Map<string, StepDefinition>;
}

function limits(values: Comparison[], rank: (value: Comparison['value']) => number): boolean {
  const of = (operator: Comparison['operator']) =>
    values.filter((one) => one.operator === operator).map(({ value }) => rank(value));
  const [over, under] = [Math.max(...of('GREATER_THAN')), Math.min(...of('LESS_THAN'))];
  return over < under && of('IS').every((value) => value > over && value < under);
}

/**
 * Whether one thing can meet all of these comparisons, which all read it. `finite` lists in their order
 * what it can be, where that is limited; `absent` says whether it may have no value.
 */
function canMeet(values: Comparison[], finite: readonly string[] | undefined, absent: boolean): boolean {
  if (absent && values.every(({ operator }) => NEGATIVE.includes(operator))) return true;
  const operands = (operator: Comparison['operator']) =>
    values.filter((one) => one.operator === operator).map(({ value }) => value);
  if (operands('HAS_NO_VALUE').length > 0) return false;
  const [is, isNot] = [operands('IS'), operands('IS_NOT')];
  if (new Set(is).size > 1 || isNot.some((value) => is.includes(value))) return false;
  if (!finite) {
    const numbers = values.every(({ value }) => value === undefined || typeof value === 'number');
    return !numbers || limits(values, Number);
  }
  const rank = (value: unknown) => finite.indexOf(String(value));
  return finite.some(
    (value) =>
      is.every((other) => other === value) &&
      !isNot.includes(value) &&
      operands('GREATER_THAN').every((other) => rank(value) > rank(other)) &&
      operands('LESS_THAN').every((other) => rank(value) < rank(other)),
  );
}

/** Whether all of these can hold at once. */
function canHold(known: Known, all: Case): boolean {
  const groups = Map.groupBy(all, ({ form, ticket }) => (form === undefined ? `ticket ${ticket}` : form));
  return [...groups.values()].every((values) => {
    const { form, ticket } = values[0] as Comparison;
    const field = form === undefined ? undefined : known.fields.get(form)?.field;
    const finite = field?.type === 'DROPDOWN' ? field.options : ticket && FACTS[ticket];
    return canMeet(values, finite, !(ticket && FACTS[ticket]));
  });
}

/** What must also hold: a value that is there was answered in a step that is shown. */
function sources(known: Known, all: Case): Set<StepDefinition> {
  const read = all.filter(({ form, operator }) => form !== undefined && !NEGATIVE.includes(operator));
  return new Set(
    read.flatMap(({ form }) => {
      const step = known.fields.get(form as string)?.step;
      return step?.when ? [step] : [];
    }),
  );
}

/** Each of the one with each of the other; null for too many. */
function product(left: Case[], right: Case[]): Case[] | null {
  if (left.length * right.length > MOST_CASES) return null;
  const both = left.flatMap((one) => right.map((other) => [...new Set([...one, ...other])]));
  return both.some((all) => all.length > MOST_COMPARISONS) ? null : both;
}

/** Every way in which a step can be shown, by what then holds; null for too many to look at. */
function waysOf(known: Known, step: StepDefinition, memo: Map<string, Case[] | null>): Case[] | null {
  const found = memo.get(step.key);
  if (found !== undefined) return found;
  let ways: Case[] | null = [];
  for (const all of step.when ?? [[]]) {
    let expanded: Case[] | null = [all];
    for (const source of sources(known, all)) {
      const inner = waysOf(known, source, memo);
      expanded = expanded && inner && product(expanded, inner);
    }
    ways = ways && expanded && ways.length + expanded.length <= MOST_CASES ? [...ways, ...expanded] : null;
  }
  if (step.kind === 'APPROVAL' && ways) {
    const subjects = step.approval.subjects.map((key) => {
      const subject = known.steps.get(key);
      return subject ? waysOf(known, subject, memo) : null;
    });
    ways = subjects.includes(null) ? null : product(ways, (subjects as Case[][]).flat());
  }
  const possible = ways?.filter((all) => canHold(known, all)) ?? null;
  memo.set(step.key, possible);
  return possible;
}

/**
 * Steps that can never be shown: whose condition contradicts itself, or that of the step that answers what
 * it reads, or, of an approval, those of all its subjects. For definitions without another fault.
 *
 * A step is judged by comparisons that no single state of the ticket and the form can meet together; what
 * takes more than that to rule out counts as reachable.
 */
export function unreachableFaults(definition: ProcessDefinition): DefinitionFault[] {
  const known: Known = {
    steps: new Map(definition.steps.map((step) => [step.key, step])),
    fields: new Map(
      definition.steps.flatMap((step) =>
        step.kind === 'TASK' ? step.fields.map((field) => [field.key, { field, step }] as const) : [],
      ),
    ),
  };
  const memo = new Map<string, Case[] | null>();
  return definition.steps.flatMap((step, index) => {
    const at = ['steps', String(index)];
    const never = (step.when ?? []).flatMap((all, or) =>
      canHold(known, all)
        ? []
        : [
            {
              path: [...at, 'when', String(or)],
              message: 'This alternative contradicts itself. Correct it.',
            },
          ],
    );
    if (waysOf(known, step, memo)?.length !== 0) return never;
    const message = `The step "${step.title}" can never be reached: what shows it cannot all hold at once.`;
    return [...never, { path: step.when ? [...at, 'when'] : at, message }];
  });
}
