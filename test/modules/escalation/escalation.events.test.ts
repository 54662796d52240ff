import {
  coordinationOpened,
  coordinationUpdated,
  escalated,
} from '../../../src/modules/escalation/escalation.events.js';

const request = {
  id: 'coordination_1',
  department: 'Sales',
  status: 'OPEN',
  brief: 'A quote',
  outcome: null,
};

test('customers hear of no escalation and no coordination', () => {
  const events = [
    escalated({ id: 'escalation_1', level: 1 }),
    coordinationOpened(request),
    coordinationUpdated(request),
  ];
  expect(events.map(({ type, visibility }) => `${type} ${visibility}`)).toEqual([
    'ESCALATED INTERNAL',
    'COORDINATION_OPENED INTERNAL',
    'COORDINATION_UPDATED INTERNAL',
  ]);
});

test('events tell which and how far, not what was written', () => {
  expect(escalated({ id: 'escalation_1', level: 2 }).data).toEqual({
    escalationId: 'escalation_1',
    level: 2,
  });
  expect(coordinationOpened(request).data).toEqual({
    coordinationRequestId: 'coordination_1',
    department: 'Sales',
    status: 'OPEN',
  });
});
