import { describe, expect, test } from '@jest/globals';
import type { Values } from '../../../src/modules/import/import.columns.rules.js';
import { type ImportedTicket, judge, latestIn } from '../../../src/modules/import/import.rules.js';

const now = new Date('2026-03-14T09:00:00Z');
const exportedAt = new Date('2023-06-02T00:55:33Z');
const EARLY = '2023-06-01 08:00:00';
const LATE = '2023-06-01 20:30:00';
const early = new Date('2023-06-01T08:00:00Z');
const late = new Date('2023-06-01T20:30:00Z');

const good: Values = {
  ticketId: '17',
  customerName: 'Ada Brook',
  customerEmail: 'Ada@Example.com',
  productPurchased: 'Aero Drone',
  ticketType: 'Refund request',
  ticketSubject: 'Refund',
  ticketDescription: 'Please refund\n\nmy {product_purchased}. ',
  ticketStatus: 'Closed',
  resolution: 'Refunded.',
  ticketPriority: 'Critical',
  ticketChannel: 'Social media',
  firstResponseTime: EARLY,
  timeToResolution: LATE,
  customerSatisfactionRating: '4.0',
};
const verdictOn = (values: Partial<Values>) => judge({ ...good, ...values }, { now, exportedAt });

describe('a row without fault', () => {
  test('becomes a ticket as it stands', () => {
    expect(verdictOn({})).toEqual({
      reasons: [],
      ticket: {
        externalId: 'customer-support-tickets:17',
        customer: { name: 'Ada Brook', email: 'ada@example.com' },
        subject: 'Refund',
        description: 'Please refund\n\nmy {product_purchased}. ',
        status: 'CLOSED',
        priority: 'CRITICAL',
        channel: 'SOCIAL_MEDIA',
        type: 'Refund request',
        product: 'Aero Drone',
        resolution: 'Refunded.',
        rating: 4,
        imported: null,
        createdAt: early,
        updatedAt: late,
        firstResponseAt: early,
        resolvedAt: late,
        closedAt: late,
      },
    });
  });

  test.each<[keyof ImportedTicket, keyof Values, string, string]>([
    ['status', 'ticketStatus', 'Open', 'OPEN'],
    ['status', 'ticketStatus', ' Pending Customer Response ', 'PENDING'],
    ['priority', 'ticketPriority', 'Low', 'LOW'],
    ['priority', 'ticketPriority', 'Medium', 'MEDIUM'],
    ['priority', 'ticketPriority', 'High', 'HIGH'],
    ['channel', 'ticketChannel', 'Email', 'EMAIL'],
    ['channel', 'ticketChannel', 'Phone', 'PHONE'],
    ['channel', 'ticketChannel', 'Chat', 'CHAT'],
  ])('its %s is read from %s: %s', (property, column, text, word) => {
    expect(verdictOn({ [column]: text }).ticket?.[property]).toBe(word);
  });

  test('may lack what a ticket can be without', () => {
    const verdict = verdictOn({
      ticketStatus: 'Open',
      productPurchased: '',
      ticketType: ' ',
      resolution: '',
      firstResponseTime: '',
      timeToResolution: '',
      customerSatisfactionRating: '',
    });
    expect(verdict.reasons).toEqual([]);
    expect(verdict.ticket).toMatchObject({ product: null, type: null, resolution: null, rating: null });
  });
});

describe('a row that makes no ticket', () => {
  test.each<[Partial<Values>, string]>([
    [{ ticketId: '' }, 'Ticket ID is empty'],
    [{ ticketId: '0017' }, 'Ticket ID is "0017", which is no whole number from 1'],
    [{ customerEmail: '' }, 'Customer Email is empty'],
    [{ customerEmail: 'ada at home' }, 'Customer Email is "ada at home", which is no e-mail address'],
    [{ ticketSubject: ' \n ' }, 'Ticket Subject is empty'],
    [{ ticketSubject: 'x'.repeat(256) }, 'Ticket Subject has 256 characters, more than 255'],
    [
      { ticketDescription: 'x'.repeat(100_001) },
      'Ticket Description has 100001 characters, more than 100000',
    ],
    [
      { ticketStatus: 'open' },
      'Ticket Status is "open", which is none of Open, Pending Customer Response, Closed',
    ],
    [{ ticketStatus: 'constructor' }, 'Ticket Status is "constructor", which is none of'],
    [{ ticketPriority: '' }, 'Ticket Priority is empty'],
    [
      { ticketPriority: 'Urgent' },
      'Ticket Priority is "Urgent", which is none of Low, Medium, High, Critical',
    ],
    [{ ticketChannel: 'Fax' }, 'Ticket Channel is "Fax", which is none of Email, Phone, Chat, Social media'],
    [{ resolution: 'done\0' }, 'Resolution holds a NUL character'],
  ])('%j', (values, reason) => {
    const verdict = verdictOn(values);
    expect(verdict.ticket).toBeNull();
    expect(verdict.reasons).toHaveLength(1);
    expect(verdict.reasons[0]).toContain(reason);
  });

  test('tells every fault at once', () => {
    const faulty = {
      ticketId: 'x',
      customerEmail: '',
      ticketSubject: '',
      ticketStatus: '',
      ticketPriority: '',
    };
    expect(verdictOn({ ...faulty, ticketChannel: '' }).reasons).toHaveLength(6);
  });
});

describe('a ticket imported with a remark', () => {
  test.each<[Partial<Values>, Partial<ImportedTicket>, string]>([
    [
      { customerSatisfactionRating: '6' },
      { rating: null, imported: { customerSatisfactionRating: '6' } },
      'Customer Satisfaction Rating is "6", which is no whole number from 1 to 5',
    ],
    [
      { firstResponseTime: 'soon' },
      { firstResponseAt: null, createdAt: late, resolvedAt: late, imported: { firstResponseTime: 'soon' } },
      'First Response Time is "soon", which is no moment',
    ],
    [
      { productPurchased: 'x'.repeat(256) },
      { product: null, imported: { productPurchased: 'x'.repeat(256) } },
      'Product Purchased has 256 characters',
    ],
    [{ customerName: '' }, { customer: { name: 'ada', email: 'ada@example.com' } }, 'Customer Name is empty'],
    [{ ticketDescription: '' }, { description: '' }, 'Ticket Description is empty'],
    [
      { firstResponseTime: LATE, timeToResolution: EARLY },
      {
        status: 'CLOSED' as ImportedTicket['status'],
        createdAt: early,
        updatedAt: late,
        firstResponseAt: late,
        resolvedAt: null,
        closedAt: late,
        imported: { firstResponseTime: LATE, timeToResolution: EARLY },
      },
      `Time to Resolution ${EARLY} lies before First Response Time ${LATE}: imported without a time of ` +
        `resolution; kept: the first response, the status Closed as of ${LATE}, and the times of the file`,
    ],
  ])('%j', (values, ticket, remark) => {
    const verdict = verdictOn(values);
    expect(verdict.ticket).toMatchObject(ticket);
    expect(verdict.reasons).toHaveLength(1);
    expect(verdict.reasons[0]).toContain(remark);
  });

  test('keeps what it could not read of a closed ticket, and closes it when the file was written', () => {
    const verdict = verdictOn({ firstResponseTime: '', timeToResolution: '2023-13-01 00:00:00' });
    expect(verdict.reasons).toHaveLength(2);
    expect(verdict.ticket).toMatchObject({
      createdAt: exportedAt,
      closedAt: exportedAt,
      resolvedAt: null,
      imported: { timeToResolution: '2023-13-01 00:00:00' },
    });
  });
});

test('the latest moment of a row passes over what is none', () => {
  expect(latestIn({ ...good, firstResponseTime: LATE, timeToResolution: EARLY }, now)).toEqual(late);
  expect(
    latestIn({ ...good, firstResponseTime: EARLY, timeToResolution: '2203-06-01 00:00:00' }, now),
  ).toEqual(early);
  expect(latestIn({ ...good, firstResponseTime: '', timeToResolution: 'x' }, now)).toBeNull();
});
