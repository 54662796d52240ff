import { connectionOf } from '../../platform/graphql/connection.js';
import { Ticket } from './ticket.entity.js';

export const TicketConnection = connectionOf(Ticket, 'Ticket');
