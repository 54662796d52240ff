/** For whom a READY step waits: the same words as `work.query.ts` says in SQL. Pure. */
import type { ApprovalStepDefinition } from '../process/process.definition.js';
import { type Approver, type Approvers, mayDecide } from './approval.policy.js';
import { stateOf } from './phase.rules.js';
import type { RunState } from './run.state.js';
import { pendingSubjects, votesOn } from './vote.rules.js';

/** Whose word an approval does not wait for, though their position is right. */
export interface Beyond {
  /** Those who may not decide on any pending subject: they asked for it or did it. */
  conflicted: string[];
  /** Those for whom every pending subject is decided, voted on or not theirs to decide. */
  settled: string[];
}

/** Everything that says for whom a READY step waits. Plain JSON: it travels in the log, before and after. */
export interface Waiting {
  kind: 'TASK' | 'APPROVAL';
  attempt: number;
  /** Votes given so far, so that a further one shows as a change. */
  votes: number;
  /** In effect: of a step that follows its ticket, the ticket's assignee. */
  assigneeId: string | null;
  teamId: string | null;
  role: string | null;
  approvers: Approvers;
  conflicted: readonly string[];
  settled: readonly string[];
  ticketTeamId: string | null;
}

/** Somebody whom steps may wait for, and those whom they act for. */
export interface Worker extends Approver {
  /** By id of everybody who acts for or is acted for by somebody here: with whom. */
  actsWith: Readonly<Record<string, readonly string[]>>;
  /** The owners whose approvals this person may decide in their name. */
  owners: readonly Approver[];
}

/** What the columns of an approval say of those whose word it does not wait for. */
export function beyond(approval: ApprovalStepDefinition, run: RunState): Beyond {
  const pending = pendingSubjects(approval, run.steps);
  const own = (subject: string) => [run.startedBy, stateOf(run.steps, subject).completedBy];
  const voted = (subject: string) => votesOn(run.steps, approval, subject).map(({ of }) => of);
  const everybody = new Set(pending.flatMap((subject) => [...own(subject), ...voted(subject)]));
  const of = (holds: (id: string, subject: string) => boolean) =>
    [...everybody].filter(
      (id): id is string => id !== null && pending.every((subject) => holds(id, subject)),
    );
  return {
    conflicted: of((id, subject) => own(subject).includes(id)),
    settled: of((id, subject) => own(subject).includes(id) || voted(subject).includes(id)),
  };
}

/**
 * Whether the step waits for this person: given to them, to a team of theirs or to a role that they hold
 * while nobody has it; an approval when they, or somebody in whose name they may, can still decide it.
 * Whether the person may see the ticket at all is not asked here.
 */
export function waitsFor(waiting: Waiting, worker: Worker): boolean {
  if (waiting.kind === 'TASK') {
    if (waiting.assigneeId !== null) return waiting.assigneeId === worker.id;
    if (waiting.teamId !== null) return worker.teamIds.includes(waiting.teamId);
    return waiting.role !== null && worker.roles.includes(waiting.role);
  }
  return voterAmong(waiting, worker) !== null;
}

/** In whose name the person can still decide an approval: their own first. Null where in nobody's. */
export function voterAmong(waiting: Waiting, worker: Worker): Approver | null {
  const found = [worker, ...worker.owners].find(
    (voter) =>
      mayDecide(waiting.approvers, voter, waiting.ticketTeamId) &&
      !waiting.settled.includes(voter.id) &&
      ![voter.id, ...(worker.actsWith[voter.id] ?? [])].some((id) => waiting.conflicted.includes(id)),
  );
  return found ?? null;
}
