import type { Outbox } from '../../outbox/index.ts'
import type { Clock } from '../../ports/clock.ts'
import { roleWords } from '../../ports/directory.ts'
import type { IdentityLedger } from './identities/ledger.ts'
import type { RoleAddresses } from './identities/role-addresses.ts'
import type { Identity } from './records/identity-records.ts'
import type { Application, OfficerRole } from './records/records.ts'

/** Notices about roles expire after this time. */
const noticeHours = 72

type Parts = {
  outbox: Outbox
  clock: Clock
  ledger: Pick<IdentityLedger, 'get' | 'identitiesOf' | 'provenIdsOf'>
  roleAddresses: Pick<RoleAddresses, 'addressesFor'>
}
export type RoleNotices = ReturnType<typeof createRoleNotices>
/** An application to link a chat with one that holds a role. */
export type LinkApplication = Application & { link: NonNullable<Application['link']> }

const powers: Record<OfficerRole, string> = {
  organizer: '组织者能给人身份',
  reviewer: '审核人能放行推送和知识',
  auditor: '审计员能看每一页',
}

/** Private words about roles: to who gets one, and to those who must agree. */
export function createRoleNotices({ outbox, clock, ledger, roleAddresses }: Parts) {
  const nowMs = () => clock.now().epochMilliseconds

  /** A person is told the same thing once, on whichever of their ids a role hangs. */
  async function tell(key: string, personIds: readonly string[], text: string): Promise<void> {
    const notAfter = clock.now().add({ hours: noticeHours })
    await outbox.post(
      (await roleAddresses.addressesFor(personIds)).map(personId => ({
        key: `${key}/${personId}`,
        target: { personId },
        kind: 'prompt' as const,
        reply: { text },
        notAfter,
      })),
    )
  }

  /** Chats that would get the role as well, since they are linked with this one. */
  async function sayOtherChats(senderId: string): Promise<string> {
    const others = [...(await ledger.provenIdsOf(senderId))].filter(id => id !== senderId)
    const named = await Promise.all(others.map(async id => (await ledger.get(id))?.names.at(-1)?.name))
    return named.length === 0
      ? ''
      : `他还用着聊天账号${named.map(name => `「${name ?? '（没有名字）'}」`).join('')}，那边也会有这个身份。`
  }

  /** Asks each of these chats for the second yes; those of the person that it is about in words of their own. */
  async function ask(
    number: number,
    { asked, isOwn }: { asked: readonly string[]; isOwn(chatId: string): boolean },
    { own, other }: { own: string; other: string },
  ): Promise<void> {
    const key = `role-consent-${number}-${nowMs()}`
    await tell(key, asked.filter(isOwn), own)
    await tell(
      key,
      asked.filter(id => !isOwn(id)),
      other,
    )
  }

  return {
    tell,

    /** Asks each of these chats for the second yes to a role. */
    async askForRole(application: Application, asked: readonly string[]) {
      const { number, name, senderId, role, agreed, isOffered } = application
      const theirs = await ledger.identitiesOf(senderId)
      const by = `组织者${agreed?.byName ?? ''}`
      const why = `${powers[role]}，要两个人点头才生效。`
      await ask(
        number,
        { asked, isOwn: id => theirs.has(id) },
        {
          own: `${by}${isOffered ? '请' : '同意'}你做${roleWords[role]}。${why}\n愿意，请回「同意 ${number}」；不愿意，请回「不同意 ${number}」。`,
          other: `${by}同意「${name}」做${roleWords[role]}。${why}${await sayOtherChats(senderId)}\n认识他、也同意，请回「同意 ${number}」；不同意请回「不同意 ${number}」。`,
        },
      )
    },

    /** Asks for the second yes to a link by which roles pass; those whose chat is one of the linked hear so. */
    async askForLink(application: LinkApplication, asked: readonly string[], chats: readonly Identity[]) {
      const { number, agreed, link } = application
      const named = chats.map(({ names }) => `「${names.at(-1)?.name ?? '（没有名字）'}」`).join('')
      const roles = link.roles.map(role => roleWords[role]).join('、')
      const said = `组织者${agreed?.byName ?? ''}说聊天账号${named}是同一个人：${link.name}。算一个人以后，每个账号都有${roles}身份，所以要两个人点头。`
      await ask(
        number,
        { asked, isOwn: id => chats.some(({ senderId }) => senderId === id) },
        {
          own: `${said}\n里面有你的账号：都是你的，请回「同意 ${number}」；有不是你的，请回「不同意 ${number}」。`,
          other: `${said}\n请先问过本人：都是他的，请回「同意 ${number}」；不是，请回「不同意 ${number}」。`,
        },
      )
    },
  }
}
