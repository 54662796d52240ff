import type { ProcessDefinition } from '../modules/process/process.definition.js';
import { customerSupport } from './customer-support.js';
import { sixStage } from './six-stage.js';
import { supportEscalation } from './support-escalation.js';
import { technicalSupport } from './technical-support.js';
import { ticketFlow } from './ticket-flow.js';

/** The processes that every desk starts with, in the order they are listed. */
export const shippedProcesses: ProcessDefinition[] = [
  technicalSupport,
  customerSupport,
  supportEscalation,
  sixStage,
  ticketFlow,
];
