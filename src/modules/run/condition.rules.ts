/** Whether a condition of a definition is true now. Pure. */
import type { Comparison, Condition, ConditionOperator, TicketFact } from '../process/process.definition.js';
import type { Answers, AnswerValue } from './run.state.js';

/** What is known of the ticket. Null is the absence of a value: no team, no category. */
export type TicketFacts = Record<TicketFact, string | number | null>;

type Value = AnswerValue | null;
type Operand = Comparison['value'];

const ORDER: Partial<Record<TicketFact, readonly string[]>> = {
  priority: ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'],
  impact: ['LOW', 'MEDIUM', 'HIGH'],
  urgency: ['LOW', 'MEDIUM', 'HIGH'],
};
const ISO_DATE = /^\d{4}-\d{2}-\d{2}/;

function comparedValue(comparison: Comparison, form: Answers, ticket: TicketFacts): Value {
  const { form: field, ticket: fact } = comparison;
  if (field !== undefined) return Object.hasOwn(form, field) ? (form[field] ?? null) : null;
  return fact === undefined ? null : (ticket[fact] ?? null);
}

function isAbsent(value: Value): value is null {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function is(value: Value, operand: Operand): boolean {
  return Array.isArray(value) ? value.length === 1 && value[0] === operand : value === operand;
}

function contains(value: Value, operand: Operand): boolean {
  if (typeof operand !== 'string') return false;
  if (Array.isArray(value)) return (value as unknown[]).includes(operand);
  return typeof value === 'string' && value.toLowerCase().includes(operand.toLowerCase());
}

/** Below, equal to or above 0 as `value` is to `operand`; NaN when they have no order. */
function compare(value: Value, operand: Operand, order: readonly string[] | undefined): number {
  if (typeof value === 'number' && typeof operand === 'number') return value - operand;
  if (typeof value !== 'string' || typeof operand !== 'string') return Number.NaN;
  if (order) {
    const [left, right] = [order.indexOf(value), order.indexOf(operand)];
    return left < 0 || right < 0 ? Number.NaN : left - right;
  }
  if (!ISO_DATE.test(value) || !ISO_DATE.test(operand)) return Number.NaN;
  if (value === operand) return 0;
  return value < operand ? -1 : 1;
}

type Operator = (value: Value, operand: Operand, order: readonly string[] | undefined) => boolean;

/** For a value that is there. */
const OPERATORS: Record<ConditionOperator, Operator> = {
  IS: is,
  IS_NOT: (value, operand) => !is(value, operand),
  CONTAINS: contains,
  HAS_VALUE: () => true,
  HAS_NO_VALUE: () => false,
  GREATER_THAN: (value, operand, order) => compare(value, operand, order) > 0,
  LESS_THAN: (value, operand, order) => compare(value, operand, order) < 0,
};

function comparisonHolds(comparison: Comparison, form: Answers, ticket: TicketFacts): boolean {
  const { operator } = comparison;
  const value = comparedValue(comparison, form, ticket);
  if (isAbsent(value)) return operator === 'HAS_NO_VALUE' || operator === 'IS_NOT';
  const order = comparison.ticket === undefined ? undefined : ORDER[comparison.ticket];
  return OPERATORS[operator](value, comparison.value, order);
}

/**
 * Whether the condition is true: an OR of ANDs, so `[]` is false and no condition is true.
 *
 * Of a value that is absent, HAS_NO_VALUE and IS_NOT are true and everything else is false. IS on a list
 * means exactly that one entry. CONTAINS finds an entry of a list or, whatever the case of its letters, a
 * part of a text. GREATER_THAN and LESS_THAN compare numbers, ISO dates, and priority, impact and urgency
 * by their rank; between anything else they are false.
 */
export function holds(condition: Condition | undefined, form: Answers, ticket: TicketFacts): boolean {
  if (condition === undefined) return true;
  return condition.some((all) => all.every((comparison) => comparisonHolds(comparison, form, ticket)));
}
