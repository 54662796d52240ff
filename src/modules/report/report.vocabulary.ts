/** The words reports are described in. Pure: the schema registers them in `report.enums.ts`. */

/** What a report is about. */
export enum ReportKind {
  INTERACTION = 'INTERACTION',
  SERVICE = 'SERVICE',
  FINAL = 'FINAL',
}

/** Where a report stands; the moves are in `report.machine.ts`. */
export enum ReportStatus {
  DRAFT = 'DRAFT',
  APPROVED = 'APPROVED',
  ARCHIVED = 'ARCHIVED',
}
