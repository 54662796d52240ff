import type { NewEvent } from '../../platform/events/event.js';

/** What is told of escalations and coordination, in the stream of their ticket. Pure. */
export const ESCALATED = 'ESCALATED';
export const COORDINATION_OPENED = 'COORDINATION_OPENED';
export const COORDINATION_UPDATED = 'COORDINATION_UPDATED';

export function escalated(escalation: { id: string; level: number }): NewEvent {
  return {
    type: ESCALATED,
    visibility: 'INTERNAL',
    data: { escalationId: escalation.id, level: escalation.level },
  };
}

interface Asked {
  id: string;
  department: string;
  status: string;
}

export const coordinationOpened = (request: Asked) => told(COORDINATION_OPENED, request);
export const coordinationUpdated = (request: Asked) => told(COORDINATION_UPDATED, request);

function told(type: string, { id, department, status }: Asked): NewEvent {
  return { type, visibility: 'INTERNAL', data: { coordinationRequestId: id, department, status } };
}
