import type { Feature } from '../../feature.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { GroupCards } from '../../ports/groups.ts'
import type { Roster } from '../../ports/roster.ts'
import type { Store } from '../../ports/store.ts'
import { communityCommands } from './commands.ts'
import { createDirectory } from './directory.ts'
import { createGroupCards, groupCommands } from './group-cards.ts'
import { groupsPage } from './groups-page.ts'
import { createOfficersDesk } from './officers.ts'
import { openRecords } from './records.ts'
import { createBook } from './roster-book.ts'
import { createRosterDesk } from './roster-desk.ts'
import { rosterPage } from './roster-page.ts'
import { hasOrganizer } from './rules.ts'

export { newClaimCode } from './claim.ts'

type Parts = {
  store: Store
  clock: Clock
  outbox: Outbox
  /** What the first organizer types; see {@link newClaimCode}. A new one at every start. */
  claimCode: string
}

export type Community = {
  feature: Feature
  /** What organizers write down about the bound groups, and its page. */
  groups: { feature: Feature; cards: GroupCards }
  directory: Directory
  roster: Roster
  /** The code to print at start; undefined once there is an organizer, as it is worth nothing then. */
  openClaimCode(): Promise<string | undefined>
}

/** Groups, members and roles: binding, claiming, and who is who for all other features. */
export function community({ store, clock, outbox, claimCode }: Parts): Community {
  const records = openRecords(store)
  const book = createBook(records.roster)
  const rosterDesk = createRosterDesk(records, { book, clock })
  const directory = createDirectory(records, { clock, book, desk: rosterDesk })
  const desk = createOfficersDesk({ records, outbox, clock, claimCode })
  const cards = createGroupCards(records)
  return {
    groups: {
      feature: { name: 'groups', commands: groupCommands(cards), pages: [groupsPage(cards)] },
      cards,
    },
    feature: {
      name: 'community',
      commands: communityCommands({ records, directory, desk, clock }),
      listen: desk.hear,
      pages: [rosterPage(rosterDesk)],
    },
    directory,
    roster: directory,
    openClaimCode: async () => (hasOrganizer(await desk.officers()) ? undefined : claimCode),
  }
}
