import { registerNode } from '../../platform/graphql/node.js';
import { hangingOn } from '../ticket/ticket.loader.js';
import { Assignment } from './assignment.entity.js';

const assignments = hangingOn(Assignment, 'assignment', 'STAFF', { column: 'created_at', direction: 'desc' });
registerNode('assignment', 'Assignment', assignments.byId);

/** Whom a ticket went to, the latest first. */
export const assignmentsOfTicket = assignments.ofTicket;
