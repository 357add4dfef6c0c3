import { type Feature, inTopic } from '../../feature.ts'
import { inOrder } from '../../listeners.ts'
import type { Message } from '../../ports/chat.ts'
import type { Directory } from '../../ports/directory.ts'
import type { ExportLog } from '../../ports/export-log.ts'
import type { GroupCards } from '../../ports/groups.ts'
import type { Roster } from '../../ports/roster.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import type { Store } from '../../ports/store.ts'
import { communityCommands } from './commands.ts'
import { createFirstRun, type FirstRun } from './first-run.ts'
import { membersFound, strangersFound } from './found-people.ts'
import { createGroupCards, type GroupCardActions, groupCommands } from './group-cards.ts'
import { groupsPage } from './groups-page.ts'
import { linkCommands } from './identities/link-codes.ts'
import { identitiesPage } from './identities/proposals/page.ts'
import { createNewcomerWelcomes, defaultWelcome, type NewcomerWelcomes } from './newcomers.ts'

export { defaultWelcome } from './newcomers.ts'

import { type CommunityPeople, type CommunityPeopleParts, createNameRemover, createPeople } from './people.ts'
import { exportsPage } from './privacy/exports-page.ts'
import { ownDataCommands } from './privacy/own-data.ts'
import { type KeepDays, retentionJob } from './privacy/retention.ts'
import { type CommunityRecords, groupKey, openCommunityRecords } from './records/records.ts'
import { applicationQuestions } from './roles/application-questions.ts'
import { createOfficerActions, type OfficerActions } from './roles/officers.ts'
import { rolesPage } from './roles/page.ts'
import { roleQuestions } from './roles/role-questions.ts'
import { hasOrganizer } from './roles/rules.ts'
import { rosterPage } from './roster/page.ts'
import { createUnboundGroups, type UnboundGroups } from './unbound-groups.ts'

export { newClaimCode } from './roles/claim.ts'

type Parts = CommunityPeopleParts & {
  scheduler: Scheduler
  /** Code by which the first organizer claims the bot; see {@link newClaimCode}. A new one at every start. */
  claimCode: string
  keepDays: KeepDays
}

export type Community = FirstRun & {
  feature: Feature
  /** Cards of the bound groups, and their page. */
  groups: {
    feature: Feature
    cards: GroupCards
    /** For the bot to tell what was said in a group that is not bound. */
    noteUnbound(message: Message): void
  }
  /** For the line to tell who joined a group. */
  newcomersJoined: NewcomerWelcomes['joined']
  directory: Directory
  roster: Roster
  exports: ExportLog
  /** The last name of this person there; undefined where the id never wrote. */
  lastName(senderId: string, groupId: string | undefined): Promise<string | undefined>
  /** Takes the names of all people on the roster and in the groups out of a text that is sent elsewhere. */
  withoutNames(text: string): Promise<string>
  /** Learns the name of a person known, where it came after the message. */
  learnName(message: Message): Promise<void>
  /** The code to print at start; undefined once there is an organizer, as it is worth nothing then. */
  openClaimCode(): Promise<string | undefined>
}

/** @returns the name of a bound group; undefined for any other */
export function groupNames(store: Store): (groupId: string) => Promise<string | undefined> {
  const { groups } = openCommunityRecords(store)
  return async groupId => (await groups.get(groupKey(groupId)))?.name
}

/** Groups, members and roles: binding, claiming, and who is who for all other features. */
export function community(parts: Parts): Community {
  const { store, clock, outbox, claimCode } = parts
  const records = openCommunityRecords(store)
  const people = createPeople(parts, records)
  const { directory, exports } = people
  const officers = createOfficerActions({
    ...people,
    clock,
    claimCode,
    identitiesOf: people.ledger.identitiesOf,
    provenIdsOf: people.ledger.provenIdsOf,
    completeLink: people.confirmation.completeLink,
  })
  const cards = createGroupCards(records, clock)
  const unbound = createUnboundGroups(clock)
  const newcomers = createNewcomerWelcomes({
    store,
    records,
    outbox,
    clock,
    welcome: parts.welcome ?? (() => defaultWelcome),
  })
  return {
    groups: {
      feature: groupsFeature(cards, unbound),
      cards,
      noteUnbound: unbound.note,
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
    ...createFirstRun({ records, people, officers, clock }),
    async openClaimCode() {
      // Where it is not known whether there is an organizer, the code must not make another one.
      const known = await officers.officers().catch(() => undefined)
      return known && !hasOrganizer(known) ? claimCode : undefined
    },
  }
}

const groupsFeature = (cards: GroupCardActions, unbound: UnboundGroups): Feature => ({
  name: 'groups',
  commands: inTopic('群', groupCommands(cards)),
  pages: [groupsPage({ cards, unbound })],
  async search(isFound) {
    const all = await cards.all()
    return all
      .filter(({ name, space, branch, tags }) => isFound(name, space, branch, ...tags))
      .map(({ name }) => ({ kind: '群', title: name, path: '/groups' }))
  },
})

type FeatureParts = {
  records: CommunityRecords
  people: CommunityPeople
  officers: OfficerActions
  cards: GroupCardActions
  newcomers: NewcomerWelcomes
}

const roleAnswers = (officers: OfficerActions, { rolesOf }: Directory) =>
  inOrder(roleQuestions(officers), applicationQuestions({ ...officers, rolesOf }))

/** The commands, pages and work of members and roles. */
function communityFeature(
  parts: Parts,
  { records, people, officers, cards, newcomers }: FeatureParts,
): Feature {
  const { clock, outbox } = parts
  const { nameClaims, directory, exports, notice } = people
  return {
    name: 'community',
    commands: [
      ...inTopic('身份', communityCommands({ records, cards, directory, officers, clock, notice })),
      ...inTopic('身份', nameClaims.commands),
      ...inTopic('身份', linkCommands({ ...people, outbox, clock })),
      ...inTopic('隐私', ownDataCommands(people)),
    ],
    listen: inOrder(officers.listen, roleAnswers(officers, directory), nameClaims.listen),
    awaits: nameClaims.awaits,
    start: people.erasing.replay,
    personal: newcomers.personal,
    jobs: [retentionJob({ ...parts, ...people, records, dropParty: people.rosterActions.dropParty })],
    sweeps: [
      ...nameClaims.sweeps,
      ...notice.sweeps,
      newcomers.sweep,
      officers.sweep,
      { name: 'member-moves', everySeconds: 20, run: people.links.followMoves },
      { name: 'erasures', everySeconds: 60, run: people.erasing.goOn },
    ],
    search: async isFound => [
      ...membersFound(await people.book.rows(), isFound),
      ...strangersFound(await people.confirmation.strangers(), isFound),
    ],
    async chores() {
      const { applications } = await officers.officers()
      const unsure = (await people.confirmation.proposals()).length
      return [
        ...(applications.length > 0
          ? [{ text: `${applications.length} 个身份申请等组织者同意`, path: '/roles' }]
          : []),
        ...(unsure > 0 ? [{ text: `${unsure} 个群里的名字要和名单核对`, path: '/identities' }] : []),
      ]
    },
    pages: [
      rosterPage({ ...people, roster: directory, clock, aboutMember: factsFrom(parts.features) }),
      identitiesPage({ ...people, clock }),
      rolesPage({ ...people, officers, clock }),
      exportsPage({ exports, clock }),
    ],
  }
}

/** Facts of all features about one member, in their order. */
const factsFrom = (features: Parts['features']) => async (memberId: string) => {
  const found = await Promise.all(features().map(feature => feature.aboutMember?.(memberId)))
  return found.filter(facts => facts !== undefined)
}
