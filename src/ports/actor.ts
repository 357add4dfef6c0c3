/** The person who does something in chat or on the console; recorded with it. */
export type Actor = {
  /** The member's or sender's id; `office:…` for the console's shared log-in. */
  id: string
  /** As people read it. */
  name: string
  road: 'chat' | 'console'
  /** The console's shared log-in. It may organize and never approves, as it is not one person. */
  isOffice: boolean
}
