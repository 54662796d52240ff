/** The words mail is described in. Pure. */

/** QUEUED waits for delivery; FAILED was given up after repeated attempts. */
export type MailState = 'QUEUED' | 'SENT' | 'FAILED';

/**
 * Why the last attempt failed, as far as anyone may know. REJECTED is the server's word about this mail
 * and final; the others are tried again.
 */
export type MailFailure = 'REJECTED' | 'UNREACHABLE' | 'TIMEOUT' | 'AUTHENTICATION' | 'OTHER';
