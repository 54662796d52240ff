/** What the desk puts around the text of a mail to a customer. Pure. */
import { REPLY_MARKER } from '../../platform/mail/quoted-text.rules.js';

/** @param answerable whether an answer by mail reaches the desk */
export function letterText(body: string, answerable: boolean): string {
  return answerable ? `${REPLY_MARKER}\n\n${body}` : body;
}

/** What a mail about a ticket that is resolved or closed says at its end. */
export function linkText(status: 'RESOLVED' | 'CLOSED', link: string): string {
  return status === 'RESOLVED'
    ? `Is it solved? Here you can say so, or open your request again:\n${link}`
    : `If it is not solved after all, you can open your request again here:\n${link}`;
}

/** The mail that tells of a resolution which somebody recorded by hand. */
export function resolutionLetter(customerName: string, resolution: string, agentName: string): string {
  return [
    `Hello ${customerName},`,
    'as far as we can tell, your request is solved:',
    resolution,
    `Kind regards\n${agentName}`,
  ].join('\n\n');
}
