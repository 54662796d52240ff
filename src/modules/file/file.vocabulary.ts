/** Whether the bytes of a file are there. */
export enum FileStatus {
  /** It was announced; its bytes have not come yet. */
  PENDING = 'PENDING',
  /** Its bytes are kept, and never change. */
  STORED = 'STORED',
}
