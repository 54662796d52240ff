import type { Condition, ProcessDefinition } from '../modules/process/process.definition.js';
import { letter } from './letter.js';

const RESOLVE_IMMEDIATELY = 'Resolve immediately';
const ANOTHER_TEAM = 'Escalate to another specialized team';

/** The review found that the issue is beyond the agent who reviewed it. */
const needsEscalation: Condition = [
  [{ form: 'Review_Outcome', operator: 'IS_NOT', value: RESOLVE_IMMEDIATELY }],
];

/** The flowchart of a ticket: reviewed once, then resolved at once or escalated, closed when resolved. */
export const ticketFlow: ProcessDefinition = {
  key: 'ticket-flow',
  name: 'Ticket flow',
  description:
    'A short flow for everyday tickets: submitted, categorized, assigned to a department and reviewed, ' +
    'then either resolved at once or escalated, and closed when it is resolved.',
  steps: [
    {
      kind: 'TASK',
      key: 'customer-submits-ticket',
      title: 'The customer submits a support ticket',
      customerVisible: true,
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Start the flow with a ticket that says what the customer wants.',
        desiredResult: 'Origin and description are on the ticket, and the customer has its number.',
        howTo: [
          'Note how the ticket came in: online form, email or call.',
          'Enter calls while the customer is still on the line.',
          'Ask for what a form would have asked: product, time, expectation.',
        ],
        pitfalls: [
          {
            pitfall: 'An email is forwarded without the original sender.',
            remedy: 'Set the customer on the ticket before completing the step.',
          },
        ],
        resources: ['Online form', 'Support mailbox', 'Call notes'],
      },
      fields: [
        {
          key: 'Submitted_Through',
          label: 'Submitted through',
          type: 'DROPDOWN',
          required: true,
          options: ['Online form', 'Email', 'Call'],
        },
        { key: 'Issue_Description', label: 'Issue', type: 'LONG_TEXT', required: true },
      ],
      effects: [
        {
          kind: 'SET_CHANNEL',
          field: 'Submitted_Through',
          map: { 'Online form': 'WEB_FORM', Email: 'EMAIL', Call: 'PHONE' },
        },
        {
          kind: 'SEND_MESSAGE',
          subject: 'We received your ticket {{ticket.number}}',
          body: letter(
            'Your ticket {{ticket.number}} is with us. This is what we noted:',
            '{{form.Issue_Description}}',
            'The department in charge will take it from here.',
          ),
        },
      ],
    },
    {
      kind: 'TASK',
      key: 'issue-is-categorized',
      title: 'The issue is categorized (e.g., billing, technical, general inquiry)',
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Name the kind of issue, since it decides who will get it.',
        desiredResult: 'One category that the receiving department would have chosen too.',
        howTo: [
          'Take Billing for anything about an invoice, a payment or a refund.',
          'Take Technical when something does not behave as it should.',
          'Take General inquiry for questions that need an answer but no repair.',
        ],
        pitfalls: [
          {
            pitfall: 'A faulty payment page looks like billing.',
            remedy: 'Ask what has to be changed; a fault in the page is Technical.',
          },
        ],
        resources: ['Category list with examples', 'Description on the ticket'],
      },
      fields: [
        {
          key: 'Category',
          label: 'Category',
          type: 'DROPDOWN',
          required: true,
          options: ['Billing', 'Technical', 'General inquiry'],
        },
      ],
      effects: [{ kind: 'SET_CATEGORY', field: 'Category' }],
    },
    {
      kind: 'TASK',
      key: 'ticket-is-assigned',
      title: 'The ticket is assigned to the appropriate department',
      customerVisible: true,
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Pass the ticket to the department behind its category.',
        desiredResult: 'A department and, where somebody is free, an agent are set.',
        howTo: [
          'Complete the step; department and agent follow from the category.',
          'Add what the department should know and the ticket does not say.',
        ],
        pitfalls: [
          {
            pitfall: 'Two departments have a share in the issue.',
            remedy: 'Assign the one that must act first and mention the other in the remarks.',
          },
        ],
        resources: ['Department directory', 'Routing reason on the ticket'],
      },
      fields: [{ key: 'Assignment_Remarks', label: 'Remarks for the department', type: 'LONG_TEXT' }],
      effects: [{ kind: 'ROUTE' }],
    },
    {
      kind: 'TASK',
      key: 'agent-reviews-issue',
      title: 'An agent reviews the issue',
      customerVisible: true,
      instructions: {
        purpose: 'Decide with open eyes whether you can settle this yourself.',
        desiredResult: 'Findings and a decision: resolve now, senior support, or another team.',
        howTo: [
          'Read the description and everything attached to it.',
          'Look through the customer’s earlier tickets for the same matter.',
          'Resolve immediately only what you can finish with your own knowledge and rights.',
        ],
        pitfalls: [
          {
            pitfall: 'You begin to repair before having read to the end.',
            remedy: 'Write the findings first; the decision usually follows from them.',
          },
          {
            pitfall: 'The history is skipped because it is long.',
            remedy: 'Read at least the last three tickets and their resolutions.',
          },
        ],
        resources: ['Customer history', 'Knowledge base', 'Limits of your own authority'],
      },
      fields: [
        { key: 'Review_Findings', label: 'Findings', type: 'LONG_TEXT', required: true },
        { key: 'History_Checked', label: 'Customer history checked', type: 'CHECKBOX' },
        {
          key: 'Review_Outcome',
          label: 'How to go on',
          type: 'DROPDOWN',
          required: true,
          options: [RESOLVE_IMMEDIATELY, 'Escalate to senior support', ANOTHER_TEAM],
        },
      ],
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'issue-is-resolved-immediately',
      title: 'If the issue can be resolved immediately, the agent resolves it and notifies the customer',
      customerVisible: true,
      when: [[{ form: 'Review_Outcome', operator: 'IS', value: RESOLVE_IMMEDIATELY }]],
      instructions: {
        purpose: 'Settle the issue on the spot and tell the customer how.',
        desiredResult: 'The issue is gone, and the customer has read what was done.',
        howTo: [
          'Carry out the fix, correct the record or give the guidance that was asked for.',
          'Check the result as the customer will see it.',
          'Describe it in words that need no explanation; the text is sent.',
        ],
        pitfalls: [
          {
            pitfall: 'It turns out to be bigger than it looked.',
            remedy: 'Stop, correct the outcome of the review and escalate.',
          },
        ],
        resources: ['Findings of the review', 'Knowledge base', 'Canned replies'],
      },
      fields: [
        {
          key: 'Immediate_Resolution',
          label: 'Resolution',
          type: 'LONG_TEXT',
          required: true,
          help: 'Stored on the ticket and sent to the customer as written.',
        },
      ],
      effects: [
        { kind: 'RESOLVE', field: 'Immediate_Resolution' },
        {
          kind: 'SEND_MESSAGE',
          subject: 'Your ticket {{ticket.number}} is resolved',
          body: letter(
            'We have resolved your ticket “{{ticket.subject}}”:',
            '{{form.Immediate_Resolution}}',
            'If anything is still not right, reply to this message and we will continue.',
          ),
        },
      ],
    },
    {
      kind: 'TASK',
      key: 'ticket-is-escalated',
      title: 'If further assistance is needed, the ticket is escalated to senior support',
      when: needsEscalation,
      instructions: {
        purpose: 'Get help from somebody with more experience or more authority.',
        desiredResult: 'The ticket is one level up, and its new owner knows what is asked of them.',
        howTo: [
          'Say what you need: an answer, a decision or somebody to take over.',
          'Enclose the findings and what you already told the customer.',
          'Name a person if you have spoken with one; otherwise the escalation target gets it.',
        ],
        pitfalls: [
          {
            pitfall: 'The reason only says “too difficult”.',
            remedy: 'Name the point at which you could not go on.',
          },
          {
            pitfall: 'The customer is left wondering who is in charge.',
            remedy: 'Write them a line with the name of the new contact.',
          },
        ],
        resources: ['Escalation target of the team', 'Findings of the review'],
      },
      fields: [
        { key: 'Escalation_Reason', label: 'Reason for escalating', type: 'LONG_TEXT', required: true },
        {
          key: 'Senior_Agent',
          label: 'Senior agent or specialist',
          type: 'MEMBERS',
          max: 1,
          help: 'Empty: the team’s escalation target.',
        },
      ],
      effects: [{ kind: 'ESCALATE', reasonField: 'Escalation_Reason', membersField: 'Senior_Agent' }],
    },
    {
      kind: 'TASK',
      key: 'ticket-is-handed-to-another-team',
      title: 'The escalated ticket is handed to another specialized team',
      when: [[{ form: 'Review_Outcome', operator: 'IS', value: ANOTHER_TEAM }]],
      instructions: {
        purpose: 'Move the escalated ticket to the team whose special field it is.',
        desiredResult: 'The specialized team has the ticket, with an agent or in its queue.',
        howTo: [
          'Choose the team by what has to be done, and ask its lead when in doubt.',
          'Leave the handover note to the team, not to a person who may be away.',
        ],
        pitfalls: [
          {
            pitfall: 'The other team feels that it is not theirs.',
            remedy: 'Have the two leads decide before the ticket moves a second time.',
          },
        ],
        resources: ['Team directory', 'Findings of the review'],
      },
      fields: [
        { key: 'Specialized_Team', label: 'Specialized team', type: 'TEAM', required: true },
        { key: 'Handover_Note', label: 'Handover note', type: 'LONG_TEXT' },
      ],
      effects: [{ kind: 'ROUTE', teamField: 'Specialized_Team' }],
    },
    {
      kind: 'TASK',
      key: 'specialists-resolve-issue',
      title: 'The senior or specialized team resolves the issue and notifies the customer',
      customerVisible: true,
      when: needsEscalation,
      instructions: {
        purpose: 'Finish at the higher level what the review could not, and let the customer know.',
        desiredResult: 'A solution that the first agent can learn from and the customer has received.',
        howTo: [
          'Start from the findings; ask the first agent before asking the customer again.',
          'Write the resolution for the customer and keep internals in a note.',
          'Tell the first agent what made the difference.',
        ],
        pitfalls: [
          {
            pitfall: 'The customer has to tell everything once more.',
            remedy: 'Read the thread first and ask only for what is not in it.',
          },
        ],
        resources: ['Reason for escalating', 'Findings of the review', 'Specialist documentation'],
      },
      fields: [
        {
          key: 'Escalated_Resolution',
          label: 'Resolution',
          type: 'LONG_TEXT',
          required: true,
          help: 'Stored on the ticket and sent to the customer as written.',
        },
      ],
      effects: [
        { kind: 'RESOLVE', field: 'Escalated_Resolution' },
        {
          kind: 'SEND_MESSAGE',
          subject: 'Your ticket {{ticket.number}} is resolved',
          body: letter(
            'Our specialists have resolved your ticket “{{ticket.subject}}”:',
            '{{form.Escalated_Resolution}}',
            'Thank you for your patience. If anything is still not right, reply to this message.',
          ),
        },
      ],
    },
    {
      kind: 'TASK',
      key: 'ticket-is-closed',
      title: 'Once the issue is resolved, the ticket is closed',
      customerVisible: true,
      instructions: {
        purpose: 'Close what is solved, and leave the door open for the customer.',
        desiredResult: 'A closed ticket and a customer who knows how to come back.',
        howTo: [
          'Give the customer a working day to object before you close.',
          'Check that the resolution on the ticket is the one that helped.',
        ],
        pitfalls: [
          {
            pitfall: 'The customer replies after closing.',
            remedy: 'Reopen the ticket; after the reopening period the desk makes a follow-up ticket.',
          },
        ],
        resources: ['Conversation on the ticket', 'Rules on reopening'],
      },
      fields: [{ key: 'Closing_Notes', label: 'Closing notes', type: 'LONG_TEXT' }],
      effects: [
        {
          kind: 'CLOSE_TICKET',
          notesField: 'Closing_Notes',
          subject: 'Your ticket {{ticket.number}} is closed',
          body: letter(
            'We have closed your ticket “{{ticket.subject}}”. We hope the solution serves you well.',
            'If you need us again in this matter, reply to this message.',
          ),
        },
      ],
    },
  ],
};
