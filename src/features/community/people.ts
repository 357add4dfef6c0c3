import type { Erased } from '../../erased.ts'
import type { Feature } from '../../feature.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PersonTurns } from '../../ports/person-turns.ts'
import type { Store } from '../../ports/store.ts'
import { createNameMask } from '../../text/names/names.ts'
import { createDirectory } from './directory.ts'
import { createEraser } from './eraser.ts'
import { createIdentityLinks } from './identities/identity-links.ts'
import { createIdentityLedger, type LineAccount } from './identities/ledger.ts'
import { createNameClaims } from './identities/name-claims.ts'
import { createIdentityConfirmation } from './identities/proposals/confirmation.ts'
import { createSharedRoles } from './identities/proposals/shared-roles.ts'
import { createRoleAddresses } from './identities/role-addresses.ts'
import { createOrganizerNotices } from './organizer-notices.ts'
import { createErasedPeople } from './privacy/erased.ts'
import { createExports } from './privacy/exports.ts'
import { createPrivacyNotice } from './privacy/notice.ts'
import { type PrivacyFacts, sayPrivacyNotice } from './privacy/notice-words.ts'
import type { CommunityRecords } from './records/records.ts'
import { tellOfRenames } from './renames.ts'
import { createRoleNotices } from './role-notices.ts'
import { createRosterActions } from './roster/actions.ts'
import { createRosterStore } from './roster/book.ts'
import { createSecretAttempts } from './secret-attempts.ts'

export type CommunityPeopleParts = {
  store: Store
  clock: Clock
  outbox: Outbox
  turns: PersonTurns
  /** The line and account that an id belongs to, which is one only. */
  line(senderId: string): LineAccount
  /** Whether the id of a person heard in a group leads to a private chat with them. Default: it does. */
  reachesPrivate?: (senderId: string) => boolean
  /** Whether the line of this person's id is in the settings. Default: it is. */
  isOnLine?: (senderId: string) => boolean
  /** Whether the bot receives messages of this group; nothing is kept of those where it does not. Default: it does. */
  receivesFrom?: (groupId: string) => boolean
  /** All features, whose records go along when a person is erased or turns out to be another person. */
  features(): readonly Pick<Feature, 'personal' | 'aboutMember'>[]
  /** Whether 政治面貌 may be kept. */
  keepsParty: boolean
  /** Facts for the privacy notice. Default: no handler is named, and the times of the settings. */
  privacy?: PrivacyFacts
  /** The first words of a welcome to newcomers. Default: {@link defaultWelcome}. */
  welcome?(): string
  /** One person may write and approve, so that no role needs a second yes. Default: false. */
  isOnePerson?: boolean
  /** Also keeps the list of erasures outside the store. Default: nowhere. */
  noteErased?(key: string, erased: Erased): Promise<void>
}

export type CommunityPeople = ReturnType<typeof createPeople>

/** The roster, the chat identities, and what binds them together. */
export function createPeople(parts: CommunityPeopleParts, records: CommunityRecords) {
  const { store, clock, outbox, line, features, keepsParty } = parts
  const { reachesPrivate = () => true, receivesFrom = () => true, isOnLine = () => true } = parts
  const personal = () => features().flatMap(feature => feature.personal ?? [])
  const book = createRosterStore(records.roster)
  const ledger = createIdentityLedger(records, { clock, line })
  const links = createIdentityLinks({ records, ledger, book, clock, personal })
  const { members } = records
  const rosterActions = createRosterActions({ book, members, clock, keepsParty, matchAll: links.matchAll })
  const roleAddresses = createRoleAddresses({ records, ledger, reachesPrivate })
  const base = { records, roleAddresses, ledger, links, book, outbox, clock }
  const renamed = tellOfRenames(base)
  const text = () => sayPrivacyNotice(parts.privacy)
  const notice = createPrivacyNotice({ ...base, text, receivesFrom })
  const { notePrivateMessage } = notice
  const directory = createDirectory(records, { ...base, renamed, notePrivateMessage, isOnLine })
  const { noteErased = async () => {} } = parts
  const erased = createErasedPeople({ store, clock, noteErased })
  const exports = createExports(store, clock)
  const erasing = createEraser({ ...base, personal, erased, exports, turns: parts.turns })
  const decided = createDecisions(base, parts)
  const attempts = createSecretAttempts(records, clock)
  const notices = createOrganizerNotices({ outbox, directory, clock, attempts })
  const known = { ...base, directory, attempts, notices }
  const nameClaims = createNameClaims(known)
  return { ...known, ...decided, rosterActions, erasing, erased, nameClaims, exports, notice }
}

type DecisionParts = Omit<
  Parameters<typeof createIdentityConfirmation>[0],
  'shared' | 'roleNotices' | 'isOnePerson'
> &
  Parameters<typeof createRoleNotices>[0]

/** Decisions of organizers about who is whom, with the words about the roles that follow from them. */
function createDecisions(parts: DecisionParts, { isOnePerson = false }: CommunityPeopleParts) {
  const roleNotices = createRoleNotices(parts)
  const shared = createSharedRoles({ ...parts, roleNotices })
  const confirmation = createIdentityConfirmation({ ...parts, roleNotices, shared, isOnePerson })
  return { confirmation, roleNotices, isOnePerson }
}

/**
 * Takes the names of all known people out of a text. Ten thousand names are put
 * together once, until some are added.
 */
export function createNameRemover({ book, ledger }: Pick<CommunityPeople, 'book' | 'ledger'>) {
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
