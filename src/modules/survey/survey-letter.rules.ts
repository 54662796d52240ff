/** What the desk writes about a survey. Pure. */

interface Occasion {
  customerName: string;
  ticketNumber: number;
  ticketSubject: string;
  /** The single-use link; belongs into the mail and nowhere else. */
  link: string;
  expiresAt: Date;
}

/** The mail that invites to a survey. */
export function invitation({ customerName, ticketNumber, ticketSubject, link, expiresAt }: Occasion) {
  const until = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(expiresAt);
  return {
    subject: `How did we do? Your request SD-${ticketNumber}`,
    text: [
      `Hello ${customerName},`,
      `how satisfied are you with our work on your request SD-${ticketNumber} (${ticketSubject})?`,
      'Four ratings and, if you like, a comment take less than a minute:',
      link,
      `The link is meant for you alone. It works once, until ${until}.`,
      'Thank you for your help.',
    ].join('\n\n'),
  };
}

/** What the thread says of it: without the link, which is not for everyone who reads the thread. */
export const INVITATION_NOTICE =
  'An invitation to a short satisfaction survey about this request was sent by e-mail.';
