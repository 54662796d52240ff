import { registerEnumType } from 'type-graphql';
import { Role } from '../../platform/auth/viewer.js';
import { Availability, Tier } from './directory.vocabulary.js';

registerEnumType(Role, {
  name: 'Role',
  description: 'What a person may be on the desk.',
  valuesConfig: {
    CUSTOMER: { description: 'Asks. Sees its own tickets, public messages and surveys, and nothing else.' },
    AGENT: { description: 'Works on tickets: all except those of restricted teams it does not belong to.' },
    TEAM_LEAD: { description: 'As an agent; leads a team and decides the approvals that name its lead.' },
    QA_MANAGER: { description: 'Reads every ticket and decides on the quality of service.' },
    MANAGER: {
      description: 'Reads everything, works where needed and decides the approvals that name the role.',
    },
    ADMIN: { description: 'Configuration, people and processes. Not a way round approvals.' },
  },
});

registerEnumType(Tier, {
  name: 'Tier',
  description: 'How much an organization matters to the business.',
  valuesConfig: {
    STANDARD: { description: 'As any other.' },
    IMPORTANT: {
      description: 'Raises the priority of its tickets by one level where their urgency is HIGH.',
    },
    KEY: { description: 'Raises the priority of its tickets by one level.' },
  },
});

registerEnumType(Availability, {
  name: 'Availability',
  description: 'Whether an agent takes new work now.',
  valuesConfig: {
    AVAILABLE: { description: 'Present: routing may choose the agent.' },
    AWAY: { description: 'Absent: routing passes the agent by.' },
  },
});
