import { INVITATION_NOTICE, invitation } from '../../../src/modules/survey/survey-letter.rules.js';

describe('the invitation to a survey', () => {
  const letter = invitation({
    customerName: 'Mira Okafor',
    ticketNumber: 1042,
    ticketSubject: 'Scanner stays dark',
    link: 'https://desk.example/survey/s3cret',
    expiresAt: new Date('2026-04-13T23:59:59.000Z'),
  });

  test('names the customer, the request, the link on a line of its own, and its last day', () => {
    expect(letter.subject).toContain('SD-1042');
    expect(letter.text).toContain('Hello Mira Okafor,');
    expect(letter.text).toContain('SD-1042 (Scanner stays dark)');
    expect(letter.text.split('\n')).toContain('https://desk.example/survey/s3cret');
    expect(letter.text).toContain('until 13 April 2026');
  });

  test('has the link in its text alone', () => {
    expect(letter.subject).not.toContain('s3cret');
    expect(INVITATION_NOTICE).not.toContain('survey/');
  });
});
