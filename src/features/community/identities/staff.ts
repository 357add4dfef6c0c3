import { nameParts } from '../../../text/names/names.ts'
import type { Identity } from '../records/identity-records.ts'
import { type CommunityRecords, notTheSameKey, officersKey } from '../records/records.ts'
import type { IdentityLinks } from './identity-links.ts'
import { aliasesOf, type IdentityLedger } from './ledger.ts'
import { matchAlias } from './roster-index.ts'

type Parts = {
  records: Pick<CommunityRecords, 'officers' | 'notTheSame'>
  ledger: IdentityLedger
  links: Pick<IdentityLinks, 'index' | 'memberAfterMoves'>
}

const staffTitle = /^(?:组织者|指导员|讲师|主讲)|(?:组织者|指导员|讲师|主讲)$/u
const isStaffName = (alias: string) => nameParts(alias).some(part => staffTitle.test(part))

/** Finds the members who run the lessons: organizers, and people whose name in chat has such a title (「组织者-陈静」). */
export function createStaffFinder({ records, ledger, links }: Parts) {
  /** The only free row that the names of this person may mean, unless an organizer said that it is another person's. */
  async function rowMeantBy(identity: Identity): Promise<string[]> {
    const index = await links.index()
    const found = aliasesOf(identity).map(alias => matchAlias(index, alias))
    const sure = new Set(found.flatMap(one => one.sure))
    const [row, ...more] = sure.size > 0 ? sure : new Set(found.flatMap(one => one.maybe))
    if (!row || more.length > 0 || ledger.hasNow(row.id)) return []
    return (await records.notTheSame.get(notTheSameKey(identity.senderId, row.id))) ? [] : [row.id]
  }

  /** @returns as `Roster.staff`; of a person who is not confirmed yet also the row that the name may mean */
  return async (): Promise<ReadonlyMap<string, string>> => {
    const holders = (await records.officers.get(officersKey))?.holders ?? []
    const organizers = new Set(holders.flatMap(one => (one.role === 'organizer' ? [one.senderId] : [])))
    const staff = (await ledger.all()).filter(
      identity =>
        organizers.has(identity.senderId) ||
        // Old names are sorted out only where there is a title among them: this is asked at every sign-in.
        (identity.names.some(({ name }) => isStaffName(name)) && aliasesOf(identity).some(isStaffName)),
    )
    const found = await Promise.all(
      staff.map(async (identity): Promise<[string, string][]> => {
        const title = organizers.has(identity.senderId) ? '' : (aliasesOf(identity).find(isStaffName) ?? '')
        const ids = [await links.memberAfterMoves(identity.memberId), ...(await rowMeantBy(identity))]
        return ids.map(id => [id, title])
      }),
    )
    // A person with several chats is an organizer by any of them.
    return new Map(found.flat().sort(([, a], [, b]) => Number(b !== '') - Number(a !== '')))
  }
}
