import type { Answer, Command, Feature, Sweep } from '../../../feature.ts'
import type { Outbox } from '../../../outbox/index.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import { dayInShanghai } from '../../../text/dates/time.ts'
import type { Identity } from '../identity-records.ts'
import { type CommunityRecords, claimKey, handleOf, notTheSameKey, type RosterRow } from '../records.ts'
import type { RosterStore } from '../roster/book.ts'
import type { IdentityLedger } from './ledger.ts'
import type { Linking } from './linking.ts'
import { isNameOnly, saidToBe } from './matching.ts'
import { createWelcomes } from './welcomes.ts'

const noticeHours = 72
const mostNamed = 6
const mostMisses = 5

type Parts = {
  records: Pick<CommunityRecords, 'claims' | 'notTheSame'>
  ledger: IdentityLedger
  linking: Linking
  book: RosterStore
  directory: Directory
  outbox: Outbox
  clock: Clock
}

export type Binding = Required<Pick<Feature, 'commands' | 'listen' | 'awaits' | 'sweeps'>>

/** 「我是 张三 优空间」: a maker says who on the roster he is. What somebody else already is waits for an organizer. */
export function createBinding(parts: Parts): Binding {
  const { records, ledger, linking, book, directory, outbox, clock } = parts
  const welcomes = createWelcomes({ outbox, clock, directory })
  const misses = new Map<string, number>()

  /** Four digits prove who somebody is, so nobody may go through them. */
  function notFound({ senderId }: Message, said: string): string {
    if (/\d{4}/u.test(said)) misses.set(senderId, (misses.get(senderId) ?? 0) + 1)
    return notOnRoster
  }

  /** @returns undefined where it was no word to us: in a group people say 「我是」 of many things */
  async function bind(message: Message, said: string): Promise<Answer> {
    if ((misses.get(message.senderId) ?? 0) >= mostMisses) return isToUs(message) ? tooManyTries : undefined
    const found = saidToBe(await linking.index(), said)
    const [row, ...more] = found
    if (!row) return isToUs(message) ? notFound(message, said) : undefined
    // Also who has to be asked, so that an organizer sees who it may be.
    const { id: memberId } = await directory.recognise(message)
    if (more.length > 0) return whichOne(found, message)
    if (isNameOnly(said, row))
      return `请把众创空间（或支部、企业）也带上，例如「我是 ${row.name} 某某空间」，我才能确定是你。`
    const mine = await ledger.get(message.senderId)
    if (memberId === row.id && mine) return alreadyBound(message, row, { said, mine })
    const isRefused = (await records.notTheSame.get(notTheSameKey(message.senderId, row.id))) !== undefined
    const isSomebody = (await book.byId()).has(memberId)
    const how = hasProof(message, row, said) ? 'tail' : 'self'
    if (isSomebody || isRefused || !(await linking.bind(message.senderId, row.id, how)))
      return waitForOrganizer(message, row)
    return welcome(message, row)
  }

  async function alreadyBound(message: Message, row: RosterRow, more: { said: string; mine: Identity }) {
    const isProven = more.mine.how === 'organizer' || more.mine.how === 'tail'
    if (!isProven && hasProof(message, row, more.said)) await linking.link(message.senderId, row.id, 'tail')
    return isToUs(message) ? `我记得你：${sayRow(row)}，不用再说。` : undefined
  }

  /** Sixty people who say so get one answer, unless they spoke to us by name. */
  function welcome(message: Message, row: RosterRow): Answer {
    if (isToUs(message)) return `好的，记下了：${sayRow(row)}。以后签到、统计都用名单上的名字。`
    welcomes.add(message.groupId ?? '', row.name)
    return undefined
  }

  async function waitForOrganizer(message: Message, row: RosterRow): Promise<string> {
    const { senderId } = message
    const at = clock.now()
    await records.claims.update(claimKey(senderId), () => ({ senderId, rowId: row.id, at: at.toString() }))
    const day = dayInShanghai(at)
    const key = `binding-claim-${handleOf(senderId)}-${day}`
    const text = `「${message.senderName}」说自己是名单上的${sayRow(row)}，但要请人核对：这个人已经对上了别的微信号，或者他本人已经对上了别人。\n请在控制台「身份核对」里决定。`
    await outbox.post(
      (await directory.holders('organizer')).map(personId => ({
        key: `${key}/${personId}`,
        target: { personId },
        kind: 'prompt' as const,
        reply: { text },
        notAfter: at.add({ hours: noticeHours }),
      })),
    )
    return `${sayRow(row)}已经对上了别的微信号，我请组织者核对一下，核对好就算数。你的签到照样记着，不会丢。`
  }

  const command: Command = {
    words: ['我是'],
    takes: 'text',
    role: 'maker',
    where: 'anywhere',
    help: '我是 张三 优空间 —— 让我知道你是名单上的谁',
    run: (message, said) =>
      said === '' ? (isToUs(message) ? howToSay : undefined) : bind(message, withoutEnd(said)),
  }

  return {
    commands: [command],
    /** 「我是张三 优空间」, written together. */
    listen: async message => {
      const said = saidTogether(message)
      return said && saidToBe(await linking.index(), said).length > 0 ? bind(message, said) : undefined
    },
    awaits(message) {
      const said = saidTogether(message)
      const index = linking.lastIndex()
      return said !== undefined && index !== undefined && saidToBe(index, said).length > 0
    },
    sweeps: [welcomes.sweep satisfies Sweep],
  }
}

const isToUs = (message: Message) => !message.groupId || message.mentionsBot
const withoutEnd = (said: string) => said.replace(/[。.!！~～]+$/u, '').trim()

function saidTogether({ text }: Message): string | undefined {
  const said = /^我是(?<who>\S.{1,40})$/u.exec(text.trim())?.groups?.who
  return said === undefined ? undefined : withoutEnd(said)
}

const tooManyTries = '手机尾号试得太多次了。请联系组织者，由他在名单上帮你对上。'
const howToSay = '请把姓名和众创空间一起发，例如「我是 张三 优空间」。'
const notOnRoster =
  '名单上没找到这个人。请核对姓名和众创空间，像「我是 张三 优空间」这样发；还是不行就告诉组织者，请他把你加到名单里。'

/** The phone's last digits, said in private, are known to few: they prove it. */
const hasProof = (message: Message, { phoneTail }: RosterRow, said: string) =>
  !message.groupId && phoneTail !== '' && said.split(/[\s,，、]+/u).includes(phoneTail)

const sayRow = ({ name, space, branch, team }: RosterRow) => {
  const place = space || branch || team
  return place ? `${name}（${place}）` : name
}

/** Namesakes are told apart by their places, and only in private by their phones. */
function whichOne(rows: readonly RosterRow[], message: Message): string | undefined {
  const places = new Set(rows.map(sayRow))
  const named = [...places].slice(0, mostNamed).join('、')
  if (places.size === rows.length)
    return `名单上有 ${rows.length} 位：${named}。请带上空间再发一次，例如「我是 ${sayAsTyped(rows[0])}」。`
  return message.groupId
    ? `名单上有几位是${named}，分不清是哪一位。请私聊我发「我是 ${sayAsTyped(rows[0])} 手机尾号」。`
    : `名单上有几位是${named}。请带上手机尾号四位再发一次，例如「我是 ${sayAsTyped(rows[0])} 1234」。`
}

const sayAsTyped = (row: RosterRow | undefined) =>
  row ? [row.name, row.space || row.branch || row.team].filter(part => part !== '').join(' ') : '张三 优空间'
