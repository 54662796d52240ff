import { registerNode } from '../../platform/graphql/node.js';
import { hangingOn } from '../ticket/ticket.loader.js';
import { Report } from './report.entity.js';

const reports = hangingOn(Report, 'report', 'STAFF');
registerNode('report', 'Report', reports.byId);

export const reportById = reports.byId;
/** The reports on a ticket, in the order they were first drafted. */
export const reportsOfTicket = reports.ofTicket;
