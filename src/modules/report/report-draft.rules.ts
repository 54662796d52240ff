import type {
  MessageFacts,
  ReportFacts,
  RunFacts,
  StepFacts,
  SurveyFacts,
  TicketFacts,
} from './report.facts.js';
import { entry, heading, line, moment, value, words } from './report-text.rules.js';
import { timeline } from './report-timeline.rules.js';

type Names = ReadonlyMap<string, string>;

/**
 * The body of a report, drafted from a ticket's own data: plain text in sections, times in UTC. The same
 * facts yield the same text. Pure.
 */
export function draftBody(facts: ReportFacts): string {
  const { ticket, runs, messages, surveys, names } = facts;
  const sections = [
    [...heading('Ticket'), ...head(ticket, names)],
    [...heading('Time line'), ...timeline(facts)],
    ...runs.map((run) => [...heading(`Steps: ${line(run.process)}`), ...steps(run, names)]),
    [...heading('Approvals'), ...orNone(runs.flatMap((run) => approvals(run, names)))],
    [...heading('Messages'), ...thread(messages, names)],
    [...heading('Customer satisfaction'), ...orNone(surveys.flatMap(survey))],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** The title of a report of this kind, such as `Service report on SD-1042: Printer jams`. */
export function titleOf(kind: string, ticket: { number: number; subject: string }): string {
  return `${words(kind)} report on SD-${ticket.number}: ${ticket.subject}`;
}

const orNone = (lines: string[]) => (lines.length > 0 ? lines : ['None.']);

function head(ticket: TicketFacts, names: Names): string[] {
  const at = (when: Date | null) => when && moment(when);
  const named = (id: string | null) => id && value(id, names);
  return [
    ...entry('Number', `SD-${ticket.number}`),
    ...entry('Subject', line(ticket.subject, 255)),
    ...entry('Customer', line(ticket.customer, 500)),
    ...entry('Organization', ticket.organization),
    ...entry('Channel', words(ticket.channel)),
    ...entry('Category', named(ticket.categoryId)),
    ...entry('Product', named(ticket.productId)),
    ...entry(
      'Priority',
      `${words(ticket.priority)}${ticket.priorityReason ? `, set by hand: ${ticket.priorityReason}` : ''}`,
    ),
    ...entry('Status', words(ticket.status)),
    ...entry('Team', named(ticket.teamId)),
    ...entry('Assignee', named(ticket.assigneeId)),
    ...entry('Escalation level', ticket.escalationLevel > 0 ? String(ticket.escalationLevel) : null),
    ...entry('Received', at(ticket.createdAt)),
    ...entry('First response', at(ticket.firstResponseAt)),
    ...entry('Promised resolution', at(ticket.promisedResolutionAt)),
    ...entry('Resolved', at(ticket.resolvedAt)),
    ...entry('Closed', at(ticket.closedAt)),
    ...entry('Reopened', ticket.reopenCount > 0 ? `${ticket.reopenCount} ×` : null),
    ...entry('Request', ticket.description),
    ...entry('Resolution', ticket.resolution),
    ...entry('Closing notes', ticket.closingNotes),
  ];
}

function steps(run: RunFacts, names: Names): string[] {
  const end = run.endedAt ? ` to ${moment(run.endedAt)}` : '';
  return [
    `${words(run.phase)}, followed from ${moment(run.startedAt)}${end}.`,
    ...run.steps.flatMap((step) => [
      `${step.position}. ${line(step.title)}: ${state(step, names)}`,
      ...entry('Reason', step.skipReason, '    '),
      ...step.answers.flatMap((answer) => entry(line(answer.label), value(answer.value, names), '    ')),
    ]),
  ];
}

function state(step: StepFacts, names: Names): string {
  const done = step.phase === 'COMPLETED' || step.phase === 'SKIPPED';
  const by = done && step.completedById ? ` by ${line(value(step.completedById, names))}` : '';
  const when = done && step.completedAt ? `, ${moment(step.completedAt)}` : '';
  const attempt = step.attempt > 1 ? `, attempt ${step.attempt}` : '';
  return `${words(step.phase).toLowerCase()}${by}${when}${attempt}`;
}

function approvals(run: RunFacts, names: Names): string[] {
  const titles = new Map(run.steps.map((step) => [step.key, step.title]));
  return run.steps.flatMap((step) =>
    step.decisions.flatMap(({ subject, verdict, comment, byId, at }) => [
      `${moment(at)}  ${line(step.title)}, on ${line(titles.get(subject) ?? subject)}: ` +
        `${words(verdict).toLowerCase()} by ${line(value(byId, names))}`,
      ...entry('Comment', comment, '    '),
    ]),
  );
}

function thread(messages: MessageFacts, names: Names): string[] {
  const shown = messages.thread.length;
  const latest = shown < messages.public ? ` The latest ${shown} public ones:` : '';
  return [
    `${messages.public} public, ${messages.internal} internal.${latest}`,
    ...messages.thread.flatMap(({ at, authorId, direction, subject, body }) => {
      const about = subject ? `: ${line(subject)}` : '';
      return [
        `${moment(at)}  ${words(direction)}, ${line(value(authorId, names))}${about}`,
        ...(body.trim() === '' ? [] : [`    ${line(body, 280)}`]),
      ];
    }),
  ];
}

function survey({ status, overall, comment, answeredAt }: SurveyFacts): string[] {
  const when = answeredAt ? ` on ${moment(answeredAt)}` : '';
  return [
    overall === null ? `${words(status)}: no answer yet.` : `${words(status)}${when}: ${overall} of 5.`,
    ...entry('Comment', comment, '    '),
  ];
}
