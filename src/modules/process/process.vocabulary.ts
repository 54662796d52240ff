/** The words for where a process stands in its life. Pure. */
export enum ProcessState {
  /** Never published: nobody can start it. */
  DRAFT = 'DRAFT',
  /** New runs follow its newest version. */
  PUBLISHED = 'PUBLISHED',
  /** No new run; those that are active go on. */
  RETIRED = 'RETIRED',
}
