import type { ReportFacts, StepFacts, TicketFacts } from '../../../src/modules/report/report.facts.js';

/** Facts to draft from in tests, with what a test is about laid over them. */

export const ADA = 'agent_01jq0000000000000000000001';
export const BOB = 'agent_01jq0000000000000000000002';
export const HARDWARE = 'team_01jq0000000000000000000003';

export const at = (time: string) => new Date(`2026-03-14T${time}:00.000Z`);

export function ticketFacts(over: Partial<TicketFacts> = {}): TicketFacts {
  return {
    number: 1042,
    subject: 'Printer jams',
    description: 'It jams.\nEvery time.',
    customer: 'Cleo <cleo@example.com>',
    organization: null,
    channel: 'WEB_FORM',
    categoryId: null,
    productId: null,
    priority: 'HIGH',
    priorityReason: null,
    status: 'OPEN',
    teamId: HARDWARE,
    assigneeId: ADA,
    escalationLevel: 0,
    reopenCount: 0,
    createdAt: at('09:26'),
    firstResponseAt: null,
    promisedResolutionAt: null,
    resolvedAt: null,
    closedAt: null,
    resolution: null,
    closingNotes: null,
    ...over,
  };
}

export function stepFacts(over: Partial<StepFacts> = {}): StepFacts {
  return {
    key: 'troubleshoot',
    position: 1,
    title: 'Troubleshoot the problem',
    phase: 'COMPLETED',
    attempt: 1,
    skipReason: null,
    answers: [],
    completedById: ADA,
    completedAt: at('10:00'),
    decisions: [],
    ...over,
  };
}

export function reportFacts(over: Partial<ReportFacts> = {}): ReportFacts {
  return {
    ticket: ticketFacts(),
    events: [],
    earlier: 0,
    runs: [],
    messages: { public: 0, internal: 0, thread: [] },
    surveys: [],
    names: new Map([
      [ADA, 'Ada'],
      [BOB, 'Bob'],
      [HARDWARE, 'Hardware'],
    ]),
    ...over,
  };
}
