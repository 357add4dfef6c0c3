import { roleWords } from '../../../../ports/directory.ts'
import type { Identity } from '../../records/identity-records.ts'
import type { OfficerRole, Officers } from '../../records/records.ts'

type Chats = readonly Pick<Identity, 'senderId' | 'names'>[]

/**
 * Writes the notices to each chat after a link: linked chats have each other's roles, and both sides must be able to
 * object.
 * @param link the chats that were linked, those that the member had before, and those that the linked chat has left
 * @returns nothing where none of the chats holds a role
 */
export function noticesOfLink(
  byName: string,
  { linked, known, left }: { linked: Chats; known: Chats; left: Chats },
  holders: Officers['holders'],
): { personId: string; text: string }[] {
  const rolesOf = (chats: Chats) =>
    new Set(
      holders.filter(one => chats.some(({ senderId }) => senderId === one.senderId)).map(({ role }) => role),
    )
  const [ofLinked, ofKnown] = [rolesOf(linked), rolesOf(known)]
  const toSide = (chats: Chats, others: Chats, gains: string) =>
    others.length === 0
      ? []
      : chats.map(({ senderId }) => ({
          personId: senderId,
          text: `组织者${byName}把聊天账号${namesOf(others)}认作你的另一个账号，${gains}。不是你的，请马上告诉另一位组织者。`,
        }))
  const isOfRole = ofLinked.size + ofKnown.size > 0
  const joined = isOfRole
    ? [
        ...toSide(known, linked, gainsFor(ofKnown, ofLinked)),
        ...toSide(linked, known, gainsFor(ofLinked, ofKnown)),
      ]
    : []
  const parted = rolesOf([...left, ...linked]).size > 0 ? left : []
  return [
    ...joined,
    ...parted.map(({ senderId }) => ({
      personId: senderId,
      text: `组织者${byName}把聊天账号${namesOf(linked)}认作另一个人，它不再算你的账号，身份也分开算。有疑问请直接问他。`,
    })),
  ]
}

/** Says to one side which roles it gained from the other, and which the other gained. */
function gainsFor(own: ReadonlySet<OfficerRole>, others: ReadonlySet<OfficerRole>): string {
  const words = (roles: ReadonlySet<OfficerRole>) => [...roles].map(role => roleWords[role]).join('、')
  const [gained, given] = [others.difference(own), own.difference(others)]
  const told = [
    ...(gained.size > 0 ? [`你现在也是${words(gained)}`] : []),
    ...(given.size > 0 ? [`它现在也是${words(given)}`] : []),
  ]
  return told.length > 0 ? told.join('，') : '它现在和你有一样的身份'
}

const namesOf = (chats: Chats) =>
  chats.map(({ names }) => `「${names.at(-1)?.name ?? '（没有名字）'}」`).join('')
