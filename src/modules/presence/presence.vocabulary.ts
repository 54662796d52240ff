/** What somebody does at a ticket. */
export enum PresenceState {
  VIEWING = 'VIEWING',
  TYPING = 'TYPING',
  CLAIMING = 'CLAIMING',
  AWAY = 'AWAY',
}
