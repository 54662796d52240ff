import { Role } from '../../../src/platform/auth/viewer.js';
import {
  ApproveReportDocument,
  ArchiveReportDocument,
  EditReportDocument,
  type EditReportInput,
  EvidenceDocument,
  type ReportPartsFragment,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import type { TestDesk } from '../../support/desk.js';
import { toDraft } from '../quality/interaction.js';

export const edit = async (client: Client, input: EditReportInput) =>
  (await client.ask(EditReportDocument, { input })).editReport;
export const approve = async (client: Client, reportId: string, expectedVersion?: number) =>
  (await client.ask(ApproveReportDocument, { input: { reportId, expectedVersion } })).approveReport;
export const archive = async (client: Client, reportId: string, expectedVersion?: number) =>
  (await client.ask(ArchiveReportDocument, { input: { reportId, expectedVersion } })).archiveReport;

/** The report of a ticket, as a manager sees it. */
export async function reportOf(desk: TestDesk, ticketId: string): Promise<ReportPartsFragment> {
  const { ticket } = await (await desk.as(Role.MANAGER)).ask(EvidenceDocument, { id: ticketId });
  return ticket?.reports?.[0] as ReportPartsFragment;
}

/** A draft, of the demo's agent unless told otherwise. */
export async function draft(desk: TestDesk, by?: string): Promise<ReportPartsFragment> {
  return reportOf(desk, (await toDraft(desk, by)).ticketId);
}
