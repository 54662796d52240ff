import type { ProcessDefinition } from '../modules/process/process.definition.js';
import { letter } from './letter.js';
import { levelMap, levelOptions } from './options.js';

/** A technical fault from the first call to the archived service report, in 19 steps. */
export const technicalSupport: ProcessDefinition = {
  key: 'technical-support',
  name: 'Technical support',
  description:
    'Takes a technical fault from intake through urgency, routing and troubleshooting to a resolution ' +
    'the customer knows of, a measured satisfaction and an archived service report.',
  steps: [
    {
      kind: 'TASK',
      key: 'receive-customer-service-request',
      title: 'Receive customer service request',
      due: { after: { from: 'RUN_START' }, hours: 4, counting: 'BUSINESS_DAYS', remindBefore: [1] },
      customerVisible: true,
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Take in what the customer asks for, and tell them that somebody has it in hand.',
        desiredResult: 'A colleague who was not there can say in two sentences what is wrong and for whom.',
        howTo: [
          'Ask what was expected, what happened instead, since when, and for how many people.',
          'Search the knowledge base for the symptom before promising any work.',
          'Read your summary back to the customer and correct it on the spot.',
        ],
        pitfalls: [
          {
            pitfall: 'The customer says only that it does not work.',
            remedy: 'Ask for the last click before the fault and the exact words on the screen.',
          },
          {
            pitfall: 'Two unrelated faults arrive in one message.',
            remedy: 'Keep the first here and open a second ticket for the other.',
          },
        ],
        resources: ['Knowledge base search', 'Customer profile', 'Intake question list'],
      },
      fields: [
        {
          key: 'Request_Summary',
          label: 'Request summary',
          type: 'LONG_TEXT',
          required: true,
          help: 'The request in the customer’s own terms, without a diagnosis.',
        },
        {
          key: 'Knowledge_Base_Article_Found',
          label: 'The knowledge base has an article on this',
          type: 'CHECKBOX',
        },
        {
          key: 'Knowledge_Base_Article',
          label: 'Knowledge base article',
          type: 'SHORT_TEXT',
          help: 'Title or address of the article that comes closest.',
        },
      ],
      effects: [
        {
          kind: 'SEND_MESSAGE',
          subject: 'We have your request {{ticket.number}}',
          body: letter(
            'Thank you for getting in touch. We noted your request as follows:',
            '{{form.Request_Summary}}',
            'Your ticket number is {{ticket.number}}. If something is missing, simply reply to this message.',
          ),
        },
      ],
    },
    {
      kind: 'TASK',
      key: 'identify-the-technical-issue',
      title: 'Identify the technical issue',
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Turn the reported symptom into a technical statement that a team can work on.',
        desiredResult: 'One named fault with the component it sits in and a way to see it happen.',
        howTo: [
          'Reproduce the fault on a comparable setup, or watch it on the customer’s screen.',
          'Compare with the last change on either side: update, setting, account, network.',
          'Write down what you ruled out, so that nobody tests it again.',
        ],
        pitfalls: [
          {
            pitfall: 'The fault cannot be reproduced.',
            remedy: 'Collect time, account and log excerpt, and state that it is intermittent.',
          },
          {
            pitfall: 'A guess gets recorded as the cause.',
            remedy: 'Mark suspicions as such and name the test that would settle them.',
          },
        ],
        resources: ['Error logs', 'Release notes', 'Diagnostic checklists', 'Test account'],
      },
      fields: [
        {
          key: 'Technical_Issue',
          label: 'Technical issue',
          type: 'LONG_TEXT',
          required: true,
          help: 'The fault, where it sits and how to see it.',
        },
        { key: 'Affected_Component', label: 'Affected component', type: 'SHORT_TEXT' },
      ],
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'log-the-service-request-into-system',
      title: 'Log the service request into system',
      customerVisible: true,
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Make the ticket the one place where everything about this request is found.',
        desiredResult: 'Ticket number, customer, request and technical issue stand together on the record.',
        howTo: [
          'Check that the ticket belongs to the right customer and organization.',
          'Look for an open ticket on the same fault and link or merge it.',
          'Attach the logs and pictures collected so far.',
        ],
        pitfalls: [
          {
            pitfall: 'The same request was already logged by a colleague.',
            remedy: 'Merge the younger ticket into the older one and tell the customer which number counts.',
          },
          {
            pitfall: 'The desk is unreachable while the customer is on the line.',
            remedy: 'Take notes with the time of the call and enter them as soon as it is back.',
          },
        ],
        resources: ['Ticket search', 'Customer profile', 'Naming conventions for tickets'],
      },
      fields: [
        {
          key: 'Ticket_Number_Confirmed',
          label: 'The ticket number is confirmed to the customer',
          type: 'CHECKBOX',
          required: true,
        },
        { key: 'Log_Remarks', label: 'Remarks for the record', type: 'LONG_TEXT' },
      ],
      effects: [
        {
          kind: 'ADD_NOTE',
          body:
            'Logged as {{ticket.number}}.\n\nRequest: {{form.Request_Summary}}\n\n' +
            'Technical issue: {{form.Technical_Issue}}',
        },
      ],
    },
    {
      kind: 'TASK',
      key: 'evaluate-the-urgency-level-of-the-issue',
      title: 'Evaluate the urgency level of the issue',
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Decide how soon this has to be worked on, so that the clock runs with the right targets.',
        desiredResult: 'An urgency that two colleagues would have chosen independently.',
        howTo: [
          'Choose High when work has stopped and there is no way around the fault.',
          'Choose Medium when work goes on with a detour, Low when it is merely a nuisance.',
          'Write one line on why, naming the number of people and the deadline at stake.',
        ],
        pitfalls: [
          {
            pitfall: 'The loudest customer gets the highest level.',
            remedy: 'Judge by what has stopped, not by the tone of the message.',
          },
          {
            pitfall: 'Everything ends up as High.',
            remedy: 'Ask what would happen if it waited until tomorrow, and choose accordingly.',
          },
        ],
        resources: ['Priority matrix', 'Service level targets', 'List of known outages'],
      },
      fields: [
        {
          key: 'Urgency',
          label: 'Urgency',
          type: 'DROPDOWN',
          required: true,
          options: levelOptions,
          help: 'Together with the impact it gives the priority and the targets.',
        },
        { key: 'Urgency_Reason', label: 'Reason for this level', type: 'SHORT_TEXT' },
      ],
      effects: [{ kind: 'SET_URGENCY', field: 'Urgency', map: levelMap }],
    },
    {
      kind: 'TASK',
      key: 'assign-service-request-to-appropriate-team',
      title: 'Assign service request to appropriate team',
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Bring the request to the people who can fix this kind of fault.',
        desiredResult: 'The ticket has a team and an assignee who has everything needed to begin.',
        howTo: [
          'Pick the team by the affected component, not by who handled the customer last.',
          'Leave a handover note: what was tested, what is suspected, what the customer expects.',
          'Read the stored routing reason and check that the chosen agent is plausible.',
        ],
        pitfalls: [
          {
            pitfall: 'The ticket bounces between two teams.',
            remedy: 'Ask both leads to settle it in one conversation and record the outcome.',
          },
          {
            pitfall: 'Nobody in the team is free.',
            remedy: 'Let the ticket wait in the team’s queue; the team lead is told and decides.',
          },
        ],
        resources: ['Team directory', 'Skills of the team members', 'Workload view'],
      },
      fields: [
        { key: 'Service_Team', label: 'Service team', type: 'TEAM', required: true },
        { key: 'Handover_Note', label: 'Handover note', type: 'LONG_TEXT' },
      ],
      effects: [{ kind: 'ROUTE', teamField: 'Service_Team' }],
    },
    {
      kind: 'TASK',
      key: 'inform-the-customer-about-estimated-troubleshooting-time',
      title: 'Inform the customer about estimated troubleshooting time',
      customerVisible: true,
      instructions: {
        purpose: 'Give the customer a time they can plan with, and hold the desk to it.',
        desiredResult: 'A promised time is on the ticket, and the customer has read it.',
        howTo: [
          'Take the usual duration of similar tickets and add what depends on others.',
          'State whole hours, counted from now.',
          'Say what the customer can do meanwhile, if there is a workaround.',
        ],
        pitfalls: [
          {
            pitfall: 'The estimate is optimistic to please the customer.',
            remedy: 'Promise the time you would bet on; finishing early is never a complaint.',
          },
          {
            pitfall: 'It is too early to tell.',
            remedy: 'Promise the time by which the diagnosis will be ready, and say so.',
          },
        ],
        resources: ['Resolution times of similar tickets', 'Team calendar', 'Service level targets'],
      },
      fields: [
        {
          key: 'Estimated_Troubleshooting_Hours',
          label: 'Estimated troubleshooting time in hours',
          type: 'NUMBER',
          required: true,
          min: 1,
          max: 720,
          help: 'Counted from the moment this step is completed.',
        },
        { key: 'Estimate_Basis', label: 'What the estimate rests on', type: 'SHORT_TEXT' },
      ],
      effects: [
        { kind: 'PROMISE_RESOLUTION', field: 'Estimated_Troubleshooting_Hours' },
        {
          kind: 'SEND_MESSAGE',
          subject: 'When to expect a solution for {{ticket.number}}',
          body: letter(
            'Our service team has taken over your request “{{ticket.subject}}”.',
            'Estimated troubleshooting time in hours: {{form.Estimated_Troubleshooting_Hours}}. We expect ' +
              'to be done by {{ticket.promisedResolutionAt}}. If that changes, you will hear from us first.',
          ),
        },
      ],
    },
    {
      kind: 'APPROVAL',
      key: 'approval-customer-service-manager',
      title: 'Approval: Customer Service Manager',
      instructions: {
        purpose: 'Have the manager confirm that the request was understood and accepted as it should be.',
        desiredResult: 'Troubleshooting starts on a request that is complete, justified and ours to solve.',
        howTo: [
          'Read the summary beside the customer’s original message.',
          'Check that the contract covers the request and that the promise is realistic.',
          'Reject with the one question whose answer is missing.',
        ],
        pitfalls: [
          {
            pitfall: 'The approval waits while the promised time runs.',
            remedy: 'Name a stand-in before an absence, or delegate the decision.',
          },
        ],
        resources: ['Answers of the intake step', 'Customer’s contract or tier'],
      },
      approval: {
        subjects: ['receive-customer-service-request'],
        approvers: { role: 'MANAGER' },
        onReject: 'KEEP',
        timeout: { afterHours: 8, counting: 'BUSINESS_DAYS', action: 'REMIND' },
      },
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'service-team-troubleshoots-the-problem',
      title: 'Service team troubleshoots the problem',
      customerVisible: true,
      instructions: {
        purpose: 'Find the cause and remove it, or find a workaround that the customer can live with.',
        desiredResult: 'The fault no longer occurs under the conditions in which it was reported.',
        howTo: [
          'Change one thing at a time and note the effect of each change.',
          'Split the path between cause and symptom in half until one part is left.',
          'Test the fix the way the customer works, not only the way an administrator would.',
        ],
        pitfalls: [
          {
            pitfall: 'The symptom is gone, the cause is not known.',
            remedy: 'Keep the logs, describe what is still open, and watch for a return.',
          },
          {
            pitfall: 'A fix endangers other customers.',
            remedy: 'Try it on a test setup first and keep a way back.',
          },
        ],
        resources: ['Handover note', 'Diagnostic tools', 'Test environment', 'Vendor support'],
      },
      fields: [
        {
          key: 'Troubleshooting_Result',
          label: 'What was found and done',
          type: 'LONG_TEXT',
          required: true,
        },
        { key: 'Troubleshooting_Evidence', label: 'Logs and screenshots', type: 'FILE' },
      ],
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'feedback-communication-to-the-customer-about-the-process',
      title: 'Feedback communication to the customer about the process',
      customerVisible: true,
      instructions: {
        purpose: 'Keep the customer informed of how the work went and what comes next.',
        desiredResult: 'The customer knows where things stand and has no reason to ask.',
        howTo: [
          'Say what was found, what was done, and what is still being checked.',
          'Translate technical terms into what the customer sees on their side.',
          'Ask for a test only if you say exactly what to try.',
        ],
        pitfalls: [
          {
            pitfall: 'The message blames the customer’s setup.',
            remedy: 'Describe the condition that led to the fault and leave persons out of it.',
          },
          {
            pitfall: 'Success is announced before it is confirmed.',
            remedy: 'Speak of the current state; the resolution gets its own message.',
          },
        ],
        resources: ['Troubleshooting result', 'Canned replies', 'Conversation on the ticket'],
      },
      fields: [
        {
          key: 'Progress_Message',
          label: 'Message to the customer',
          type: 'LONG_TEXT',
          required: true,
          help: 'Sent as written, between a greeting and your name.',
        },
      ],
      effects: [
        {
          kind: 'SEND_MESSAGE',
          subject: 'News on your request {{ticket.number}}',
          body: letter(
            'Here is how the work on your request is going:',
            '{{form.Progress_Message}}',
            'If anything looks different on your side, reply to this message and we will take it up.',
          ),
        },
      ],
    },
    {
      kind: 'APPROVAL',
      key: 'approval-technical-problem-resolved',
      title: 'Approval: Technical Problem Resolved',
      instructions: {
        purpose: 'Have a second pair of eyes confirm that the fault is really gone.',
        desiredResult: 'The resolution that gets recorded has been verified by somebody who did not make it.',
        howTo: [
          'Follow the test described in the result, on your own.',
          'Ask whether the cause or only the symptom was dealt with.',
          'Reject with the case that still fails.',
        ],
        pitfalls: [
          {
            pitfall: 'Approval is given on trust in a good colleague.',
            remedy: 'Look at one piece of evidence every time, however small.',
          },
        ],
        resources: ['Troubleshooting result', 'Logs and screenshots', 'Test environment'],
      },
      approval: {
        subjects: ['service-team-troubleshoots-the-problem'],
        approvers: { role: 'TEAM_LEAD' },
        onReject: 'REDO',
      },
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'record-the-resolution-in-the-system',
      title: 'Record the resolution in the system',
      instructions: {
        purpose: 'Keep the solution where the next person with the same fault will find it.',
        desiredResult: 'The ticket states cause and cure so that they can be repeated without asking.',
        howTo: [
          'Write cause, fix and test as three short parts.',
          'Use the words that a customer would search for.',
          'Suggest a knowledge base article if this was the third ticket of its kind.',
        ],
        pitfalls: [
          {
            pitfall: 'The resolution reads “fixed”.',
            remedy: 'Name the setting, version or part that was changed.',
          },
        ],
        resources: ['Troubleshooting result', 'Knowledge base'],
      },
      fields: [
        {
          key: 'Resolution',
          label: 'Resolution',
          type: 'LONG_TEXT',
          required: true,
          help: 'Cause, fix and how it was tested.',
        },
        { key: 'Root_Cause', label: 'Root cause in a few words', type: 'SHORT_TEXT' },
      ],
      effects: [{ kind: 'RECORD_RESOLUTION', field: 'Resolution' }],
    },
    {
      kind: 'TASK',
      key: 'communicate-the-resolution-to-the-customer',
      title: 'Communicate the resolution to the customer',
      customerVisible: true,
      instructions: {
        purpose: 'Tell the customer that the fault is fixed and what, if anything, is left to do.',
        desiredResult: 'The customer can go back to work and knows how to object if it is not so.',
        howTo: [
          'Begin with the result, then the one thing the customer has to do.',
          'Number the actions when there is more than one.',
          'Mention how to avoid the fault in future, where that is in their hands.',
        ],
        pitfalls: [
          {
            pitfall: 'The internal resolution is pasted in.',
            remedy: 'Leave out host names, colleagues and other customers; explain the effect instead.',
          },
        ],
        resources: ['Recorded resolution', 'Knowledge base article to link', 'Canned replies'],
      },
      fields: [
        {
          key: 'Resolution_Message',
          label: 'Resolution in words for the customer',
          type: 'LONG_TEXT',
          required: true,
          help: 'Sent as written, between a greeting and your name.',
        },
      ],
      effects: [
        {
          kind: 'SEND_MESSAGE',
          subject: 'Your request {{ticket.number}} is resolved',
          body: letter(
            'Good news: your request “{{ticket.subject}}” is resolved.',
            '{{form.Resolution_Message}}',
            'If the problem shows up again, a reply to this message reopens your ticket.',
          ),
        },
        { kind: 'RESOLVE', field: 'Resolution' },
      ],
    },
    {
      kind: 'TASK',
      key: 'evaluate-customer-satisfaction',
      title: 'Evaluate customer satisfaction',
      customerVisible: true,
      instructions: {
        purpose: 'Learn from the customer how the service was, while it is still fresh.',
        desiredResult: 'The customer has a survey link, and your own impression is on record beside it.',
        howTo: [
          'Completing this step sends the survey; there is nothing to attach.',
          'Note any praise or annoyance voiced during the conversation.',
        ],
        pitfalls: [
          {
            pitfall: 'The survey goes to somebody who was never involved.',
            remedy: 'Check the customer on the ticket before completing the step.',
          },
          {
            pitfall: 'No answer comes.',
            remedy: 'Leave it to the reminders; a personal push distorts the score.',
          },
        ],
        resources: ['Survey results of the customer', 'Conversation on the ticket'],
      },
      fields: [
        {
          key: 'Satisfaction_Impression',
          label: 'Impression of the customer’s satisfaction',
          type: 'LONG_TEXT',
        },
      ],
      effects: [{ kind: 'INVITE_SURVEY' }],
    },
    {
      kind: 'APPROVAL',
      key: 'approval-customer-satisfaction',
      title: 'Approval: Customer Satisfaction',
      instructions: {
        purpose: 'Confirm that the customer was kept informed well enough to be content with the outcome.',
        desiredResult: 'Nobody closes a ticket whose customer is still waiting for an explanation.',
        howTo: [
          'Read what the customer was told and how they replied.',
          'Take the survey answer into account if it is there already.',
          'Reject with what the customer should still be told.',
        ],
        pitfalls: [
          {
            pitfall: 'Silence is taken for satisfaction.',
            remedy: 'Look for a sign of approval, or have the agent call once.',
          },
        ],
        resources: ['Messages to the customer', 'Survey answer', 'Impression noted by the agent'],
      },
      approval: {
        subjects: ['feedback-communication-to-the-customer-about-the-process'],
        approvers: { role: 'MANAGER' },
        onReject: 'KEEP',
      },
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'close-the-service-ticket',
      title: 'Close the service ticket',
      customerVisible: true,
      instructions: {
        purpose: 'End the ticket formally, with nothing left open behind it.',
        desiredResult: 'The ticket is closed and the customer holds a confirmation.',
        howTo: [
          'Check that no linked ticket and no question of the customer is still waiting.',
          'Put into the closing notes what the next agent should know about this customer.',
        ],
        pitfalls: [
          {
            pitfall: 'A late reply arrives just before closing.',
            remedy: 'Answer it first; a closed ticket with a fresh question annoys twice.',
          },
        ],
        resources: ['Conversation on the ticket', 'Linked tickets'],
      },
      fields: [{ key: 'Closing_Notes', label: 'Closing notes', type: 'LONG_TEXT' }],
      effects: [
        {
          kind: 'CLOSE_TICKET',
          notesField: 'Closing_Notes',
          subject: 'Your request {{ticket.number}} is closed',
          body: letter(
            'We have closed your request “{{ticket.subject}}”.',
            'Thank you for your patience and your help along the way. If you need us again, just reply.',
          ),
        },
      ],
    },
    {
      kind: 'TASK',
      key: 'prepare-service-report',
      title: 'Prepare service report',
      instructions: {
        purpose: 'Sum up the service so that others can judge and use it without reading the ticket.',
        desiredResult: 'A draft report with the facts of the ticket and a summary that explains them.',
        howTo: [
          'Let the desk supply times, messages and approvals; write only what they do not show.',
          'State whether the promised time was kept and, if not, why.',
          'Close with the one thing that would have made it faster.',
        ],
        pitfalls: [
          {
            pitfall: 'The report retells every message.',
            remedy: 'Keep to fault, cause, remedy, duration and consequence.',
          },
        ],
        resources: ['Ticket time line', 'Recorded resolution', 'Survey answer'],
      },
      fields: [
        {
          key: 'Service_Report_Summary',
          label: 'Summary for the service report',
          type: 'LONG_TEXT',
          required: true,
        },
      ],
      effects: [{ kind: 'DRAFT_REPORT', report: 'SERVICE', field: 'Service_Report_Summary' }],
    },
    {
      kind: 'TASK',
      key: 'discuss-and-learn-from-the-process-for-future-improvements',
      title: 'Discuss and learn from the process for future improvements',
      due: {
        after: { from: 'STEP_COMPLETED', step: 'close-the-service-ticket' },
        days: 5,
        counting: 'BUSINESS_DAYS',
      },
      instructions: {
        purpose: 'Make the next ticket of this kind easier than this one was.',
        desiredResult: 'Notes that everybody involved agrees with, and a short list of changes to make.',
        howTo: [
          'Bring together those who took part, a quarter of an hour is enough.',
          'Ask what helped, what cost time, and what surprised you.',
          'Write each improvement as an action that one person can finish.',
        ],
        pitfalls: [
          {
            pitfall: 'The talk turns into a search for the guilty.',
            remedy: 'Ask what made the mistake easy to make, and change that.',
          },
          {
            pitfall: 'Good ideas are never carried out.',
            remedy: 'Keep three at most and give each a name.',
          },
        ],
        resources: ['Draft of the service report', 'Time spent per step', 'Earlier retrospectives'],
      },
      fields: [
        { key: 'Retrospective_Notes', label: 'What was learned', type: 'LONG_TEXT', required: true },
        {
          key: 'Improvement_Items',
          label: 'Improvements',
          type: 'LONG_TEXT',
          help: 'One a line.',
        },
      ],
      effects: [
        {
          kind: 'RECORD_RETROSPECTIVE',
          notesField: 'Retrospective_Notes',
          itemsField: 'Improvement_Items',
        },
      ],
    },
    {
      kind: 'APPROVAL',
      key: 'approval-support-process-completion',
      title: 'Approval: Support Process Completion',
      instructions: {
        purpose: 'Confirm that report and lessons are good enough to be kept for good.',
        desiredResult: 'An approved service report and improvements that will be followed up.',
        howTo: [
          'Compare the summary with the time line and the survey answer.',
          'Check that every improvement is concrete and affordable.',
          'Reject the one that falls short; the other may stand.',
        ],
        pitfalls: [
          {
            pitfall: 'A report is approved that hides a missed promise.',
            remedy: 'Look at the promised and the actual time before deciding.',
          },
        ],
        resources: ['Draft of the service report', 'Retrospective notes', 'Ticket time line'],
      },
      approval: {
        subjects: ['prepare-service-report', 'discuss-and-learn-from-the-process-for-future-improvements'],
        approvers: { role: 'MANAGER' },
        onReject: 'KEEP',
      },
      effects: [{ kind: 'APPROVE_REPORT', report: 'SERVICE' }],
    },
    {
      kind: 'TASK',
      key: 'archive-the-service-report',
      title: 'Archive the service report',
      instructions: {
        purpose: 'Store the report in a form that nobody can change any more.',
        desiredResult: 'The archived report carries a content hash and is found by ticket number.',
        howTo: [
          'Open the approved report once more and check customer, dates and resolution.',
          'Complete the step; the desk freezes the report.',
        ],
        pitfalls: [
          {
            pitfall: 'A typing error is noticed only after archiving.',
            remedy: 'Add an internal note to the ticket; the archived text stays as it is.',
          },
        ],
        resources: ['Approved service report', 'Retention rules'],
      },
      fields: [{ key: 'Archive_Remark', label: 'Remark on archiving', type: 'SHORT_TEXT' }],
      effects: [{ kind: 'ARCHIVE_REPORT', report: 'SERVICE' }],
    },
  ],
};
