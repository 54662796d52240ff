import { expect, test } from '@jest/globals';
import { Role } from '../../src/platform/auth/viewer.js';
import { ReopenTicketDocument } from '../generated/graphql.js';
import { useDesk } from '../support/desk.js';
import { Walk } from '../support/walk.js';

const desk = useDesk();

/** Steps 1 to 4, up to the agent's verdict. */
async function review(walk: Walk, outcome: string) {
  await walk.complete('customer-submits-ticket', { Submitted_Through: 'Call' });
  await walk.complete('issue-is-categorized', { Category: 'Technical' });
  await walk.complete('ticket-is-assigned');
  await walk.complete('agent-reviews-issue', { Review_Outcome: outcome });
}

test('ticket-flow, resolved at once and reopened by the customer', async () => {
  const walk = await Walk.start(desk, 'ticket-flow');
  await review(walk, 'Resolve immediately');
  expect(await walk.story()).toMatchObject({
    channel: 'PHONE',
    category: { name: 'Technical' },
    team: { name: 'First line' },
  });
  await walk.complete('issue-is-resolved-immediately', { Immediate_Resolution: 'Restarted it' });
  expect(walk.ready).toEqual(['ticket-is-closed']);
  await walk.complete('ticket-is-closed');
  expect(walk.phase).toBe('COMPLETED');
  const story = await walk.story();
  expect(story).toMatchObject({ status: 'CLOSED', resolution: 'Restarted it' });
  // Acknowledged, notified of the resolution, and the closing confirmed.
  expect(
    story.messages.nodes.filter(
      ({ direction, visibility }) => direction === 'OUTBOUND' && visibility === 'PUBLIC',
    ),
  ).toHaveLength(3);
  await walk.watched();
  const customer = await desk.as(Role.CUSTOMER);
  const reopened = await customer.ask(ReopenTicketDocument, {
    input: { ticketId: walk.ticketId, reason: 'It stopped again' },
  });
  expect(reopened.reopenTicket).toMatchObject({ ticket: { status: 'OPEN', closedAt: null }, userErrors: [] });
});

test('ticket-flow, escalated to senior support', async () => {
  const walk = await Walk.start(desk, 'ticket-flow');
  await review(walk, 'Escalate to senior support');
  expect(walk.ready).toEqual(['ticket-is-escalated']);
  await walk.complete('ticket-is-escalated', { Escalation_Reason: 'Needs a specialist' });
  expect(await walk.story()).toMatchObject({ escalationLevel: 1, team: { name: 'Senior support' } });
  await walk.complete('specialists-resolve-issue', { Escalated_Resolution: 'Replaced it' });
  await walk.complete('ticket-is-closed');
  expect(await walk.story()).toMatchObject({
    status: 'CLOSED',
    resolution: 'Replaced it',
    escalations: [{ reason: 'Needs a specialist' }],
  });
  await walk.watched();
});

test('ticket-flow, handed to another specialized team', async () => {
  const walk = await Walk.start(desk, 'ticket-flow');
  await review(walk, 'Escalate to another specialized team');
  await walk.complete('ticket-is-escalated');
  await walk.complete('ticket-is-handed-to-another-team', { Specialized_Team: walk.team('Billing') });
  expect(await walk.story()).toMatchObject({ team: { name: 'Billing' }, assignee: { name: 'Bo Billing' } });
  await walk.complete('specialists-resolve-issue');
  await walk.complete('ticket-is-closed');
  expect((await walk.story()).status).toBe('CLOSED');
  await walk.watched();
});
