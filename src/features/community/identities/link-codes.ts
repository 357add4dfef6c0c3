import { randomInt } from 'node:crypto'
import { type Command, Refusal } from '../../../feature.ts'
import { recentlyUsed } from '../../../lib/recently-used.ts'
import type { Outbox } from '../../../outbox/index.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Roster } from '../../../ports/roster.ts'
import type { RosterStore } from '../roster/book.ts'
import type { SecretAttempts } from '../secret-attempts.ts'
import type { IdentityLinks } from './identity-links.ts'
import { type IdentityLedger, isProven } from './ledger.ts'

const goodMinutes = 10
const mostCodes = 1000
const triesPerSender = 5
/**
 * Misses of all people together in a day from which on each has one try: strangers can
 * neither guess nor use up the codes.
 */
const missesBeforeOneTry = 30
const allMisses = 'link misses'
/** Word of a link that was made is of no use after this. */
const noticeHours = 24

type Parts = {
  ledger: IdentityLedger
  links: IdentityLinks
  book: RosterStore
  directory: Pick<Roster, 'addressOf'> & {
    recognise(message: Message): Promise<{ id: string; name: string }>
  }
  attempts: SecretAttempts
  outbox: Outbox
  clock: Clock
}

const words = {
  wrong: '这个关联码不对，或者过了 10 分钟。请私聊我发「关联账号」，再要一个新的。',
  tooMany: '关联码今天试得太多次了，请明天再试，或者请组织者在「身份核对」里帮你对上。',
  same: '这就是要码的那个账号。请换到另一个账号（例如 QQ 群里的你）再发一次。',
  both: '这两个账号在名单上对着两个人，我不能把他们合成一个。请组织者在「身份核对」里看一看。',
}

/**
 * Links two chat identities of one person: a code that one of them got in private is said by the other. Codes live in
 * memory only; after a restart a new one is asked for.
 */
export function linkCommands(parts: Parts): Command[] {
  const { ledger, links, book, directory, attempts, clock } = parts
  const codes = recentlyUsed<{ senderId: string; untilMs: number }>(mostCodes)
  const nowMs = () => clock.now().epochMilliseconds

  async function issue(message: Message): Promise<string> {
    await directory.recognise(message)
    for (const [code, { senderId }] of codes.entries()) if (senderId === message.senderId) codes.delete(code)
    let code = newCode()
    while (codes.has(code)) code = newCode()
    codes.set(code, { senderId: message.senderId, untilMs: nowMs() + goodMinutes * 60_000 })
    return `关联码 ${code}，${goodMinutes} 分钟内用一次。请用你的另一个账号，在那边的群里（或私聊我）发「关联 ${code}」，两边的签到和统计就记在一个人名下。不要把码告诉别人。`
  }

  async function take(message: Message, said: string): Promise<string> {
    const { senderId } = message
    const isCrowded = (await attempts.countOf(allMisses)) >= missesBeforeOneTry
    const mine = { subject: `link ${senderId}`, most: isCrowded ? 1 : triesPerSender }
    if (!(await attempts.take([mine]))) {
      throw new Refusal(words.tooMany)
    }
    const code = said.replaceAll(/\s/gu, '')
    const issued = codes.get(code)
    if (!issued || issued.untilMs < nowMs()) {
      await attempts.take([{ subject: allMisses, most: Number.MAX_SAFE_INTEGER }])
      throw new Refusal(words.wrong)
    }
    if (issued.senderId === senderId) throw new Refusal(words.same)
    codes.delete(code)
    const here = await directory.recognise(message)
    const name = await join(issued.senderId, senderId, here.id)
    await tell(issued.senderId, code)
    return `好了，这里的你也是「${name}」，两边的签到和统计记在一起。`
  }

  /** @returns the name of the one person that both are now */
  async function join(thereId: string, hereId: string, hereMember: string): Promise<string> {
    const [there, here, rows] = await Promise.all([ledger.get(thereId), ledger.get(hereId), book.byId()])
    if (!there || !here) throw new Refusal(words.wrong)
    const isTwo = there.memberId !== hereMember && rows.has(there.memberId) && rows.has(hereMember)
    if (isTwo) throw new Refusal(words.both)
    // The roster's one stays; the other one's records follow.
    const [stays, joins, how] = rows.has(hereMember) ? [here, thereId, here.how] : [there, hereId, there.how]
    await links.link(joins, stays.memberId, isProven({ how }) ? how : 'code')
    await ledger.noteSame(hereId, thereId)
    const row = rows.get(stays.memberId)
    return row?.name ?? stays.names.at(-1)?.name ?? '同一个人'
  }

  async function tell(personId: string, code: string) {
    await parts.outbox.post([
      {
        key: `linked-${code}-${nowMs()}/${personId}`,
        target: { personId },
        kind: 'prompt',
        reply: { text: '你的另一个账号关联好了。不是你本人发的关联码，请马上告诉组织者。' },
        notAfter: clock.now().add({ hours: noticeHours }),
      },
    ])
  }

  return [
    {
      words: ['关联账号'],
      takes: 'nothing',
      role: 'maker',
      where: 'private',
      help: '关联账号 —— 你在别的群或别的平台也有账号时，把两边记成一个人',
      run: issue,
    },
    {
      words: ['关联'],
      // The binder of a group must be known there first.
      inUnboundGroups: true,
      takes: 'number',
      lacking: '请发「关联 六位关联码」。还没有码的话，请用另一个账号私聊我发「关联账号」。',
      role: 'maker',
      where: 'anywhere',
      help: '',
      run: take,
    },
  ]
}

const newCode = () => String(randomInt(0, 1_000_000)).padStart(6, '0')
