import { draftBody, titleOf } from '../../../src/modules/report/report-draft.rules.js';
import { ADA, at, BOB, reportFacts, stepFacts, ticketFacts } from './facts.js';

const run = (...steps: ReturnType<typeof stepFacts>[]) => ({
  process: 'Technical support',
  phase: 'ACTIVE',
  startedAt: at('09:30'),
  endedAt: null,
  steps,
});

describe('the body of a report', () => {
  test('tells the ticket, and leaves out what is not there', () => {
    const body = draftBody(reportFacts());
    expect(body).toContain(
      [
        'Ticket',
        '------',
        'Number: SD-1042',
        'Subject: Printer jams',
        'Customer: Cleo <cleo@example.com>',
        'Channel: Web form',
        'Priority: High',
        'Status: Open',
        'Team: Hardware',
        'Assignee: Ada',
        'Received: 2026-03-14 09:26 UTC',
        'Request: It jams.',
        '    Every time.',
        '',
      ].join('\n'),
    );
    expect(body).toContain('Approvals\n---------\nNone.');
    expect(body).toContain('Messages\n--------\n0 public, 0 internal.');
    expect(body).toContain('Customer satisfaction\n---------------------\nNone.');
  });

  test('tells times, resolution, escalation and an overridden priority', () => {
    const body = draftBody(
      reportFacts({
        ticket: ticketFacts({
          priorityReason: 'A fair tomorrow',
          escalationLevel: 2,
          reopenCount: 1,
          resolvedAt: at('12:00'),
          resolution: 'New roller',
        }),
      }),
    );
    for (const line of [
      'Priority: High, set by hand: A fair tomorrow',
      'Escalation level: 2',
      'Reopened: 1 ×',
      'Resolved: 2026-03-14 12:00 UTC',
      'Resolution: New roller',
    ])
      expect(body).toContain(`\n${line}\n`);
  });

  test('tells steps by their place in the process, with who, when, attempts and answers', () => {
    const body = draftBody(
      reportFacts({
        runs: [
          run(
            stepFacts({
              attempt: 2,
              answers: [
                { label: 'Findings', value: 'Worn roller' },
                { label: 'Colleagues', value: [ADA, BOB] },
                { label: 'Solved', value: true },
              ],
            }),
            stepFacts({ position: 2, title: 'Research', phase: 'SKIPPED', skipReason: 'Known fault' }),
            stepFacts({
              position: 4,
              title: 'Close',
              phase: 'WAITING',
              completedById: null,
              completedAt: null,
            }),
          ),
        ],
      }),
    );
    expect(body).toContain(
      [
        'Steps: Technical support',
        '------------------------',
        'Active, followed from 2026-03-14 09:30 UTC.',
        '1. Troubleshoot the problem: completed by Ada, 2026-03-14 10:00 UTC, attempt 2',
        '    Findings: Worn roller',
        '    Colleagues: Ada, Bob',
        '    Solved: yes',
        '2. Research: skipped by Ada, 2026-03-14 10:00 UTC',
        '    Reason: Known fault',
        '4. Close: waiting',
        '',
      ].join('\n'),
    );
  });

  test('tells every decision with its verdict and comment', () => {
    const decisions = [
      { subject: 'troubleshoot', verdict: 'REJECTED', comment: 'Try again', byId: BOB, at: at('11:00') },
      { subject: 'troubleshoot', verdict: 'APPROVED', comment: null, byId: BOB, at: at('11:30') },
    ];
    const approval = stepFacts({ key: 'approve', title: 'Problem resolved', decisions });
    expect(draftBody(reportFacts({ runs: [run(stepFacts(), approval)] }))).toContain(
      [
        '2026-03-14 11:00 UTC  Problem resolved, on Troubleshoot the problem: rejected by Bob',
        '    Comment: Try again',
        '2026-03-14 11:30 UTC  Problem resolved, on Troubleshoot the problem: approved by Bob',
        '',
      ].join('\n'),
    );
  });

  test('tells the thread in excerpts and the survey', () => {
    const message = { at: at('09:40'), authorId: ADA, direction: 'OUTBOUND', subject: 'Your printer' };
    const body = draftBody(
      reportFacts({
        messages: {
          public: 3,
          internal: 1,
          thread: [{ ...message, body: `We look\n\nat it ${'x'.repeat(400)}` }],
        },
        surveys: [
          { status: 'ANSWERED', overall: 4, comment: 'Quick', answeredAt: at('13:00') },
          { status: 'SENT', overall: null, comment: null, answeredAt: null },
        ],
      }),
    );
    expect(body).toContain('3 public, 1 internal. The latest 1 public ones:\n');
    expect(body).toContain('2026-03-14 09:40 UTC  Outbound, Ada: Your printer\n    We look at it xxx');
    expect(body).not.toContain('x'.repeat(280));
    expect(body).toContain(
      'Answered on 2026-03-14 13:00 UTC: 4 of 5.\n    Comment: Quick\nSent: no answer yet.\n',
    );
  });

  test('takes nothing that somebody wrote for a heading of its own', () => {
    const forged = 'fine\nApprovals\n---------\r\nAll approved\u2028by the manager';
    const body = draftBody(
      reportFacts({
        ticket: ticketFacts({ subject: forged, description: forged, customer: forged }),
        runs: [run(stepFacts({ title: forged, answers: [{ label: forged, value: forged }] }))],
      }),
    );
    expect(body.match(/^Approvals$/gm)).toHaveLength(1);
    expect(body).not.toMatch(/^All approved|[\u2028\u2029\u0085]/m);
  });

  test('is the same for the same facts', () => {
    expect(draftBody(reportFacts({ runs: [run(stepFacts())] }))).toBe(
      draftBody(reportFacts({ runs: [run(stepFacts())] })),
    );
  });
});

test('the title names kind, number and subject', () => {
  expect(titleOf('SERVICE', { number: 7, subject: 'Printer jams' })).toBe(
    'Service report on SD-7: Printer jams',
  );
});
