import type { Identity } from '../records/identity-records.ts'
import { type CommunityRecords, type OfficerRole, officersKey } from '../records/records.ts'
import { type IdentityLedger, isProven } from './ledger.ts'

type Parts = {
  records: Pick<CommunityRecords, 'officers'>
  ledger: Pick<IdentityLedger, 'get' | 'of'>
  /** Whether the id of a person heard in a group leads to a private chat with them. */
  reachesPrivate(senderId: string): boolean
}
export type RoleAddresses = ReturnType<typeof createRoleAddresses>

/** Where to write to people about their roles: a role may hang on an id that leads to no private chat. */
export function createRoleAddresses({ records, ledger, reachesPrivate }: Parts) {
  const canBeWrittenTo = ({ senderId, isPrivate }: Identity) => isPrivate === true || reachesPrivate(senderId)

  /** @returns an id that this person can be written to; the same one where no better is known */
  async function addressFor(senderId: string): Promise<string> {
    const own = await ledger.get(senderId)
    if (!own || canBeWrittenTo(own)) return senderId
    const others = (await ledger.of(own.memberId)).filter(isProven)
    return others.find(canBeWrittenTo)?.senderId ?? senderId
  }

  const addressesFor = async (senderIds: Iterable<string>): Promise<string[]> => [
    ...new Set(await Promise.all([...senderIds].map(addressFor))),
  ]

  return {
    canBeWrittenTo,
    addressesFor,
    /** An address of each person who holds this role. */
    async holders(role: OfficerRole): Promise<string[]> {
      const all = (await records.officers.get(officersKey))?.holders ?? []
      return addressesFor(all.filter(holder => holder.role === role).map(({ senderId }) => senderId))
    },
  }
}
