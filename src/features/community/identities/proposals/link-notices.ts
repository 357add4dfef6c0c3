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

/**
 * Writes the notices to each chat after a link was taken back: a role that came by the link is gone.
 * @param parted the chats that are another person now; `known` those that the member keeps
 * @returns nothing where none of the chats holds a role
 */
export function noticesOfParting(
  byName: string,
  { parted, known }: { parted: Chats; known: Chats },
  holders: Officers['holders'],
): { personId: string; text: string }[] {
  const rolesOf = (chats: Chats) =>
    new Set(
      holders.filter(one => chats.some(({ senderId }) => senderId === one.senderId)).map(({ role }) => role),
    )
  const toSide = (chats: Chats, others: Chats) => {
    const lost = [...rolesOf(others).difference(rolesOf(chats))].map(role => roleWords[role])
    const gone = lost.length > 0 ? `你在这里不再是${lost.join('、')}` : '身份也分开算'
    return chats.map(({ senderId }) => ({
      personId: senderId,
      text: `组织者${byName}撤回了：聊天账号${namesOf(others)}不再算你的另一个账号，${gone}。有疑问请直接问他。`,
    }))
  }
  if (known.length === 0 || rolesOf([...parted, ...known]).size === 0) return []
  return [...toSide(parted, known), ...toSide(known, parted)]
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
