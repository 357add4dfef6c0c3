import { type Feature, inTopic } from '../../feature.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { ExportLog } from '../../ports/export-log.ts'
import type { GroupCards } from '../../ports/groups.ts'
import type { Roster } from '../../ports/roster.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import type { Store } from '../../ports/store.ts'
import { createNameMask } from '../../text/names.ts'
import { communityCommands } from './commands.ts'
import { createDirectory } from './directory.ts'
import { blankGroup, createGroupCards, type GroupCardDesk, groupCommands } from './group-cards.ts'
import { groupsPage } from './groups-page.ts'
import { createBinding } from './identities/binding.ts'
import { createConfirming } from './identities/confirming.ts'
import { createIdentityLedger, type LineAccount } from './identities/ledger.ts'
import { linkCommands } from './identities/link-codes.ts'
import { createLinking } from './identities/linking.ts'
import { identitiesPage } from './identities/page.ts'
import { createNewcomerWelcomes, type NewcomerWelcomes } from './newcomers.ts'
import { createOrganizerNotices } from './organizer-notices.ts'
import { createErasing } from './privacy/erasing.ts'
import { createExports } from './privacy/exports.ts'
import { exportsPage } from './privacy/exports-page.ts'
import { createPrivacyNotice } from './privacy/notice.ts'
import { type PrivacyFacts, sayPrivacyNotice } from './privacy/notice-words.ts'
import { ownDataCommands } from './privacy/own-data.ts'
import { type KeepDays, retentionJob } from './privacy/retention.ts'
import { type CommunityRecords, groupKey, openRecords } from './records.ts'
import { tellOfRenames } from './renames.ts'
import { createOfficersDesk, type OfficersDesk } from './roles/officers.ts'
import { rolesPage } from './roles/page.ts'
import { hasOrganizer } from './roles/rules.ts'
import { createBook } from './roster/book.ts'
import { createRosterDesk } from './roster/desk.ts'
import { rosterPage } from './roster/page.ts'
import { createSecretAttempts } from './secret-attempts.ts'
import { createUnboundGroups } from './unbound-groups.ts'

export { newClaimCode } from './roles/claim.ts'

type Parts = {
  store: Store
  clock: Clock
  outbox: Outbox
  scheduler: Scheduler
  /** What the first organizer types; see {@link newClaimCode}. A new one at every start. */
  claimCode: string
  /** Where people are heard now: ids are of one line and account only. */
  line(senderId: string): LineAccount
  /** Whether the id of somebody heard in a group leads to a private chat with them. Default: it does. */
  reachesPrivate?: (senderId: string) => boolean
  /** All features, whose records go along when somebody is erased or turns out to be somebody else. */
  features(): readonly Pick<Feature, 'personal' | 'aboutMember'>[]
  /** Whether 政治面貌 may be kept. */
  keepsParty: boolean
  keepDays: KeepDays
  /** Facts for the privacy notice. Default: no handler is named, and the times of the settings. */
  privacy?: PrivacyFacts
}

export type Community = {
  feature: Feature
  /** What organizers write down about the bound groups, and its page. */
  groups: {
    feature: Feature
    cards: GroupCards
    /** For the bot to tell what was said in a group that is not bound. */
    heardUnbound(message: Message): void
  }
  /** For the line to tell who joined a group. */
  newcomersJoined: NewcomerWelcomes['joined']
  directory: Directory
  roster: Roster
  exports: ExportLog
  /** The last name of this person there; undefined where the id was never heard. */
  lastName(senderId: string, groupId: string | undefined): Promise<string | undefined>
  /** Takes the names of everybody on the roster and in the groups out of a text that is sent elsewhere. */
  withoutNames(text: string): Promise<string>
  /** Learns the name of somebody known, where it came after the message. */
  learnName(message: Message): Promise<void>
  /** Makes this person organizer and binds this group; does nothing where there was ever an organizer. */
  setUpFirst(first: {
    organizer: { id: string; name: string }
    group: { id: string; name: string }
  }): Promise<void>
  /** Binds groups that nobody can bind from inside; changes nothing about those that are bound. */
  bindRobotGroups(groups: readonly { id: string; name: string }[]): Promise<void>
  /** The code to print at start; undefined once there is an organizer, as it is worth nothing then. */
  openClaimCode(): Promise<string | undefined>
}

/** @returns the name of a bound group; undefined for any other */
export function groupNames(store: Store): (groupId: string) => Promise<string | undefined> {
  const { groups } = openRecords(store)
  return async groupId => (await groups.get(groupKey(groupId)))?.name
}

/** Groups, members and roles: binding, claiming, and who is who for all other features. */
export function community(parts: Parts): Community {
  const { store, clock, outbox, claimCode } = parts
  const records = openRecords(store)
  const people = createPeople(parts, records)
  const { directory, exports } = people
  const officers = createOfficersDesk({
    ...people,
    outbox,
    clock,
    claimCode,
    isOnePerson: people.ledger.isOnePerson,
  })
  const cards = createGroupCards(records, clock)
  const unbound = createUnboundGroups(clock)
  const newcomers = createNewcomerWelcomes({ store, records, outbox, clock })
  return {
    groups: {
      feature: {
        name: 'groups',
        commands: inTopic('群', groupCommands(cards)),
        pages: [groupsPage({ cards, unbound })],
      },
      cards,
      heardUnbound: unbound.heard,
    },
    feature: communityFeature(parts, { records, people, officers, cards, newcomers }),
    newcomersJoined: newcomers.joined,
    directory,
    roster: directory,
    exports,
    async lastName(senderId, groupId) {
      const names = (await people.ledger.get(senderId))?.names ?? []
      return names.findLast(seen => seen.groupId === groupId)?.name
    },
    withoutNames: createNameRemover(people),
    async learnName(message) {
      if (await people.ledger.get(message.senderId)) await directory.recognise(message)
    },
    async setUpFirst({ organizer, group }) {
      if (hasOrganizer(await officers.officers())) return
      const boundAt = clock.now().toString()
      const bound = blankGroup({ ...group, boundAt, boundByName: organizer.name })
      await records.groups.update(groupKey(group.id), now => now ?? bound)
      // Last, so that a start that was cut short is done again.
      await officers.appointFirst({ senderId: organizer.id, name: organizer.name })
    },
    async bindRobotGroups(groups) {
      const boundAt = clock.now().toString()
      for (const group of groups) {
        const bound = blankGroup({ ...group, boundAt, boundByName: '设置' })
        await records.groups.update(groupKey(group.id), now => now ?? bound)
      }
    },
    openClaimCode: async () => (hasOrganizer(await officers.officers()) ? undefined : claimCode),
  }
}

type FeatureParts = {
  records: CommunityRecords
  people: People
  officers: OfficersDesk
  cards: GroupCardDesk
  newcomers: NewcomerWelcomes
}

/** The commands, pages and work of members and roles. */
function communityFeature(
  parts: Parts,
  { records, people, officers, cards, newcomers }: FeatureParts,
): Feature {
  const { clock, outbox } = parts
  const { binding, directory, exports, notice } = people
  return {
    name: 'community',
    commands: [
      ...inTopic('身份', communityCommands({ records, cards, directory, desk: officers, clock, notice })),
      ...inTopic('身份', binding.commands),
      ...inTopic('身份', linkCommands({ ...people, outbox, clock })),
      ...inTopic('隐私', ownDataCommands(people)),
    ],
    listen: async message => (await officers.hear(message)) ?? binding.listen(message),
    awaits: binding.awaits,
    personal: newcomers.personal,
    jobs: [retentionJob({ ...parts, ...people, records, dropParty: people.desk.dropParty })],
    sweeps: [
      ...binding.sweeps,
      ...notice.sweeps,
      newcomers.sweep,
      { name: 'member-moves', everySeconds: 20, run: people.linking.followMoves },
      { name: 'erasures', everySeconds: 60, run: people.erasing.goOn },
    ],
    pages: [
      rosterPage({ ...people, roster: directory, clock, aboutMember: factsFrom(parts.features) }),
      identitiesPage({ ...people, clock }),
      rolesPage({ ...people, officers, clock }),
      exportsPage({ exports, clock }),
    ],
  }
}

/** What all features know of one member, in their order. */
const factsFrom = (features: Parts['features']) => async (memberId: string) => {
  const found = await Promise.all(features().map(feature => feature.aboutMember?.(memberId)))
  return found.filter(facts => facts !== undefined)
}

/** Takes the names of everybody out of a text. Ten thousand names are put together once, until some are added. */
function createNameRemover({ book, ledger }: Pick<People, 'book' | 'ledger'>) {
  let made: { rows: unknown; count: number; masked: (text: string) => string } | undefined
  return async (text: string): Promise<string> => {
    const rows = await book.rows()
    const seen = (await ledger.all()).flatMap(({ names }) => names)
    if (made?.rows !== rows || made.count !== seen.length) {
      const masks = [...rows, ...seen].map(({ name }) => ({ name, mask: '〔姓名〕' }))
      made = { rows, count: seen.length, masked: createNameMask(masks) }
    }
    return made.masked(text)
  }
}

type People = ReturnType<typeof createPeople>

/** The roster, the chat identities, and what binds them together. */
function createPeople(parts: Parts, records: CommunityRecords) {
  const { store, clock, outbox, line, features, keepsParty, reachesPrivate = () => true } = parts
  const personal = () => features().flatMap(feature => feature.personal ?? [])
  const book = createBook(records.roster)
  const ledger = createIdentityLedger(records, { clock, line })
  const linking = createLinking({ records, ledger, book, clock, personal })
  const { members } = records
  const desk = createRosterDesk({ book, members, clock, keepsParty, matchAll: linking.matchAll })
  const renamed = tellOfRenames({ records, outbox, clock })
  const text = sayPrivacyNotice(parts.privacy)
  const notice = createPrivacyNotice({ records, ledger, outbox, clock, text })
  const { heardInPrivate } = notice
  const directory = createDirectory(records, {
    clock,
    book,
    ledger,
    linking,
    renamed,
    heardInPrivate,
    reachesPrivate,
  })
  const erasing = createErasing({ records, ledger, linking, book, outbox, clock, personal })
  const confirming = createConfirming({ records, ledger, linking, book, clock })
  const attempts = createSecretAttempts(records, clock)
  const notices = createOrganizerNotices({ outbox, directory, clock, attempts })
  const known = { records, ledger, linking, book, directory, outbox, clock, attempts, notices }
  const binding = createBinding(known)
  const exports = createExports(store, clock)
  return { ...known, desk, erasing, confirming, binding, exports, notice }
}
