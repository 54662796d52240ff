/** The life of a process: draft, published, retired. Pure. */
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { ProcessState } from './process.vocabulary.js';

/** What of a process says where it stands. */
export interface Standing {
  name: string;
  /** Id of the newest published version. */
  versionId: string | null;
  retiredAt: Date | null;
}

export type Move = 'RETIRE' | 'REINSTATE';

export function stateOfProcess({ versionId, retiredAt }: Standing): ProcessState {
  if (versionId === null) return ProcessState.DRAFT;
  return retiredAt === null ? ProcessState.PUBLISHED : ProcessState.RETIRED;
}

const FROM: Record<Move, ProcessState> = {
  RETIRE: ProcessState.PUBLISHED,
  REINSTATE: ProcessState.RETIRED,
};
const REFUSALS: Record<Move, string> = {
  RETIRE: 'Only a published process can be retired; this one is',
  REINSTATE: 'Only a retired process can be reinstated; this one is',
};

/** @throws DomainError INVALID_TRANSITION from any state but the one that the move begins in */
export function checkMove(process: Standing, move: Move): void {
  const state = stateOfProcess(process);
  if (state === FROM[move]) return;
  throw new DomainError(ErrorCode.INVALID_TRANSITION, `${REFUSALS[move]} ${state}.`, ['input', 'processId']);
}

/**
 * Id of the version that a new run follows.
 * @throws DomainError INVALID_TRANSITION unless the process is published
 */
export function versionToStart(process: Standing, path: string[]): string {
  const { name, versionId, retiredAt } = process;
  if (versionId === null)
    throw new DomainError(ErrorCode.INVALID_TRANSITION, `${name} has not been published yet.`, path);
  if (retiredAt !== null)
    throw new DomainError(
      ErrorCode.INVALID_TRANSITION,
      `${name} has been retired, so no new run of it is started.`,
      path,
    );
  return versionId;
}
