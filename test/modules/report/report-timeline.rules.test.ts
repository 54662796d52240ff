import { timeline } from '../../../src/modules/report/report-timeline.rules.js';
import { ADA, at, BOB, reportFacts, stepFacts } from './facts.js';

const event = (type: string, data: Record<string, unknown> = {}, actorId: string | null = ADA) => ({
  type,
  at: at('09:30'),
  actorId,
  data,
});

const told = (...events: ReturnType<typeof event>[]) =>
  timeline(
    reportFacts({
      events,
      runs: [
        {
          process: 'P',
          phase: 'ACTIVE',
          startedAt: at('09:30'),
          endedAt: null,
          steps: [stepFacts(), stepFacts({ key: 'approve', title: 'Problem resolved' })],
        },
      ],
    }),
  );

describe('the time line', () => {
  test('names what happened, when and by whom', () => {
    expect(told(event('TICKET_CREATED'), event('SURVEY_SENT', {}, null))).toEqual([
      '2026-03-14 09:30 UTC  Ticket created (Ada)',
      '2026-03-14 09:30 UTC  Survey sent',
    ]);
  });

  test('tells changes by name, with the reason', () => {
    const changes = [
      { field: 'assigneeId', from: null, to: BOB },
      { field: 'escalationLevel', from: 0, to: 1 },
    ];
    expect(told(event('TICKET_CHANGED', { changes, reason: 'Beyond\nme' }))).toEqual([
      '2026-03-14 09:30 UTC  Ticket changed: assignee none → Bob; escalation level 0 → 1. Reason: Beyond me (Ada)',
    ]);
  });

  test('tells that steps were done, not that they became ready', () => {
    expect(
      told(
        event('STEP_CHANGED', { key: 'troubleshoot', from: 'WAITING', to: 'READY' }),
        event('STEP_COMPLETED', {
          key: 'troubleshoot',
          attempt: 1,
          answers: { Cause: 'Dust' },
          by: 'agent_1',
        }),
        event('STEP_CHANGED', { key: 'troubleshoot', from: 'READY', to: 'COMPLETED' }),
        event('ATTEMPT_OPENED', { key: 'troubleshoot', attempt: 2, returned: true }),
        event('DECISIONS_LAPSED', { key: 'approve', subjects: ['troubleshoot'] }),
        event('APPROVAL_DECIDED', { key: 'approve', subject: 'troubleshoot', verdict: 'APPROVED' }),
      ),
    ).toEqual([
      '2026-03-14 09:30 UTC  Step completed: Troubleshoot the problem (Ada)',
      '2026-03-14 09:30 UTC  Approved: Troubleshoot the problem (Problem resolved) (Ada)',
    ]);
  });

  test('does not tell that there was feedback', () => {
    expect(told(event('FEEDBACK_GIVEN', { feedbackId: 'feedback_1' }))).toEqual([]);
  });

  test('says how much was left out', () => {
    expect(timeline(reportFacts({ events: [event('TICKET_CREATED')], earlier: 12 }))[0]).toBe(
      '12 earlier entries are left out.',
    );
  });
});
