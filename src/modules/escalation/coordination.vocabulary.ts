/** The words coordination is described in. Pure: the schema registers them in `coordination.enums.ts`. */

/** Whether a request to another department still waits for its answer. */
export enum CoordinationStatus {
  OPEN = 'OPEN',
  DONE = 'DONE',
}
