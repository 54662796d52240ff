/** Faults in when steps are due and in what happens to approvals that nobody decides. Pure. */
import { approverRules } from './approver.rules.js';
import { type DefinitionFault, fieldNameFault, type Place, stepNameFault } from './outline.rules.js';
import type { ApprovalDefinition, DueDefinition } from './process.definition.js';

/** Ten years of days; a year of business hours in hours. Enough for any process, and quickly counted. */
const MOST_DAYS = 3650;
const MOST_HOURS = 2000;
const MOST_REMINDERS = 10;

const isWhole = (amount: number, least: number, most: number) =>
  Number.isInteger(amount) && amount >= least && amount <= most;

/** Amounts out of range, a start that never comes before the step, and reminders that repeat. */
export function dueFaults(place: Place, due: DueDefinition | undefined, path: string[]): DefinitionFault[] {
  if (due === undefined) return [];
  const { after, days = 0, hours = 0, remindBefore = [] } = due;
  const faults: DefinitionFault[] = [];
  const fault = (message: string | null, ...at: string[]) => {
    if (message) faults.push({ path: [...path, ...at], message });
  };
  if (after.from === 'STEP_COMPLETED') fault(stepNameFault(place, after.step), 'after', 'step');
  if (after.from === 'DATE_FIELD')
    fault(fieldNameFault(place, after.field, 'EARLIER_STEP', ['DATE']), 'after', 'field');
  if (!isWhole(days, 0, MOST_DAYS)) fault(`Give whole days from 0 to ${MOST_DAYS}.`, 'days');
  if (!isWhole(hours, 0, MOST_HOURS)) fault(`Give whole hours from 0 to ${MOST_HOURS}.`, 'hours');
  if (after.from !== 'DATE_FIELD' && days === 0 && hours === 0)
    fault('The step would be due at once. Say after how many days or hours.');
  if (remindBefore.length > MOST_REMINDERS) fault(`Remind at most ${MOST_REMINDERS} times.`, 'remindBefore');
  for (const [index, before] of remindBefore.entries()) {
    const at = ['remindBefore', String(index)];
    if (!isWhole(before, 1, MOST_HOURS)) fault(`Give whole hours from 1 to ${MOST_HOURS}.`, ...at);
    if (remindBefore.indexOf(before) < index) fault(`${before} hours are named twice. Keep one.`, ...at);
  }
  return faults;
}

/** A time that is out of range, and an escalation to nobody or to the role that has the approval anyway. */
export function timeoutFaults(approval: ApprovalDefinition, path: string[]): DefinitionFault[] {
  const { timeout } = approval;
  if (timeout === undefined) return [];
  const { afterHours, action, to } = timeout;
  const faults: DefinitionFault[] = [];
  if (!isWhole(afterHours, 1, MOST_HOURS))
    faults.push({ path: [...path, 'afterHours'], message: `Give whole hours from 1 to ${MOST_HOURS}.` });
  if (action === 'ESCALATE' && to === undefined)
    faults.push({ path: [...path, 'to'], message: 'Say which role decides instead.' });
  if (action === 'ESCALATE' && approverRules(approval).some((rule) => 'role' in rule && rule.role === to))
    faults.push({ path: [...path, 'to'], message: `${to} has it already. Name another role.` });
  if (action !== 'ESCALATE' && to !== undefined)
    faults.push({ path: [...path, 'to'], message: `${action} hands it to nobody. Leave "to" out.` });
  return faults;
}
