/** How an attempt at something privileged ended. Pure: registered in `audit.entity.ts`. */
export enum AuditOutcome {
  DONE = 'DONE',
  REFUSED = 'REFUSED',
}
