import type { ProcessDefinition } from '../modules/process/process.definition.js';
import { letter } from './letter.js';
import { categoryOptions, levelMap, levelOptions } from './options.js';

/** The life cycle of a helpdesk ticket in six stages, with an escalation where the fourth needs it. */
export const sixStage: ProcessDefinition = {
  key: 'six-stage',
  name: 'Six-stage helpdesk',
  description:
    'The life cycle of a helpdesk ticket: created, categorized and prioritized, routed by itself, resolved ' +
    'or escalated, closed with a survey, and reported on.',
  steps: [
    {
      kind: 'TASK',
      key: 'ticket-creation',
      title: 'Ticket creation',
      customerVisible: true,
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Turn a contact on any channel into a ticket with a number of its own.',
        desiredResult: 'The customer holds the ticket number, and the request stands in one paragraph.',
        howTo: [
          'Record the channel on which the customer first turned to you.',
          'Write the summary from their words, with product and time.',
          'Look up the customer’s profile and correct what has changed.',
        ],
        pitfalls: [
          {
            pitfall: 'The same request arrives on two channels.',
            remedy: 'Merge the tickets and answer on the channel the customer used last.',
          },
          {
            pitfall: 'A public post contains personal data.',
            remedy: 'Move the conversation to a private message before asking for more.',
          },
        ],
        resources: ['Customer profile (CRM)', 'Ticketing system', 'Channel guidelines'],
      },
      fields: [
        {
          key: 'Channel',
          label: 'Channel',
          type: 'DROPDOWN',
          required: true,
          options: ['Email', 'Phone', 'Chat', 'Social media'],
        },
        { key: 'Request_Summary', label: 'Request summary', type: 'LONG_TEXT', required: true },
      ],
      effects: [
        {
          kind: 'SET_CHANNEL',
          field: 'Channel',
          map: { Email: 'EMAIL', Phone: 'PHONE', Chat: 'CHAT', 'Social media': 'SOCIAL_MEDIA' },
        },
        {
          kind: 'SEND_MESSAGE',
          subject: 'Your ticket {{ticket.number}} has been created',
          body: letter(
            'Thank you for your request. We created ticket {{ticket.number}} for it:',
            '{{form.Request_Summary}}',
            'Please mention this number when you contact us about it.',
          ),
        },
      ],
    },
    {
      kind: 'TASK',
      key: 'ticket-categorization-and-prioritization',
      title: 'Ticket categorization and prioritization',
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Say what kind of request this is and how much depends on it.',
        desiredResult: 'A category that leads to the right team, and a priority that can be explained.',
        howTo: [
          'Choose the category by the issue; add product and service where they are known.',
          'Judge urgency by how long it can wait, impact by how many it touches.',
          'Record how important the customer is; the organization’s tier raises the priority by itself.',
        ],
        pitfalls: [
          {
            pitfall: 'General inquiry becomes the drawer for everything.',
            remedy: 'Ask one more question; most requests name a product or a bill.',
          },
          {
            pitfall: 'An important customer makes every trifle urgent.',
            remedy: 'Keep urgency and importance apart, each has its own field.',
          },
        ],
        resources: ['Category list with examples', 'Priority matrix', 'Customer profile (CRM)'],
      },
      fields: [
        {
          key: 'Issue_Type',
          label: 'Issue',
          type: 'DROPDOWN',
          required: true,
          options: categoryOptions,
          help: 'Becomes the ticket’s category and decides its team.',
        },
        { key: 'Product_Type', label: 'Product', type: 'SHORT_TEXT' },
        { key: 'Service_Type', label: 'Service', type: 'SHORT_TEXT' },
        {
          key: 'Urgency',
          label: 'Urgency',
          type: 'DROPDOWN',
          required: true,
          options: levelOptions,
        },
        {
          key: 'Customer_Importance',
          label: 'Customer importance',
          type: 'DROPDOWN',
          options: levelOptions,
        },
        {
          key: 'Potential_Impact',
          label: 'Potential impact',
          type: 'DROPDOWN',
          required: true,
          options: levelOptions,
        },
      ],
      effects: [
        { kind: 'SET_CATEGORY', field: 'Issue_Type' },
        { kind: 'SET_URGENCY', field: 'Urgency', map: levelMap },
        { kind: 'SET_IMPACT', field: 'Potential_Impact', map: levelMap },
      ],
    },
    {
      kind: 'TASK',
      key: 'ticket-assignment-and-routing',
      title: 'Ticket assignment and routing',
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Let the desk find the agent who fits by expertise, presence and workload.',
        desiredResult: 'An assignee of the category’s team, and a stored reason for the choice.',
        howTo: [
          'Complete the step; the category decides the team and its strategy the agent.',
          'Read the stored reason if the choice surprises you.',
          'Reassign by hand only for a reason that the desk cannot know.',
        ],
        pitfalls: [
          {
            pitfall: 'The ticket lands in the queue because nobody was free.',
            remedy: 'The team lead is told; point out anything that cannot wait.',
          },
          {
            pitfall: 'Skills in the directory are out of date.',
            remedy: 'Have the lead correct them, so that the next choice is better.',
          },
        ],
        resources: ['Routing reason on the ticket', 'Skills and workload view'],
      },
      fields: [
        {
          key: 'Routing_Remarks',
          label: 'Remarks for the assignee',
          type: 'LONG_TEXT',
        },
      ],
      effects: [{ kind: 'ROUTE' }],
    },
    {
      kind: 'TASK',
      key: 'issue-resolution',
      title: 'Issue resolution',
      customerVisible: true,
      instructions: {
        purpose: 'Solve the issue, or find out that it takes a higher level, and keep the customer informed.',
        desiredResult: 'A resolution or a clear handover, and a customer who knows when to expect the end.',
        howTo: [
          'Search the knowledge base and solved tickets before you experiment.',
          'Tell the customer where things stand at least once a day.',
          'State the hours until the solution is fully in effect, with a margin.',
          'Choose the higher level once you have no further idea or lack the right.',
        ],
        pitfalls: [
          {
            pitfall: 'The customer hears nothing while you work.',
            remedy: 'Send two lines between; no news is read as no work.',
          },
          {
            pitfall: 'Escalation feels like defeat and comes too late.',
            remedy: 'Fix a time at the beginning after which you will hand over.',
          },
        ],
        resources: ['Knowledge base', 'Solved tickets', 'Diagnostic tools', 'Team chat'],
      },
      fields: [
        {
          key: 'Resolution_Work',
          label: 'What was found and done',
          type: 'LONG_TEXT',
          required: true,
          help: 'Stored as the resolution when the outcome is Resolved.',
        },
        {
          key: 'Progress_Update',
          label: 'Progress in words for the customer',
          type: 'LONG_TEXT',
          required: true,
          help: 'Sent as written, between a greeting and your name.',
        },
        {
          key: 'Expected_Resolution_Hours',
          label: 'Expected hours until it is fully resolved',
          type: 'NUMBER',
          required: true,
          min: 1,
          max: 720,
          help: 'Counted from the moment this step is completed.',
        },
        {
          key: 'Resolution_Outcome',
          label: 'Outcome',
          type: 'DROPDOWN',
          required: true,
          options: ['Resolved', 'Needs a higher level of support'],
        },
      ],
      effects: [
        { kind: 'PROMISE_RESOLUTION', field: 'Expected_Resolution_Hours' },
        {
          kind: 'SEND_MESSAGE',
          subject: 'Progress on your ticket {{ticket.number}}',
          body: letter(
            'Here is where we stand with “{{ticket.subject}}”:',
            '{{form.Progress_Update}}',
            'We expect everything to be in order by {{ticket.promisedResolutionAt}} at the latest.',
          ),
        },
        {
          kind: 'SET_STATUS',
          field: 'Resolution_Outcome',
          map: { Resolved: 'RESOLVED', 'Needs a higher level of support': 'OPEN' },
          resolutionField: 'Resolution_Work',
        },
      ],
    },
    {
      kind: 'TASK',
      key: 'escalate-to-higher-level',
      title: 'Escalate to a higher level of support',
      optional: true,
      when: [[{ form: 'Resolution_Outcome', operator: 'IS', value: 'Needs a higher level of support' }]],
      instructions: {
        purpose: 'Hand the issue to the level that can finish it.',
        desiredResult: 'The higher level has taken the ticket and needs no second briefing.',
        howTo: [
          'Write what is missing for a solution and what has been ruled out.',
          'Leave the receiver empty unless a certain person is already waiting for it.',
          'Skip the step with a reason if the solution turns up meanwhile.',
        ],
        pitfalls: [
          {
            pitfall: 'The ticket is thrown over the wall.',
            remedy: 'Stay available until the receiver has repeated the issue in their own words.',
          },
        ],
        resources: ['Escalation target of the team', 'Work done so far'],
      },
      fields: [
        { key: 'Escalation_Reason', label: 'Reason for escalating', type: 'LONG_TEXT', required: true },
        {
          key: 'Escalation_Receiver',
          label: 'Who takes it over',
          type: 'MEMBERS',
          max: 1,
          help: 'Empty: the team’s escalation target.',
        },
      ],
      effects: [{ kind: 'ESCALATE', reasonField: 'Escalation_Reason', membersField: 'Escalation_Receiver' }],
    },
    {
      kind: 'TASK',
      key: 'ticket-closure',
      title: 'Ticket closure',
      customerVisible: true,
      instructions: {
        purpose: 'Close the ticket with its solution on record, and ask how the service was.',
        desiredResult: 'A closed ticket that helps with the next one like it, and a survey on its way.',
        howTo: [
          'Make sure that the customer agrees it is solved.',
          'Document cause and solution so that a search will find them.',
          'Propose a knowledge base article where the solution will be needed again.',
        ],
        pitfalls: [
          {
            pitfall: 'After an escalation nobody feels in charge of closing.',
            remedy: 'The current assignee closes; ask the higher level for the solution in writing.',
          },
          {
            pitfall: 'The documentation says only that it works again.',
            remedy: 'Add what was changed and how to tell that it was this fault.',
          },
        ],
        resources: ['Work done so far', 'Knowledge base', 'Conversation on the ticket'],
      },
      fields: [
        {
          key: 'Documented_Resolution',
          label: 'Documented resolution',
          type: 'LONG_TEXT',
          required: true,
          help: 'The resolution to keep for future reference.',
        },
        { key: 'Closing_Notes', label: 'Closing notes', type: 'LONG_TEXT' },
      ],
      effects: [
        { kind: 'RECORD_RESOLUTION', field: 'Documented_Resolution' },
        {
          kind: 'CLOSE_TICKET',
          notesField: 'Closing_Notes',
          subject: 'Your ticket {{ticket.number}} is closed',
          body: letter(
            'Your ticket “{{ticket.subject}}” is resolved, and we have closed it.',
            'A short survey reaches you separately; we would be glad to hear how we did.',
          ),
        },
        { kind: 'INVITE_SURVEY' },
      ],
    },
    {
      kind: 'TASK',
      key: 'reporting-and-analysis',
      title: 'Reporting and analysis',
      instructions: {
        purpose: 'See what this ticket says about the desk as a whole, and keep it on file.',
        desiredResult: 'An archived service report that relates the ticket to the desk’s four metrics.',
        howTo: [
          'Set its resolution time beside the median of its category.',
          'Check whether it counts for the first contact resolution rate, and if not, why.',
          'Look at the customer satisfaction (CSAT) score and the comment behind it.',
          'Consider agent productivity over the team and the month, never over one ticket.',
        ],
        pitfalls: [
          {
            pitfall: 'An average hides a few very long tickets.',
            remedy: 'Look at median and P90 together.',
          },
          {
            pitfall: 'The survey has not been answered yet.',
            remedy: 'Report without it; the answer stays visible on the ticket and in the analytics.',
          },
        ],
        resources: ['Analytics of the desk', 'Ticket time line', 'Survey answer'],
      },
      fields: [
        {
          key: 'Analysis_Summary',
          label: 'Summary for the service report',
          type: 'LONG_TEXT',
          required: true,
        },
        { key: 'Trends_Observed', label: 'Trends and ideas for improvement', type: 'LONG_TEXT' },
      ],
      effects: [
        { kind: 'DRAFT_REPORT', report: 'SERVICE', field: 'Analysis_Summary' },
        { kind: 'ARCHIVE_REPORT', report: 'SERVICE' },
      ],
    },
  ],
};
