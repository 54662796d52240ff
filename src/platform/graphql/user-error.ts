import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { DomainError, ErrorCode, type Fault } from '../errors.js';
import { Size } from './size.js';

registerEnumType(ErrorCode, {
  name: 'ErrorCode',
  description: 'Why a request was refused, for programs. Codes are added, never renamed.',
  valuesConfig: {
    ALREADY_CLAIMED: { description: 'Somebody else claimed it first; the message names them.' },
    ALREADY_DECIDED: {
      description: 'The approval, step or survey was decided, completed or answered before.',
    },
    ALREADY_EXISTS: { description: 'There is one already, and there can be only one.' },
    ANSWERS_WOULD_BE_LOST: {
      description:
        'The change has no place for what was answered; the message names the field. Accept the loss by name.',
    },
    FORBIDDEN: { description: 'The viewer may see it but not do this to it.' },
    GATE_PENDING: {
      description: 'A gate (an approval or a gate step) that must be passed first is still open.',
    },
    IDEMPOTENCY_KEY_REUSED: { description: 'The idempotency key was used before, with another input.' },
    INVALID_INPUT: { description: 'A value is malformed or out of range; the path names it.' },
    INVALID_TRANSITION: { description: 'The life cycle has no such move from the present state.' },
    NOT_FOUND: { description: 'There is nothing with this id that the viewer may see.' },
    REQUIRED: { description: 'A value that is needed is missing; the path names it.' },
    SELF_APPROVAL: { description: 'The one who asked for it or did it cannot approve it.' },
    STALE: {
      description: 'It was changed since the version that was expected; the payload has it as it is now.',
    },
    STEP_NOT_READY: { description: 'The step is not READY: it waits, is hidden, or is done already.' },
    TOKEN_INVALID: { description: 'The link or token is unknown, used or expired.' },
    UNDO_BLOCKED: { description: 'What came after it keeps it from being taken back; the message names it.' },
    UNRESOLVED_VARIABLE: { description: 'A template names a variable that has no value; nothing was sent.' },
  },
});

@ObjectType({ description: 'Why a mutation was refused. When there is one, nothing was changed.' })
export class UserError implements Fault {
  @Field(() => ErrorCode, { description: 'For programs: decide by this.' })
  code: ErrorCode;

  @Field(() => String, { description: 'For people: what is wrong and what to do, in English.' })
  message: string;

  @Field(() => [String], {
    nullable: true,
    description:
      'Leads to the input that caused it, from the argument down: ["input", "answers", "0", "value"].',
  })
  path?: string[];
}

@ObjectType({ description: 'What every mutation payload has.' })
export abstract class Payload {
  @Field(() => [UserError], {
    description: 'Expected refusals. Empty when the mutation did its work; otherwise nothing was changed.',
  })
  @Size(1)
  userErrors: UserError[];
}

/**
 * The one place where an expected refusal becomes `userErrors`. Anything else is thrown on and masked.
 * @param work starts the use case; what it returns is the payload without `userErrors`
 * @param asItIs reads anew what was to be changed: the payload of a refusal as STALE shows it
 */
export async function payload<T extends object>(
  work: () => Promise<T>,
  asItIs: () => Promise<Partial<T>> = async () => ({}),
): Promise<T & Payload> {
  try {
    return { ...(await work()), userErrors: [] };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const current = error.code === ErrorCode.STALE ? await asItIs() : {};
    return { ...current, userErrors: error.faults } as T & Payload;
  }
}
