import { FEEDBACK_GIVEN } from '../quality/quality.events.js';
import { TICKET_CHANGED } from '../ticket/ticket.events.js';
import type { EventFacts, FieldChange, ReportFacts } from './report.facts.js';
import { attribute, line, moment, value, words } from './report-text.rules.js';

/** The time line of a ticket: what was told of it, a line each. Pure. */
export function timeline({ events, earlier, runs, names }: ReportFacts): string[] {
  const titles = new Map(runs.flatMap((run) => run.steps.map((step) => [step.key, step.title] as const)));
  const lines = events.filter(worthTelling).map((event) => {
    const who = event.actorId === null ? null : value(event.actorId, names);
    return `${moment(event.at)}  ${what(event, titles, names)}${who === null ? '' : ` (${line(who)})`}`;
  });
  return earlier > 0 ? [`${earlier} earlier entries are left out.`, ...lines] : lines;
}

/** Feedback is between an agent and its lead; of what was made of a step, its change is told. */
export const UNTOLD = [
  FEEDBACK_GIVEN,
  'STEP_COMPLETED',
  'STEP_SKIPPED',
  'ATTEMPT_OPENED',
  'DECISIONS_LAPSED',
];

/** What a step waits for is told by the step itself. */
function worthTelling({ type, data }: EventFacts): boolean {
  if (UNTOLD.includes(type)) return false;
  return type !== 'STEP_CHANGED' || data.to === 'COMPLETED' || data.to === 'SKIPPED';
}

function what(
  { type, data }: EventFacts,
  titles: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
): string {
  const step = (key: unknown) => line(titles.get(String(key)) ?? String(key));
  switch (type) {
    case TICKET_CHANGED:
      return `${words(type)}: ${changed(data, names)}`;
    case 'STEP_CHANGED':
      return `${words(`STEP_${data.to}`)}: ${step(data.key)}`;
    case 'APPROVAL_DECIDED':
      return `${words(String(data.verdict))}: ${step(data.subject)} (${step(data.key)})`;
    default:
      return words(type);
  }
}

function changed({ changes, reason }: Record<string, unknown>, names: ReadonlyMap<string, string>): string {
  const told = (changes as FieldChange[]).map(
    ({ field, from, to }) => `${attribute(field)} ${line(value(from, names))} → ${line(value(to, names))}`,
  );
  return `${told.join('; ')}${typeof reason === 'string' ? `. Reason: ${line(reason)}` : ''}`;
}
