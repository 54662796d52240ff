import { Role } from '../../../src/platform/auth/viewer.js';
import type { TestDesk } from '../../support/desk.js';
import { at } from '../../support/office.js';
import { mutate, type Payload } from '../stage/actor.js';
import type { Stage } from '../stage/stage.js';

/** What changes who may see what, while they are told of it: by whom it is done, and how. */
const ACTS = {
  HIDES_A_TICKET: ({ tickets, people }) => [
    Role.MANAGER,
    'assignTicket',
    { ticketId: tickets.TEAM, teamId: people.Vault },
  ],
  SHOWS_A_TICKET: ({ tickets, people }) => [
    Role.MANAGER,
    'assignTicket',
    { ticketId: tickets.OTHER, teamId: people['First line'] },
  ],
  OPENS_THE_VAULT: ({ people }) => [Role.ADMIN, 'updateTeam', { teamId: people.Vault, restricted: false }],
  SHUTS_A_TEAM: ({ people }) => [
    Role.ADMIN,
    'updateTeam',
    { teamId: people['First line'], restricted: true },
  ],
  ENDS_SHARING: ({ people }) => [
    Role.ADMIN,
    'updateOrganization',
    { organizationId: people['Example Airlines'], sharesTickets: false },
  ],
  DEMOTES: ({ people }) => [
    Role.ADMIN,
    'updateAgent',
    { agentId: people[at('quality')], roles: [Role.AGENT] },
  ],
  DISMISSES: ({ people }) => [Role.ADMIN, 'deactivateAgent', { agentId: people[at('quality')] }],
} as const satisfies Record<string, (stage: Stage) => readonly [Role, string, object]>;

export type Upheaval = keyof typeof ACTS;
export const UPHEAVALS = Object.keys(ACTS) as Upheaval[];

/** @returns how it was answered */
export async function overturn(desk: TestDesk, stage: Stage, upheaval: Upheaval) {
  const [by, name, input] = ACTS[upheaval](stage);
  const { payload, errors } = await mutate(stage.schema, await desk.as(by), name, input);
  const codes = [
    ...errors.map(({ extensions }) => extensions.code),
    ...(payload?.userErrors ?? []).map(codeOf),
  ];
  return { codes: codes.length > 0 ? codes : ['OK'], raw: JSON.stringify(errors) };
}

const codeOf = ({ code }: Payload): string => code;
