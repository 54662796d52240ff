import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  AddNoteDocument,
  AnyNodeDocument,
  FeedbackSeenDocument,
  StepAnswersDocument,
  StoryDocument,
  TicketEventsDocument,
} from '../../generated/graphql.js';
import { useDesk } from '../../support/desk.js';
import type { Walk } from '../../support/walk.js';
import { LEAD, toFeedback } from './interaction.js';

const desk = useDesk();
// Many requests: a limit for what hangs, not for how fast it is.
jest.setTimeout(120_000);
const SECRET = 'You were curt on the phone';
const at = (name: string) => `${name}@demo.stepdesk.example`;
let walk: Walk;
let feedbackId: string;
let step: string;
/** From before the feedback was given. */
let after: string;

/** Sasha Senior, who leads another team, says something to Sam Second, whose ticket it is. */
beforeAll(async () => {
  walk = await toFeedback(desk);
  step = walk.step('provide-feedback').id;
  await desk.caughtUp();
  after = desk.app.desk.eventLog.cursors.encode(desk.app.desk.hub.position);
  await walk.complete('provide-feedback', { Feedback_to_Team_Member: SECRET }, at('senior'));
  const { id } = await desk.app.desk.database.sql
    .selectFrom('feedback')
    .select('id')
    .executeTakeFirstOrThrow();
  feedbackId = id;
});

const OTHERS = ['agent', 'senior', 'billing', 'quality', 'manager', 'admin'];
const seen = {
  totalCount: 1,
  nodes: [{ body: SECRET, agent: { name: 'Sam Second' }, author: { name: 'Sasha Senior' } }],
};
const nothing = { totalCount: 0, nodes: [] };

describe('feedback', () => {
  test('is seen by the agent it is for', async () => {
    const sam = await desk.as(at('second'));
    expect(await sam.ask(FeedbackSeenDocument, {})).toEqual({ myFeedback: seen, feedback: seen });
    expect((await sam.ask(AnyNodeDocument, { id: feedbackId })).node?.__typename).toBe('Feedback');
  });

  test("and by the lead of the agent's team, as feedback to that agent", async () => {
    const lead = await desk.as(LEAD);
    expect(await lead.ask(FeedbackSeenDocument, { agent: walk.agent('second') })).toEqual({
      myFeedback: nothing,
      feedback: seen,
    });
    expect((await lead.ask(FeedbackSeenDocument, { agent: walk.agent('agent') })).feedback).toEqual(nothing);
    expect((await lead.ask(AnyNodeDocument, { id: feedbackId })).node?.__typename).toBe('Feedback');
  });

  test.each(OTHERS)('but not by %s, nor is it counted; not even who said it', async (name) => {
    const client = await desk.as(at(name));
    for (const agent of [null, walk.agent('second')])
      expect(await client.ask(FeedbackSeenDocument, { agent })).toEqual({
        myFeedback: nothing,
        feedback: nothing,
      });
    expect((await client.ask(AnyNodeDocument, { id: feedbackId })).node).toBeNull();
  });

  test.each(['second', 'lead', ...OTHERS])(
    'its words are not in the answers of the step, nor elsewhere in the run, for %s',
    async (name) => {
      const client = await desk.as(at(name));
      const { nodes } = await client.ask(StepAnswersDocument, { ids: [step] });
      expect(nodes).toEqual([{ key: 'provide-feedback', answers: {}, attempts: [{ answers: {} }] }]);
      const story = await client.ask(StoryDocument, { id: walk.ticketId });
      expect(JSON.stringify(story)).toContain('Locked out');
      expect(JSON.stringify(story)).not.toContain(SECRET);
    },
  );

  test('that there is some is told to staff; what it says to nobody, and it opens nothing', async () => {
    const manager = await desk.as(Role.MANAGER);
    const events = await manager.subscribe(TicketEventsDocument, { ticket: walk.ticketId, after });
    await manager.ask(AddNoteDocument, { input: { ticketId: walk.ticketId, body: 'The last word' } });
    const told = await events.takeUntil(
      ({ ticketEvents: { detail } }) =>
        detail.__typename === 'MessageAdded' && detail.message?.body === 'The last word',
    );
    const details = told.map(({ ticketEvents: { detail } }) => detail);
    expect(details).toContainEqual({
      __typename: 'DeskActivity',
      what: 'FEEDBACK_GIVEN',
      subjectId: feedbackId,
    });
    expect(details).toContainEqual(expect.objectContaining({ key: 'provide-feedback', to: 'COMPLETED' }));
    expect(JSON.stringify(told)).not.toContain(SECRET);
    const customer = await desk.as(Role.CUSTOMER);
    const { errors } = await customer.send(FeedbackSeenDocument, {});
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    expect((await customer.ask(AnyNodeDocument, { id: feedbackId })).node).toBeNull();
  });
});
