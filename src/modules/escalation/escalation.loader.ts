import { registerNode } from '../../platform/graphql/node.js';
import { hangingOn } from '../ticket/ticket.loader.js';
import { CoordinationRequest } from './coordination.entity.js';
import { Escalation } from './escalation.entity.js';

const escalations = hangingOn(Escalation, 'escalation', 'STAFF');
const requests = hangingOn(CoordinationRequest, 'coordination_request', 'STAFF');
registerNode('escalation', 'Escalation', escalations.byId);
registerNode('coordination', 'CoordinationRequest', requests.byId);

export const escalationById = escalations.byId;
export const escalationsOfTicket = escalations.ofTicket;
export const coordinationById = requests.byId;
export const coordinationOfTicket = requests.ofTicket;
