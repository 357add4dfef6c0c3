/** The person who does a deed, on either road; recorded with the deed. */
export type Actor = {
  /** The member's or sender's id; `office:…` for the console's shared log-in. */
  id: string
  /** As people read it. */
  name: string
  road: 'chat' | 'console'
  /** The console's shared log-in. It may organize and never approves, as it is not one person. */
  isOffice: boolean
}
