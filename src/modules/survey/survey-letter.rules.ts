/** What the desk writes about a survey. Pure. */

interface Occasion {
  customerName: string;
  ticketNumber: number;
  ticketSubject: string;
  /** The single-use link; belongs into the mail and nowhere else. */
  link: string;
  expiresAt: Date;
}

function longDate(moment: Date): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(moment);
}

/** The mail that invites to a survey. */
export function invitation({ customerName, ticketNumber, ticketSubject, link, expiresAt }: Occasion) {
  return {
    subject: `How did we do? Your request SD-${ticketNumber}`,
    text: [
      `Hello ${customerName},`,
      `how satisfied are you with our work on your request SD-${ticketNumber} (${ticketSubject})?`,
      'Four ratings and, if you like, a comment take less than a minute:',
      link,
      `The link is meant for you alone. It works once, until ${longDate(expiresAt)}.`,
      'Thank you for your help.',
    ].join('\n\n'),
  };
}

/** The mail that reminds of a survey, with a link of its own. */
export function reminder(occasion: Occasion) {
  const { customerName, ticketNumber, ticketSubject, link, expiresAt } = occasion;
  return {
    subject: `Reminder: how did we do? Your request SD-${ticketNumber}`,
    text: [
      `Hello ${customerName},`,
      `a week ago we asked how satisfied you are with our work on your request SD-${ticketNumber} (${ticketSubject}).`,
      'If you find a minute, we would still like to know:',
      link,
      `The link is meant for you alone. It works once, until ${longDate(expiresAt)}, and we will not ask again.`,
      'Thank you for your help.',
    ].join('\n\n'),
  };
}

export const REMINDER_NOTICE = 'A reminder of the satisfaction survey was sent by e-mail.';

/** What the thread says of it: without the link, which is not for everyone who reads the thread. */
export const INVITATION_NOTICE =
  'An invitation to a short satisfaction survey about this request was sent by e-mail.';
