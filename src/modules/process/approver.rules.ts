/** Faults in who decides an approval, and how many it takes. Pure. */
import { type DefinitionFault, fieldNameFault, type Place } from './outline.rules.js';
import type { ApprovalDefinition, ApproverRule, Quorum } from './process.definition.js';

const ROLES: readonly string[] = ['TEAM_LEAD', 'QA_MANAGER', 'MANAGER'];
const ADDRESS = /^[^\s@]+@[^\s@]+$/;

/** What is wrong with a name, or null. Whether anybody bears it is known to the desk, not to the definition. */
export function nameFault(name: string): string | null {
  return name.trim() === '' ? 'The name is empty. Name a team.' : null;
}

export function addressFault(email: string): string | null {
  return ADDRESS.test(email) ? null : `"${email}" is no e-mail address. Name the agent by their address.`;
}

/** The rules of an approval, also where it has one alone. */
export function approverRules({ approvers }: ApprovalDefinition): ApproverRule[] {
  return Array.isArray(approvers) ? approvers : [approvers];
}

function ruleFaults(place: Place, rule: ApproverRule, at: string[]): DefinitionFault[] {
  if ('team' in rule) {
    const message = nameFault(rule.team);
    return message ? [{ path: [...at, 'team'], message }] : [];
  }
  if ('field' in rule) {
    const message = fieldNameFault(place, rule.field, 'EARLIER_STEP', ['MEMBERS']);
    return message ? [{ path: [...at, 'field'], message }] : [];
  }
  if ('role' in rule) {
    const message = `Nobody can decide as "${rule.role}". Name one of: ${ROLES.join(', ')}.`;
    return ROLES.includes(rule.role) ? [] : [{ path: [...at, 'role'], message }];
  }
  const none = { path: [...at, 'agents'], message: 'No agent is named. Name at least one address.' };
  if (rule.agents.length === 0) return [none];
  return rule.agents.flatMap((email, index) => {
    const message = addressFault(email);
    return message ? [{ path: [...at, 'agents', String(index)], message }] : [];
  });
}

function quorumFault(quorum: Quorum | undefined): string | null {
  if (quorum === undefined || typeof quorum === 'string') return null;
  if ('count' in quorum) {
    const sound = Number.isInteger(quorum.count) && quorum.count >= 1;
    return sound ? null : 'The count of a quorum is a whole number from 1.';
  }
  return quorum.percent > 0 && quorum.percent <= 100
    ? null
    : 'The percentage of a quorum is above 0, at most 100.';
}

/** Rules that name nobody or a field that holds none, no rule at all, and a quorum that can't be meant. */
export function approverFaults(
  place: Place,
  approval: ApprovalDefinition,
  path: string[],
): DefinitionFault[] {
  const several = Array.isArray(approval.approvers);
  const at = [...path, 'approvers'];
  const rules = approverRules(approval);
  const faults = rules.flatMap((rule, index) =>
    ruleFaults(place, rule, several ? [...at, String(index)] : at),
  );
  if (rules.length === 0) faults.push({ path: at, message: 'Nobody may decide. Name an approver.' });
  const quorum = quorumFault(approval.quorum);
  if (quorum) faults.push({ path: [...path, 'quorum'], message: quorum });
  return faults;
}
