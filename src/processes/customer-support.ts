import type { ProcessDefinition } from '../modules/process/process.definition.js';
import { letter } from './letter.js';
import { levelMap, levelOptions } from './options.js';

/** A customer's question or issue from first contact to the survey, with quality assurance, in 20 steps. */
export const customerSupport: ProcessDefinition = {
  key: 'customer-support',
  name: 'Customer support',
  description:
    'Takes a question or issue from the first contact to an answer that was followed up, escalates what ' +
    'stays unsolved, and reviews the quality of the service before the case is closed.',
  steps: [
    {
      kind: 'TASK',
      key: 'receive-inbound-communication',
      title: 'Receive inbound communication from customer',
      customerVisible: true,
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Open the conversation well: know who is writing, and let them know you are there.',
        desiredResult: 'The customer has a ticket number, and the desk knows whom it is talking to.',
        howTo: [
          'Greet by name and repeat the concern in one sentence of your own.',
          'Match sender, name and organization with the customer on the ticket.',
          'Say what happens next and roughly when.',
        ],
        pitfalls: [
          {
            pitfall: 'The customer is angry from the first word.',
            remedy: 'Let them finish, name the inconvenience, and move to the first useful question.',
          },
          {
            pitfall: 'You do not share a language.',
            remedy: 'Offer to continue in writing, or hand over to a colleague who speaks it.',
          },
        ],
        resources: ['Customer directory', 'Answers to common questions', 'Greeting templates'],
      },
      fields: [
        {
          key: 'Channel',
          label: 'Channel',
          type: 'DROPDOWN',
          required: true,
          options: ['Email', 'Phone', 'Chat'],
        },
        { key: 'Customer_Name', label: 'Customer’s name', type: 'SHORT_TEXT', required: true },
        { key: 'Customer_Email', label: 'Email address', type: 'EMAIL' },
        { key: 'Customer_Phone', label: 'Telephone', type: 'PHONE' },
        {
          key: 'Identity_Check',
          label: 'How the customer’s identity was checked',
          type: 'SHORT_TEXT',
          help: 'Known sender address, call-back, customer number …',
        },
      ],
      effects: [
        {
          kind: 'SET_CHANNEL',
          field: 'Channel',
          map: { Email: 'EMAIL', Phone: 'PHONE', Chat: 'CHAT' },
        },
        {
          kind: 'SEND_MESSAGE',
          subject: 'Your message has arrived: {{ticket.number}}',
          body: letter(
            'Thank you for contacting us about “{{ticket.subject}}”. Your message is with us, and you can ' +
              'refer to it as {{ticket.number}}.',
            'We are looking into it and will come back to you here.',
          ),
        },
      ],
    },
    {
      kind: 'TASK',
      key: 'identify-issue-or-question',
      title: "Identify customer's issue or question",
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Find out what the customer really needs, which is not always what they asked.',
        desiredResult: 'A description short enough for a subject line, with the details beneath it.',
        howTo: [
          'Begin with what they were trying to achieve, then narrow down to what got in the way.',
          'Get the facts that reproduce it: account, product, time, exact wording.',
          'Have the customer agree to your one-line description.',
        ],
        pitfalls: [
          {
            pitfall: 'The description fits a hundred tickets.',
            remedy: 'Add what makes this one different: the place, the moment or the message shown.',
          },
          {
            pitfall: 'Ten questions in one message remain unanswered.',
            remedy: 'Ask the two that decide the next step and keep the rest.',
          },
        ],
        resources: ['Question guide by topic', 'Troubleshooting articles', 'Team chat'],
      },
      fields: [
        {
          key: 'Issue_or_Question_Description',
          label: 'Issue or question description',
          type: 'SHORT_TEXT',
          required: true,
          max: 200,
          help: 'One line; it appears in the subject of the answer.',
        },
        { key: 'Issue_Details', label: 'Details', type: 'LONG_TEXT' },
      ],
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'assign-support-team-member',
      title: 'Assign customer issue to appropriate support team member',
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      instructions: {
        purpose: 'Give the issue to the person best placed to solve it soon.',
        desiredResult: 'One assignee who is present, has room for it and knows the subject.',
        howTo: [
          'Leave both fields empty to let the category’s team and its routing decide.',
          'Choose a team when the issue belongs elsewhere than its category says.',
          'Choose a person only for a reason, such as a conversation already begun.',
        ],
        pitfalls: [
          {
            pitfall: 'All specialists are away or at their limit.',
            remedy: 'Route to the team; the ticket waits in its queue and the lead is told.',
          },
          {
            pitfall: 'The same expert gets every hard case.',
            remedy: 'Look at the workload first and pair a second colleague with the expert.',
          },
        ],
        resources: ['Team roster', 'Skills matrix', 'Workload and presence view'],
      },
      fields: [
        {
          key: 'Support_Team',
          label: 'Support team',
          type: 'TEAM',
          help: 'Empty: the team of the ticket’s category.',
        },
        {
          key: 'Support_Team_Member',
          label: 'Support team member',
          type: 'MEMBERS',
          max: 1,
          help: 'Empty: chosen by skills, presence and workload.',
        },
      ],
      effects: [{ kind: 'ROUTE', teamField: 'Support_Team', memberField: 'Support_Team_Member' }],
    },
    {
      kind: 'TASK',
      key: 'review-customer-history',
      title: 'Review customer history and previous interactions',
      instructions: {
        purpose: 'Know what this customer has been through with us before you answer.',
        desiredResult: 'Earlier tickets that matter are named, and repeated or open concerns stand out.',
        howTo: [
          'Read the last five tickets, newest first, and the surveys that belong to them.',
          'Look for the same fault at other people of the organization.',
          'Note preferences such as language, channel or a fixed contact.',
        ],
        pitfalls: [
          {
            pitfall: 'The customer has two profiles.',
            remedy: 'Merge them, or at least read both, before drawing conclusions.',
          },
          {
            pitfall: 'There is no history at all.',
            remedy: 'Say so in the findings and treat the customer as a newcomer.',
          },
        ],
        resources: ['Customer profile', 'Tickets of the organization', 'Survey answers'],
      },
      fields: [
        {
          key: 'History_Findings',
          label: 'Findings from the history',
          type: 'LONG_TEXT',
          required: true,
        },
        {
          key: 'Related_Tickets',
          label: 'Related tickets',
          type: 'SHORT_TEXT',
          help: 'Their numbers, separated by commas.',
        },
      ],
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'create-case-or-ticket',
      title: 'Create a case or ticket in course management system',
      customerVisible: true,
      instructions: {
        purpose: 'Complete the record so that the case can be found, measured and taken over.',
        desiredResult: 'A ticket with customer, category, description and a priority that fits.',
        howTo: [
          'Fill in what the automatic intake left empty: product, category, organization.',
          'Choose High when the customer cannot go on, Medium when it hinders, Low otherwise.',
          'Attach the files the customer sent by other ways.',
        ],
        pitfalls: [
          {
            pitfall: 'A second ticket for the same matter exists.',
            remedy: 'Merge them and go on with the older number.',
          },
          {
            pitfall: 'The wrong category sends later reports astray.',
            remedy: 'Choose by what has to be fixed, not by where the customer noticed it.',
          },
        ],
        resources: ['Ticket form', 'Category list with examples', 'Priority matrix'],
      },
      fields: [
        {
          key: 'Case_Priority',
          label: 'Priority',
          type: 'DROPDOWN',
          required: true,
          options: levelOptions,
          help: 'How urgent it is for the customer; impact and tier do the rest.',
        },
        { key: 'Case_Remarks', label: 'Remarks for the record', type: 'LONG_TEXT' },
      ],
      effects: [{ kind: 'SET_URGENCY', field: 'Case_Priority', map: levelMap }],
    },
    {
      kind: 'TASK',
      key: 'research-issue',
      title: 'Research issue or seek additional information if necessary',
      optional: true,
      instructions: {
        purpose: 'Close the gap between what you know and what a reliable answer takes.',
        desiredResult: 'Findings with their sources, and a clear statement of what remains uncertain.',
        howTo: [
          'Start with our own articles, then go outwards: documents, web, people.',
          'Ask an expert one precise question and enclose what you tried.',
          'Tick every source you used, also the ones that gave nothing.',
        ],
        pitfalls: [
          {
            pitfall: 'Research goes on without an end.',
            remedy: 'Set yourself an hour, then decide with what you have or ask for help.',
          },
          {
            pitfall: 'An answer from the web is for another version.',
            remedy: 'Check date and version, and try it before passing it on.',
          },
        ],
        resources: ['Knowledge base', 'Internal documents', 'List of experts by subject', 'Team chat'],
      },
      fields: [
        {
          key: 'Research_Resources',
          label: 'Resources used',
          type: 'MULTI_CHOICE',
          options: [
            'Knowledge Base',
            'Internal Documentation',
            'Search Engines',
            'Subject Matter Experts',
            'Collaboration Tools',
          ],
        },
        { key: 'Research_Findings', label: 'Findings', type: 'LONG_TEXT', required: true },
      ],
      effects: [],
    },
    {
      kind: 'APPROVAL',
      key: 'approval-customer-information-verification',
      title: 'Approval: Customer Information Verification',
      instructions: {
        purpose: 'Make sure that we speak with the right person before anything is disclosed or changed.',
        desiredResult: 'Name, contact data and identity check are confirmed by the team lead.',
        howTo: [
          'Compare the recorded data with the profile and the sender of the message.',
          'Judge whether the identity check is enough for what is being asked.',
          'On rejection, say which detail has to be asked again.',
        ],
        pitfalls: [
          {
            pitfall: 'A stranger asks in the name of a known customer.',
            remedy: 'Have the agent call back on the number in the profile.',
          },
        ],
        resources: ['Answers of the first step', 'Customer profile', 'Rules on disclosing data'],
      },
      approval: {
        subjects: ['receive-inbound-communication'],
        approvers: { role: 'TEAM_LEAD' },
        onReject: 'REDO',
      },
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'determine-solution-or-answer',
      title: 'Determine appropriate solution or answer',
      instructions: {
        purpose: 'Choose the solution that helps this customer and that we can stand by.',
        desiredResult: 'One solution or answer, worked out far enough to be carried out.',
        howTo: [
          'List the options, also the one of doing nothing, with effort and risk.',
          'Check the favourite against policy, contract and what the customer can do alone.',
          'Test it, or have it confirmed by somebody who has done it.',
        ],
        pitfalls: [
          {
            pitfall: 'Sources contradict each other.',
            remedy: 'Trust the one you can test, and report the wrong one for correction.',
          },
          {
            pitfall: 'The proper solution needs a right you do not have.',
            remedy: 'Ask your lead now instead of offering a weaker one.',
          },
        ],
        resources: ['Research findings', 'Company policies', 'Solutions of similar tickets'],
      },
      fields: [
        {
          key: 'Solution_or_Answer',
          label: 'Solution or answer',
          type: 'LONG_TEXT',
          required: true,
        },
      ],
      effects: [{ kind: 'RECORD_RESOLUTION', field: 'Solution_or_Answer' }],
    },
    {
      kind: 'TASK',
      key: 'communicate-solution-or-answer',
      title: 'Communicate the solution or answer to the customer',
      customerVisible: true,
      instructions: {
        purpose: 'Get the answer across so that the customer can act on it at first reading.',
        desiredResult: 'The customer has the answer in their own language, with the actions in order.',
        howTo: [
          'Answer the question in the first sentence, explain afterwards.',
          'Write one action a line, with the name of the button as it appears.',
          'Add a link or a picture where words need more than three lines.',
          'Set the follow-up so that the customer had time to try it, two working days as a rule.',
        ],
        pitfalls: [
          {
            pitfall: 'The text is full of our own abbreviations.',
            remedy: 'Read it once as somebody who has never seen the product.',
          },
          {
            pitfall: 'The customer does not like the answer.',
            remedy: 'Explain the reason, offer what is possible, and stay friendly about it.',
          },
        ],
        resources: ['Canned replies', 'Screenshots', 'Articles to link'],
      },
      fields: [
        {
          key: 'Answer_Text',
          label: 'Answer in words for the customer',
          type: 'LONG_TEXT',
          required: true,
          help: 'Sent as written, between a greeting and your name.',
        },
        {
          key: 'Follow_Up_Date',
          label: 'Date of the follow-up',
          type: 'DATE',
          required: true,
          help: 'The follow-up is due at the close of business of this day, or of the next open one.',
        },
      ],
      effects: [
        {
          kind: 'SEND_MESSAGE',
          subject: 'Solution or Answer to {{form.Issue_or_Question_Description}}',
          body: letter(
            'You asked us about: {{form.Issue_or_Question_Description}}',
            '{{form.Answer_Text}}',
            'We will ask again whether this helped. Until then, a reply to this message reaches us directly.',
          ),
        },
      ],
    },
    {
      kind: 'TASK',
      key: 'follow-up-with-customer',
      title: 'Follow up with customer to ensure their issue has been resolved',
      customerVisible: true,
      due: {
        after: { from: 'DATE_FIELD', field: 'Follow_Up_Date' },
        counting: 'SHIFT_TO_BUSINESS_DAY',
        remindBefore: [24],
      },
      instructions: {
        purpose: 'Learn from the customer, not from the silence, whether the answer worked.',
        desiredResult: 'An outcome in the customer’s words, and a decision whether to escalate.',
        howTo: [
          'Get in touch on the day that was set with the answer: the step is due then.',
          'Ask whether the original aim was reached, not whether the message arrived.',
          'Choose Not resolved as soon as anything of the original issue is left.',
        ],
        pitfalls: [
          {
            pitfall: 'The customer cannot be reached.',
            remedy: 'Try a second channel at another time of day, then note both attempts.',
          },
          {
            pitfall: 'A new question comes up during the follow-up.',
            remedy: 'Open a ticket for it and keep this outcome about the first one.',
          },
        ],
        resources: ['Conversation on the ticket', 'Telephone', 'Calendar'],
      },
      fields: [
        {
          key: 'Follow_Up_Outcome',
          label: 'Outcome',
          type: 'DROPDOWN',
          required: true,
          options: ['Resolved', 'Not resolved'],
        },
        { key: 'Follow_Up_Notes', label: 'What the customer said', type: 'LONG_TEXT' },
      ],
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'update-case-or-ticket',
      title: 'Update case or ticket in course management system',
      instructions: {
        purpose: 'Bring the record in line with what the follow-up has shown.',
        desiredResult: 'Status and priority tell the truth about the case at this moment.',
        howTo: [
          'Choose Closed only when the follow-up says Resolved; it marks the ticket as resolved.',
          'Choose In Progress while somebody is working on it, Open when nobody is.',
          'Change the priority if the stakes have grown or gone.',
        ],
        pitfalls: [
          {
            pitfall: 'An unsolved case is set to Closed to tidy the queue.',
            remedy: 'Leave it In Progress and escalate; the clock is there to help you.',
          },
          {
            pitfall: 'Agreements made by telephone are nowhere in the ticket.',
            remedy: 'Add them as remarks here, with the date.',
          },
        ],
        resources: ['Ticket time line', 'Follow-up notes', 'Meaning of each status'],
      },
      fields: [
        {
          key: 'Case_Status',
          label: 'Status',
          type: 'DROPDOWN',
          required: true,
          options: ['Open', 'In Progress', 'Closed'],
        },
        {
          key: 'Changed_Priority',
          label: 'New priority',
          type: 'DROPDOWN',
          options: levelOptions,
          help: 'Empty: the priority stays as it is.',
        },
        { key: 'Update_Remarks', label: 'What is new', type: 'LONG_TEXT' },
      ],
      effects: [
        {
          kind: 'SET_STATUS',
          field: 'Case_Status',
          map: { Open: 'OPEN', 'In Progress': 'OPEN', Closed: 'RESOLVED' },
          resolutionField: 'Solution_or_Answer',
        },
        { kind: 'SET_PRIORITY', field: 'Changed_Priority', map: levelMap },
      ],
    },
    {
      kind: 'TASK',
      key: 'escalate-issue',
      title: 'Escalate issue if resolution is not found',
      when: [[{ form: 'Follow_Up_Outcome', operator: 'IS', value: 'Not resolved' }]],
      instructions: {
        purpose: 'Bring an issue that is stuck to somebody with more knowledge or more authority.',
        desiredResult: 'The next level has the case, the reason and everything tried so far.',
        howTo: [
          'State what is needed from the next level: a skill, a decision or a right.',
          'List what was tried and why it did not do.',
          'Tell the customer that a senior colleague is joining, and stay reachable.',
        ],
        pitfalls: [
          {
            pitfall: 'It is unclear who should receive it.',
            remedy: 'Leave the receiver empty; the team’s escalation target takes it.',
          },
          {
            pitfall: 'The receiver sends it back for lack of detail.',
            remedy: 'Write the reason as if nobody will be able to ask you.',
          },
        ],
        resources: ['Escalation target of the team', 'Escalation guide', 'Ticket time line'],
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
      kind: 'APPROVAL',
      key: 'approval-team-leader-for-escalation',
      title: 'Approval: Team Leader for Escalation',
      when: [[{ form: 'Follow_Up_Outcome', operator: 'IS', value: 'Not resolved' }]],
      instructions: {
        purpose: 'Let the team lead confirm that the escalation is warranted and well prepared.',
        desiredResult: 'Only cases that truly exceed the team occupy the next level.',
        howTo: [
          'Ask whether somebody in the team could still solve it today.',
          'Check that reason and attempts are complete.',
          'On rejection, name the attempt that should be made first.',
        ],
        pitfalls: [
          {
            pitfall: 'A justified escalation is refused to keep the figures low.',
            remedy: 'Weigh what another day costs the customer, then decide.',
          },
        ],
        resources: ['Reason for escalating', 'Skills in the team', 'Escalation guide'],
      },
      approval: {
        subjects: ['escalate-issue'],
        approvers: { role: 'TEAM_LEAD' },
        onReject: 'REDO',
      },
      effects: [],
    },
    {
      kind: 'TASK',
      key: 'coordinate-with-other-departments',
      title: 'Coordinate with other departments if necessary',
      optional: true,
      instructions: {
        purpose: 'Get the contributions of other departments without losing sight of the case.',
        desiredResult: 'Every department involved has a written request, an owner and a date.',
        howTo: [
          'Choose only departments that have to do something, not those that might like to know.',
          'Put the background, the wish and the customer’s deadline into the brief.',
          'Agree on a date with the owner before entering it.',
        ],
        pitfalls: [
          {
            pitfall: 'Every department believes that another one is on it.',
            remedy: 'Name one owner and what exactly is expected of each.',
          },
          {
            pitfall: 'The other side has different priorities.',
            remedy: 'Show what waiting costs the customer and let the leads agree on a date.',
          },
        ],
        resources: ['Department contacts', 'Brief template', 'Shared calendar'],
      },
      fields: [
        {
          key: 'Departments',
          label: 'Departments',
          type: 'MULTI_CHOICE',
          required: true,
          options: ['Sales', 'Marketing', 'Engineering', 'Product', 'Account Management'],
        },
        { key: 'Coordination_Brief', label: 'Brief', type: 'LONG_TEXT', required: true },
        {
          key: 'Coordination_Owner',
          label: 'Owner',
          type: 'MEMBERS',
          max: 1,
          help: 'Who answers for these requests; empty: nobody yet.',
        },
        { key: 'Coordination_Due_Date', label: 'Needed by', type: 'DATE' },
      ],
      effects: [
        {
          kind: 'COORDINATE',
          field: 'Departments',
          briefField: 'Coordination_Brief',
          ownerField: 'Coordination_Owner',
          dueField: 'Coordination_Due_Date',
        },
      ],
    },
    {
      kind: 'TASK',
      key: 'prepare-interaction-report',
      title: 'Prepare report of customer interaction',
      instructions: {
        purpose: 'Keep the essence of the interaction for those who review and learn from it.',
        desiredResult: 'A draft report that shows issue, course and outcome on one page.',
        howTo: [
          'Write issue, turning points and outcome; the desk adds times and messages.',
          'Say what went well and what you would do differently.',
          'Mention a pattern if you have seen this more than once lately.',
        ],
        pitfalls: [
          {
            pitfall: 'It is written a week later from memory.',
            remedy: 'Note key points on the ticket as you go and collect them here.',
          },
          {
            pitfall: 'Opinions read like facts.',
            remedy: 'Quote the customer, and mark conclusions as yours.',
          },
        ],
        resources: ['Ticket time line', 'Internal notes', 'Earlier interaction reports'],
      },
      fields: [
        {
          key: 'Interaction_Summary',
          label: 'Summary for the interaction report',
          type: 'LONG_TEXT',
          required: true,
        },
      ],
      effects: [{ kind: 'DRAFT_REPORT', report: 'INTERACTION', field: 'Interaction_Summary' }],
    },
    {
      kind: 'TASK',
      key: 'perform-quality-assurance',
      title: 'Perform Quality Assurance for service provided',
      assign: [{ to: 'ROLE', role: 'TEAM_LEAD' }],
      instructions: {
        purpose: 'Measure the service on five counts, with the same yardstick for everybody.',
        desiredResult: 'Five scores from 1 to 5, each of which you could back with a passage of the ticket.',
        howTo: [
          'Read the whole thread before giving the first score.',
          'Score each count by itself; a friendly tone does not make a late answer timely.',
          'Name in the summary one strength to keep and one thing to practise.',
        ],
        pitfalls: [
          {
            pitfall: 'Sympathy or an old quarrel colours the scores.',
            remedy: 'Note the passage behind each score; hand the review over if you cannot be fair.',
          },
          {
            pitfall: 'All five scores come out at the middle.',
            remedy: 'Use the descriptions of 1 and 5, and commit yourself where the case is clear.',
          },
        ],
        resources: ['Scoring guide', 'Interaction report', 'Service level results', 'Survey answer'],
      },
      fields: [
        {
          key: 'Communication',
          label: 'Communication',
          type: 'RATING',
          required: true,
          min: 1,
          max: 5,
        },
        { key: 'Timeliness', label: 'Timeliness', type: 'RATING', required: true, min: 1, max: 5 },
        { key: 'Accuracy', label: 'Accuracy', type: 'RATING', required: true, min: 1, max: 5 },
        {
          key: 'Problem_Solving',
          label: 'Problem-solving',
          type: 'RATING',
          required: true,
          min: 1,
          max: 5,
        },
        {
          key: 'Customer_Satisfaction',
          label: 'Customer Satisfaction',
          type: 'RATING',
          required: true,
          min: 1,
          max: 5,
        },
        { key: 'Quality_Summary', label: 'Summary of the review', type: 'LONG_TEXT' },
      ],
      effects: [
        {
          kind: 'REVIEW_QUALITY',
          criteria: [
            { field: 'Communication', label: 'Communication' },
            { field: 'Timeliness', label: 'Timeliness' },
            { field: 'Accuracy', label: 'Accuracy', failBelow: 3 },
            { field: 'Problem_Solving', label: 'Problem-solving' },
            { field: 'Customer_Satisfaction', label: 'Customer Satisfaction' },
          ],
          summaryField: 'Quality_Summary',
        },
      ],
    },
    {
      kind: 'APPROVAL',
      key: 'approval-quality-assurance-manager',
      title: 'Approval: Quality Assurance Manager',
      instructions: {
        purpose: 'Keep reviews comparable across teams, and release the interaction report.',
        desiredResult: 'Scores that hold up beside those of other teams, and an approved report.',
        howTo: [
          'Check one or two scores against the thread.',
          'Compare the level with recent reviews of other teams.',
          'On rejection, name the score and the passage that contradicts it.',
        ],
        pitfalls: [
          {
            pitfall: 'Teams drift apart in how strictly they score.',
            remedy: 'Score one ticket together once a month and settle the differences.',
          },
        ],
        resources: ['Quality review', 'Interaction report', 'Scoring guide'],
      },
      approval: {
        subjects: ['perform-quality-assurance'],
        approvers: { role: 'QA_MANAGER' },
        onReject: 'KEEP',
        timeout: { afterHours: 16, counting: 'BUSINESS_DAYS', action: 'REMIND' },
      },
      effects: [{ kind: 'APPROVE_REPORT', report: 'INTERACTION' }],
    },
    {
      kind: 'TASK',
      key: 'close-case-or-ticket',
      title: 'Close case or ticket in course management system',
      customerVisible: true,
      instructions: {
        purpose: 'Finish the case for good and tell the customer so.',
        desiredResult: 'The ticket is closed, the resolution is the final one, the report is archived.',
        howTo: [
          'Check that departments and escalation have nothing left to deliver.',
          'Enter the final resolution if it is not the one first given to the customer.',
          'Add the customer’s last remarks to the closing notes.',
        ],
        pitfalls: [
          {
            pitfall: 'The case is done but nobody closes it.',
            remedy: 'Close it the day the review is approved; look at your done list every evening.',
          },
          {
            pitfall: 'The recorded resolution is the attempt that failed.',
            remedy: 'Write down what finally helped before completing the step.',
          },
        ],
        resources: ['Ticket time line', 'Closing checklist', 'Coordination requests'],
      },
      fields: [
        { key: 'Closing_Notes', label: 'Closing notes', type: 'LONG_TEXT', required: true },
        {
          key: 'Final_Resolution',
          label: 'Final resolution',
          type: 'LONG_TEXT',
          help: 'Only where it differs from the solution first given.',
        },
      ],
      effects: [
        { kind: 'RECORD_RESOLUTION', field: 'Final_Resolution' },
        {
          kind: 'CLOSE_TICKET',
          notesField: 'Closing_Notes',
          subject: 'Your case {{ticket.number}} is closed',
          body: letter(
            'We have closed your case “{{form.Issue_or_Question_Description}}”.',
            'Thank you for working on it with us. Should it come up again, reply to this message.',
          ),
        },
        { kind: 'ARCHIVE_REPORT', report: 'INTERACTION' },
      ],
    },
    {
      kind: 'TASK',
      key: 'provide-feedback',
      title: 'Provide feedback to support team member if necessary',
      optional: true,
      assign: [{ to: 'ROLE', role: 'TEAM_LEAD' }],
      instructions: {
        purpose: 'Help the colleague who handled the case to grow by it.',
        desiredResult: 'Feedback that names a moment, its effect and one suggestion.',
        howTo: [
          'Begin with something that worked and should stay.',
          'Quote the passage you mean and say what it did to the customer.',
          'Offer help with the suggestion, a template or half an hour together.',
        ],
        pitfalls: [
          {
            pitfall: 'The feedback judges the person.',
            remedy: 'Describe what was done and what could be done instead.',
          },
          {
            pitfall: 'It comes weeks after the case.',
            remedy: 'Write three lines now; a conversation can follow.',
          },
        ],
        resources: ['Quality review', 'Conversation on the ticket', 'Coaching offers'],
      },
      fields: [
        {
          key: 'Feedback_to_Team_Member',
          label: 'Feedback',
          type: 'LONG_TEXT',
          required: true,
          help: 'Seen by the assignee and their lead only.',
        },
      ],
      effects: [{ kind: 'GIVE_FEEDBACK', field: 'Feedback_to_Team_Member' }],
    },
    {
      kind: 'TASK',
      key: 'collect-satisfaction-survey',
      title: 'Collect Customer satisfaction survey',
      customerVisible: true,
      after: ['close-case-or-ticket'],
      instructions: {
        purpose: 'Hear from the customer how the service was, in numbers that can be compared.',
        desiredResult:
          'A survey on overall satisfaction, responsiveness, clarity and professionalism is out.',
        howTo: [
          'Complete the step soon after closing; the desk mails the link.',
          'Watch for a low score and call the customer when one comes in.',
        ],
        pitfalls: [
          {
            pitfall: 'Only the very happy and the very angry answer.',
            remedy: 'Send it after every case without exception, and judge by the average over many.',
          },
          {
            pitfall: 'The same customer is surveyed every week.',
            remedy: 'Mention in the remarks that they were asked lately, and thank them for it.',
          },
        ],
        resources: ['Survey results', 'Satisfaction analytics'],
      },
      fields: [{ key: 'Survey_Remarks', label: 'Remarks on the survey', type: 'SHORT_TEXT' }],
      effects: [{ kind: 'INVITE_SURVEY' }],
    },
  ],
};
