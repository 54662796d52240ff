import { Role } from '../platform/auth/viewer.js';

/** The demo's people: named for what they do. Their addresses are under a name reserved for examples (RFC 2606). */
export interface DemoAgent {
  email: string;
  name: string;
  roles: Role[];
  skills: string[];
  team: string | null;
}

const at = (name: string) => `${name}@demo.stepdesk.example`;

export const DEMO_TEAMS = [
  { name: 'First line', lead: at('lead'), skills: [], escalation: 'Senior support' },
  { name: 'Senior support', lead: at('senior'), skills: ['technical'], escalation: null },
  { name: 'Billing', lead: at('billing'), skills: ['billing'], escalation: 'Senior support' },
] as const;

/** The first one with a role is who `stepdesk token --role` stands for. */
export const DEMO_AGENTS: DemoAgent[] = [
  {
    email: at('agent'),
    name: 'Alex Agent',
    roles: [Role.AGENT],
    skills: ['technical', 'billing'],
    team: 'First line',
  },
  { email: at('second'), name: 'Sam Second', roles: [Role.AGENT], skills: ['technical'], team: 'First line' },
  {
    email: at('lead'),
    name: 'Lee Lead',
    roles: [Role.TEAM_LEAD],
    skills: ['technical', 'billing'],
    team: 'First line',
  },
  {
    email: at('senior'),
    name: 'Sasha Senior',
    roles: [Role.AGENT, Role.TEAM_LEAD],
    skills: ['technical'],
    team: 'Senior support',
  },
  {
    email: at('billing'),
    name: 'Bo Billing',
    roles: [Role.AGENT, Role.TEAM_LEAD],
    skills: ['billing'],
    team: 'Billing',
  },
  { email: at('quality'), name: 'Quinn Quality', roles: [Role.QA_MANAGER], skills: [], team: null },
  { email: at('manager'), name: 'Morgan Manager', roles: [Role.MANAGER], skills: [], team: null },
  { email: at('admin'), name: 'Ash Admin', roles: [Role.ADMIN], skills: [], team: null },
];

export const DEMO_CUSTOMERS = [
  { email: at('customer'), name: 'Casey Customer', organization: 'Example Airlines' },
  { email: at('other'), name: 'Ori Other', organization: null },
] as const;

/** Which category's tickets go to which team. */
export const DEMO_ROUTES: Record<string, string> = {
  Billing: 'Billing',
  'Billing inquiry': 'Billing',
  'Refund request': 'Billing',
  Technical: 'First line',
  'Technical issue': 'First line',
  'General inquiry': 'First line',
  Product: 'First line',
  'Product inquiry': 'First line',
  Account: 'First line',
  Service: 'First line',
  'Cancellation request': 'First line',
};

/** The address of the demo's person with a role, or undefined where it has none. */
export function demoPerson(role: Role): string | undefined {
  if (role === Role.CUSTOMER) return DEMO_CUSTOMERS[0].email;
  return DEMO_AGENTS.find(({ roles }) => roles.includes(role))?.email;
}
