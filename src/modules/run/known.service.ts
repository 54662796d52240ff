import { isDeepStrictEqual } from 'node:util';
import { sqlOf } from '../../platform/database/database.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { matchesWhole } from '../../platform/pattern.js';
import { filesOfTicket, useFiles } from '../file/file.service.js';
import { FileStatus } from '../file/file.vocabulary.js';
import type { Known } from './answer.rules.js';
import { fileIdsIn } from './file.rules.js';
import type { GivenAnswer } from './form.rules.js';
import type { Answers } from './run.state.js';
import type { Step } from './step.entity.js';

/** What answers to a step are held against: people, teams, and the ticket's files that they name. */
export async function knownFor(tx: Transaction, step: Step, given: readonly GivenAnswer[]): Promise<Known> {
  const ids = async (table: string) =>
    new Set((await sqlOf(tx.em).selectFrom(table).select('id').execute()).map((row) => row.id as string));
  const named = await filesOfTicket(tx, step.ticketId, fileIdsIn(given.map(({ value }) => value)));
  const files = [...named].map(([id, { name, size, contentType, status }]) => {
    return [id, { name, size, contentType, stored: status === FileStatus.STORED }] as const;
  });
  const before = [step.answers, step.draftAnswers ?? {}];
  return {
    agentIds: await ids('agent'),
    teamIds: await ids('team'),
    matches: matchesWhole,
    files: new Map(files),
    wasGiven: (field, file) =>
      before.some((answers) => [answers[field] ?? []].flat().some((entry) => isDeepStrictEqual(entry, file))),
  };
}

/** Has the files stay that these answers name, now that they are the record of a completed step. */
export function keepFiles(tx: Transaction, { ticketId }: Step, answers: Answers): Promise<void> {
  return useFiles(tx, ticketId, fileIdsIn(Object.values(answers)));
}
