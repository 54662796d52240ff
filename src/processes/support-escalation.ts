import type { Assignment, ProcessDefinition } from '../modules/process/process.definition.js';
import { letter } from './letter.js';

/** The technician named in step 3, or whoever holds the ticket by then. */
const technician: Assignment[] = [{ to: 'FIELD', field: 'Support_Technician' }, { to: 'TICKET_ASSIGNEE' }];

/** A complaint that is analysed, answered, watched and if need be escalated, with approvals, in 20 steps. */
export const supportEscalation: ProcessDefinition = {
  key: 'support-escalation',
  name: 'Support escalation',
  description:
    'Has a technician analyse and answer a serious issue under approval, watches how the solution holds, ' +
    'and brings what persists to a higher authority before the final report.',
  steps: [
    {
      kind: 'TASK',
      key: 'receive-issue-or-complaint',
      title: 'Receive customer issue or complaint',
      customerVisible: true,
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Take the complaint seriously and get hold of what is needed to work on it.',
        desiredResult: 'Name, ways to reach the customer and an account of the problem are recorded.',
        howTo: [
          'Let the customer tell it from the beginning, and take notes without interrupting.',
          'Ask for email and telephone, and which of the two they prefer.',
          'Close with what you understood and when they will hear from us.',
        ],
        pitfalls: [
          {
            pitfall: 'You defend the company before you know the case.',
            remedy: 'Say that you are sorry for the trouble, and leave judgement for later.',
          },
          {
            pitfall: 'The telephone number was misheard.',
            remedy: 'Repeat it digit by digit before you hang up.',
          },
        ],
        resources: ['Customer directory', 'Complaint guide', 'Open tickets of the customer'],
      },
      fields: [
        { key: 'Customer_Name', label: 'Customer’s name', type: 'SHORT_TEXT', required: true },
        { key: 'Customer_Email', label: 'Email address', type: 'EMAIL', required: true },
        { key: 'Customer_Phone', label: 'Telephone', type: 'PHONE' },
        {
          key: 'Issue_Description',
          label: 'Description of the issue',
          type: 'LONG_TEXT',
          required: true,
        },
      ],
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'document-concern-or-problem',
      title: "Document customer's concern or problem",
      customerVisible: true,
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Secure the evidence while it can still be had.',
        desiredResult: 'A technician can start from the record alone, without calling the customer first.',
        howTo: [
          'Copy error messages letter by letter, with code and time.',
          'Ask for a screenshot of the whole window instead of a cut-out.',
          'Note who else to contact when the customer is away.',
        ],
        pitfalls: [
          {
            pitfall: 'A screenshot shows passwords or other people’s data.',
            remedy: 'Have it blacked out before it is attached.',
          },
          {
            pitfall: 'The message was closed and is forgotten.',
            remedy: 'Have the customer repeat the action once while you are connected.',
          },
        ],
        resources: ['Upload link for the customer', 'Error code list', 'Log download guide'],
      },
      fields: [
        {
          key: 'Contact_Information',
          label: 'Contact information',
          type: 'SHORT_TEXT',
          help: 'Best time and way to reach the customer, and a stand-in.',
        },
        { key: 'Documented_Concern', label: 'Concern or problem', type: 'LONG_TEXT', required: true },
        { key: 'Error_Messages', label: 'Error messages', type: 'LONG_TEXT' },
        { key: 'Screenshots', label: 'Screenshots', type: 'FILE' },
      ],
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'assign-support-technician',
      title: 'Assign support technician to address issue',
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Put one technician in charge who has the knowledge and the time.',
        desiredResult: 'The ticket belongs to a technician who has accepted it.',
        howTo: [
          'Filter by the skill that the error messages point to.',
          'Look at presence and open tickets before you choose.',
          'Tell the technician in a sentence why this one matters.',
        ],
        pitfalls: [
          {
            pitfall: 'The technician of the disputed first answer gets it again.',
            remedy: 'Choose somebody new and have the first one brief them.',
          },
          {
            pitfall: 'The specialist is out until next week.',
            remedy: 'Assign the deputy and agree on when to consult the specialist.',
          },
        ],
        resources: ['Skills matrix', 'Workload and presence view', 'Absence calendar'],
      },
      fields: [
        {
          key: 'Support_Technician',
          label: 'Support technician',
          type: 'MEMBERS',
          required: true,
          min: 1,
          max: 1,
        },
      ],
      effects: [{ kind: 'ROUTE', memberField: 'Support_Technician' }],
    },
    {
      kind: 'TASK',
      key: 'technician-analyses-issue',
      title: 'Technician analyses the issue or problem',
      customerVisible: true,
      assign: technician,
      instructions: {
        purpose: 'Establish why it happens before anybody thinks about how to answer.',
        desiredResult: 'A cause with its evidence, or a shortlist of causes with the test for each.',
        howTo: [
          'Build a time line of what the customer did and what the systems logged.',
          'Form a theory, then look for the fact that would disprove it.',
          'State who else may be affected by the same cause.',
        ],
        pitfalls: [
          {
            pitfall: 'The first plausible cause ends the search.',
            remedy: 'Write down one alternative and what speaks against it.',
          },
          {
            pitfall: 'Data for the analysis is missing.',
            remedy: 'Ask the customer for exactly that item and say what it is for.',
          },
        ],
        resources: ['Documented concern', 'System logs', 'Change history', 'Similar tickets'],
      },
      fields: [{ key: 'Analysis', label: 'Analysis and findings', type: 'LONG_TEXT', required: true }],
      effects: [],
    },
    {
      kind: 'APPROVAL',
      key: 'approval-technicians-analysis',
      title: "Approval: Technician's Analysis",
      instructions: {
        purpose: 'Test the analysis before a solution is built upon it.',
        desiredResult: 'A cause that the team lead finds convincing too.',
        howTo: [
          'Follow the chain from symptom to cause and look for the missing link.',
          'Ask which observation the analysis leaves unexplained.',
          'On rejection, name that observation.',
        ],
        pitfalls: [
          {
            pitfall: 'You approve because the text is long.',
            remedy: 'Look for the one sentence that states the cause, and ask for its proof.',
          },
        ],
        resources: ['Analysis and findings', 'Documented concern', 'System logs'],
      },
      approval: {
        subjects: ['technician-analyses-issue'],
        approvers: { role: 'TEAM_LEAD' },
        onReject: 'KEEP',
      },
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'research-best-solution',
      title: 'Research for best solution or procedure',
      assign: technician,
      instructions: {
        purpose: 'Compare the ways of removing the cause, instead of taking the first.',
        desiredResult: 'A recommended procedure, the alternatives passed over, and the sources.',
        howTo: [
          'Look through solved tickets and vendor notes for the same cause.',
          'Rate each way by duration, risk and what the customer has to do.',
          'Try the favourite on a test setup and note the result.',
        ],
        pitfalls: [
          {
            pitfall: 'The procedure was written for another version.',
            remedy: 'Check versions on both sides and adapt the steps that differ.',
          },
          {
            pitfall: 'Nothing fits.',
            remedy: 'Describe what you searched and ask the vendor or a specialist.',
          },
        ],
        resources: ['Knowledge base', 'Vendor documentation', 'Solved tickets', 'Test environment'],
      },
      fields: [
        {
          key: 'Research_Findings',
          label: 'Research findings and references',
          type: 'LONG_TEXT',
          required: true,
        },
      ],
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'prepare-response-or-solution',
      title: "Prepare a response or solution for customer's issue",
      assign: technician,
      instructions: {
        purpose: 'Word the answer that the customer will receive, ready to be sent.',
        desiredResult: 'A text that answers every point of the complaint and can go out unchanged.',
        howTo: [
          'Tick off the customer’s points one by one against your draft.',
          'Give the actions in order, each with the result to expect.',
          'Own the mistake where it was ours, and say what was changed.',
        ],
        pitfalls: [
          {
            pitfall: 'The draft is written for the approver.',
            remedy: 'Read it aloud as if you had the customer on the line.',
          },
          {
            pitfall: 'It promises something nobody agreed to.',
            remedy: 'Have dates, refunds and exceptions confirmed before they go in.',
          },
        ],
        resources: ['Research findings', 'Style guide for replies', 'Articles to link'],
      },
      fields: [
        {
          key: 'Prepared_Response',
          label: 'Response or solution',
          type: 'LONG_TEXT',
          required: true,
          help: 'Sent to the customer as written once it is approved.',
        },
      ],
      effects: [],
    },
    {
      kind: 'APPROVAL',
      key: 'approval-prepared-solution',
      title: 'Approval: Prepared Solution',
      instructions: {
        purpose: 'Judge the procedure and the wording, each by itself, before the customer sees them.',
        desiredResult: 'A sound procedure and a text that the desk is glad to sign.',
        howTo: [
          'Decide the research first: is it the best way, and was it tried?',
          'Then the response: is it complete, correct and kind?',
          'Reject only the part that falls short, with the change you want.',
        ],
        pitfalls: [
          {
            pitfall: 'New research makes the approved text outdated.',
            remedy: 'Reject both when the recommended procedure itself changes.',
          },
        ],
        resources: ['Research findings', 'Prepared response', 'Analysis and findings'],
      },
      approval: {
        subjects: ['research-best-solution', 'prepare-response-or-solution'],
        approvers: { role: 'TEAM_LEAD' },
        onReject: 'KEEP',
      },
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'forward-response-or-solution',
      title: 'Forward response or solution to customer',
      customerVisible: true,
      assign: technician,
      instructions: {
        purpose: 'Deliver the approved answer to the right mailbox without delay.',
        desiredResult: 'The message counts as delivered, and the customer knows how to answer it.',
        howTo: [
          'Check the address against the one the customer gave at the start.',
          'Complete the step; the approved text is sent.',
          'Look at the delivery state a few minutes later.',
        ],
        pitfalls: [
          {
            pitfall: 'The message bounces.',
            remedy: 'Call the customer, correct the address and send it from the conversation again.',
          },
          {
            pitfall: 'It goes to a shared mailbox that many can read.',
            remedy: 'Ask for a personal address when the content is confidential.',
          },
        ],
        resources: ['Prepared response', 'Contact information', 'Delivery state of messages'],
      },
      fields: [
        {
          key: 'Response_Email',
          label: 'Customer’s email address',
          type: 'EMAIL',
          required: true,
          help: 'The response goes to this address.',
        },
      ],
      effects: [
        {
          kind: 'SEND_MESSAGE',
          to: 'Response_Email',
          subject: 'Response to your Issue',
          body: letter(
            'Thank you for your patience with {{ticket.number}}. Here is our response:',
            '{{form.Prepared_Response}}',
            'We will get in touch again to see whether it helped. You can reach us any time by replying.',
          ),
        },
      ],
    },
    {
      kind: 'TASK',
      key: 'follow-up-with-customer',
      title: 'Follow up with the customer',
      due: {
        after: { from: 'STEP_COMPLETED', step: 'forward-response-or-solution' },
        days: 2,
        counting: 'BUSINESS_DAYS',
        remindBefore: [4],
      },
      customerVisible: true,
      assign: technician,
      instructions: {
        purpose: 'Stay at the customer’s side while they put the answer to use.',
        desiredResult: 'You have spoken with the customer, and their questions are answered.',
        howTo: [
          'Call or write on the second working day, sooner if much depends on it.',
          'Ask which step they have reached and what it showed.',
          'Clear up questions at once, or say when the answer will come.',
        ],
        pitfalls: [
          {
            pitfall: 'The follow-up sounds like a sales call.',
            remedy: 'Refer to the case and its number in the first sentence.',
          },
        ],
        resources: ['Conversation on the ticket', 'Telephone', 'Contact information'],
      },
      fields: [
        {
          key: 'Follow_Up_Comment',
          label: 'Comment on the follow-up',
          type: 'SHORT_TEXT',
          required: true,
        },
      ],
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'document-feedback-or-reaction',
      title: 'Document the feedback or reaction of customer',
      assign: technician,
      instructions: {
        purpose: 'Keep the customer’s verdict on our answer, in their words.',
        desiredResult: 'A record from which others can tell what pleased and what did not.',
        howTo: [
          'Quote the decisive sentences instead of summing them up.',
          'Separate remarks on the solution from remarks on the service.',
          'Add the mood: relieved, sceptical, still annoyed.',
        ],
        pitfalls: [
          {
            pitfall: 'Criticism is softened in the notes.',
            remedy: 'Write what was said; an honest record protects you too.',
          },
          {
            pitfall: 'The customer did not react at all.',
            remedy: 'Record the attempts with dates, that is a finding as well.',
          },
        ],
        resources: ['Follow-up comment', 'Conversation on the ticket'],
      },
      fields: [
        {
          key: 'Customer_Feedback',
          label: 'Feedback or reaction',
          type: 'LONG_TEXT',
          required: true,
        },
      ],
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'monitor-situation',
      title: 'Monitor the situation after solution is implemented',
      assign: technician,
      instructions: {
        purpose: 'See whether the solution holds in everyday use.',
        desiredResult: 'A status that rests on observation over a stated period.',
        howTo: [
          'Watch logs and new tickets for the old symptom over an agreed time.',
          'Compare with the period before the solution.',
          'Choose Resolved only if the customer sees it the same way.',
        ],
        pitfalls: [
          {
            pitfall: 'The fault appears only at the end of the month.',
            remedy: 'Extend the watch beyond the next occasion and choose Need Further Follow-up.',
          },
          {
            pitfall: 'Other is chosen without a word.',
            remedy: 'Explain it in the observations, so that the approver can decide.',
          },
        ],
        resources: ['Monitoring and logs', 'New tickets of the customer', 'Customer’s feedback'],
      },
      fields: [
        {
          key: 'Situation_Status',
          label: 'Current situation',
          type: 'DROPDOWN',
          required: true,
          options: ['Resolved', 'Partially Resolved', 'Not Resolved', 'Need Further Follow-up', 'Other'],
        },
        { key: 'Monitoring_Observations', label: 'Observations', type: 'LONG_TEXT' },
      ],
      effects: [],
    },
    {
      kind: 'APPROVAL',
      key: 'approval-post-solution-monitoring',
      title: 'Approval: Post Solution Monitoring',
      instructions: {
        purpose: 'Confirm the verdict on the situation, since the rest of the case follows from it.',
        desiredResult: 'A status that lead, technician and customer agree on.',
        howTo: [
          'Check that the period watched was long enough for this fault.',
          'Compare the status with the customer’s recorded reaction.',
          'On rejection, say what should be watched and for how long.',
        ],
        pitfalls: [
          {
            pitfall: 'Resolved is approved while the customer still complains.',
            remedy: 'Read the latest message of the thread before you decide.',
          },
        ],
        resources: ['Observations', 'Customer’s feedback', 'Conversation on the ticket'],
      },
      approval: {
        subjects: ['monitor-situation'],
        approvers: { role: 'TEAM_LEAD' },
        onReject: 'KEEP',
      },
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'invite-for-survey',
      title: 'Invite customer for satisfaction survey',
      customerVisible: true,
      assign: technician,
      instructions: {
        purpose: 'Ask the customer for a verdict that can be counted.',
        desiredResult: 'The survey link is in the mailbox of the person who lived through the case.',
        howTo: [
          'Use the address of the person you worked with, not that of the buyer.',
          'Mention in your next contact that four short questions are on their way.',
        ],
        pitfalls: [
          {
            pitfall: 'The invitation lands in the middle of an open dispute.',
            remedy: 'Clear the open point first, then complete the step.',
          },
        ],
        resources: ['Contact information', 'Earlier surveys of the customer'],
      },
      fields: [
        {
          key: 'Survey_Email',
          label: 'Email address for the survey',
          type: 'EMAIL',
          required: true,
        },
      ],
      effects: [{ kind: 'INVITE_SURVEY', to: 'Survey_Email' }],
    },
    {
      kind: 'TASK',
      key: 'analyze-survey-results',
      title: 'Analyze survey results',
      assign: technician,
      instructions: {
        purpose: 'Turn scores and comment into something the desk can act upon.',
        desiredResult: 'Strengths, weaknesses and a recommendation, tied to what the customer answered.',
        howTo: [
          'Read the comment first, the scores after it.',
          'Set the scores beside the team’s average.',
          'Recommend one change, or state why none is needed.',
        ],
        pitfalls: [
          {
            pitfall: 'One answer is taken for a trend.',
            remedy: 'Speak of this case only, and refer to the analytics for the rest.',
          },
          {
            pitfall: 'The survey is still unanswered.',
            remedy: 'Wait for the reminder, then analyse the silence together with the feedback.',
          },
        ],
        resources: ['Survey answer', 'Satisfaction analytics', 'Customer’s feedback'],
      },
      fields: [
        {
          key: 'Survey_Analysis',
          label: 'Analysis and recommendations',
          type: 'LONG_TEXT',
          required: true,
        },
      ],
      effects: [{ kind: 'ANALYSE_SURVEY', field: 'Survey_Analysis' }],
    },
    {
      kind: 'APPROVAL',
      key: 'approval-survey-results',
      title: 'Approval: Satisfaction Survey Results',
      instructions: {
        purpose: 'Make sure that the right person was asked and the answer was read fairly.',
        desiredResult: 'A survey and an analysis on which the final report can lean.',
        howTo: [
          'Check the address of the invitation against the people in the thread.',
          'Check that the analysis follows from the scores and the comment.',
          'On rejection of the invitation, name whom to ask instead.',
        ],
        pitfalls: [
          {
            pitfall: 'A low score is explained away.',
            remedy: 'Ask what the customer would say to that explanation.',
          },
        ],
        resources: ['Survey answer', 'Survey analysis', 'Conversation on the ticket'],
      },
      approval: {
        subjects: ['invite-for-survey', 'analyze-survey-results'],
        approvers: { role: 'TEAM_LEAD' },
        onReject: 'REDO',
      },
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'escalate-to-higher-authority',
      title: 'Escalate issue to higher authority if problem persists',
      when: [[{ form: 'Situation_Status', operator: 'IS_NOT', value: 'Resolved' }]],
      assign: technician,
      instructions: {
        purpose: 'Bring in somebody who can do more than the technician could.',
        desiredResult: 'The higher authority owns the case and knows why; a new analysis starts if needed.',
        howTo: [
          'Choose the person by the decision or knowledge that is lacking.',
          'Write the reason with what still happens, how often and what it costs.',
          'Tick the box if the cause has to be looked for once more from the start.',
        ],
        pitfalls: [
          {
            pitfall: 'The case goes back to analysis with nothing new.',
            remedy: 'Tick the box only with a fresh fact or a fresh pair of eyes.',
          },
          {
            pitfall: 'The higher authority is chosen by rank alone.',
            remedy: 'Ask your lead who has solved something like it.',
          },
        ],
        resources: ['Escalation guide', 'Observations', 'List of specialists and managers'],
      },
      fields: [
        {
          key: 'Higher_Authority',
          label: 'Higher authority',
          type: 'MEMBERS',
          required: true,
          min: 1,
          max: 1,
        },
        { key: 'Escalation_Reason', label: 'Reason for escalating', type: 'LONG_TEXT', required: true },
        {
          key: 'Send_Back_To_Analysis',
          label: 'Send the case back to analysis',
          type: 'CHECKBOX',
          help: 'The analysis and everything after it are done once more.',
        },
      ],
      effects: [
        { kind: 'ESCALATE', reasonField: 'Escalation_Reason', membersField: 'Higher_Authority' },
        { kind: 'SEND_BACK', field: 'Send_Back_To_Analysis', to: 'technician-analyses-issue' },
      ],
    },
    {
      kind: 'TASK',
      key: 'prepare-final-report',
      title: 'Prepare final report of the case',
      instructions: {
        purpose: 'Set down the whole case so that it can be understood years later.',
        desiredResult: 'A draft with issue, cause, solution, reaction, survey and any escalation.',
        howTo: [
          'Tell the case in the order it happened; times and approvals are added by the desk.',
          'Explain decisions that would puzzle an outsider.',
          'End with what is still owed to the customer, or that nothing is.',
        ],
        pitfalls: [
          {
            pitfall: 'Failed attempts are left out.',
            remedy: 'Give each a line; they save the next technician the detour.',
          },
        ],
        resources: ['Ticket time line', 'Analysis and findings', 'Survey analysis'],
      },
      fields: [{ key: 'Final_Report', label: 'Final report', type: 'LONG_TEXT', required: true }],
      effects: [{ kind: 'DRAFT_REPORT', report: 'FINAL', field: 'Final_Report' }],
    },
    {
      kind: 'APPROVAL',
      key: 'approval-final-report',
      title: 'Approval: Final Report',
      instructions: {
        purpose: 'Release the final report; after this decision it cannot be changed.',
        desiredResult: 'An archived report that management would show to the customer without worry.',
        howTo: [
          'Check that the report answers the original complaint.',
          'Compare its claims with the time line and the survey.',
          'On rejection, list the passages to correct.',
        ],
        pitfalls: [
          {
            pitfall: 'Names of customers or colleagues appear in passages that travel.',
            remedy: 'Have them replaced by roles before you approve.',
          },
        ],
        resources: ['Draft of the final report', 'Ticket time line', 'Survey answer'],
      },
      approval: {
        subjects: ['prepare-final-report'],
        approvers: { role: 'MANAGER' },
        onReject: 'KEEP',
      },
      effects: [
        { kind: 'APPROVE_REPORT', report: 'FINAL' },
        { kind: 'ARCHIVE_REPORT', report: 'FINAL' },
      ],
    },
    {
      kind: 'TASK',
      key: 'close-escalation-case',
      title: 'Close the support escalation case',
      customerVisible: true,
      instructions: {
        purpose: 'Bring the case to its formal end and thank the customer for their patience.',
        desiredResult: 'A resolved and closed ticket, with a confirmation on its way.',
        howTo: [
          'Check that nothing promised in the thread is still outstanding.',
          'Leave a one-line comment for whoever opens the case next.',
        ],
        pitfalls: [
          {
            pitfall: 'The case is closed while the customer awaits a last call.',
            remedy: 'Make the call first, then complete the step.',
          },
        ],
        resources: ['Final report', 'Conversation on the ticket'],
      },
      fields: [{ key: 'Closing_Comment', label: 'Comment on closing', type: 'SHORT_TEXT' }],
      effects: [
        { kind: 'RESOLVE', field: 'Prepared_Response' },
        {
          kind: 'CLOSE_TICKET',
          notesField: 'Closing_Comment',
          subject: 'Your case {{ticket.number}} is closed',
          body: letter(
            'We have closed your case “{{ticket.subject}}”.',
            'Thank you for bearing with us and for your feedback. If the issue returns, simply reply.',
          ),
        },
      ],
    },
  ],
};
