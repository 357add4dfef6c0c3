import type { Answer, Command, Feature, Sweep } from '../../../feature.ts'
import type { Outbox } from '../../../outbox/index.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { OrganizerNotices } from '../organizer-notices.ts'
import {
  type CommunityRecords,
  claimKey,
  handleOf,
  notTheSameKey,
  type RosterRow,
} from '../records/records.ts'
import type { RosterStore } from '../roster/book.ts'
import type { SecretAttempts } from '../secret-attempts.ts'
import type { IdentityLinks } from './identity-links.ts'
import { type IdentityLedger, isProven } from './ledger.ts'
import {
  askForProof,
  howToSay,
  notOnRoster,
  sayRow,
  tooManyTries,
  waitsForOrganizer,
  whichOne,
} from './name-claim-words.ts'
import { isNameOnly, rowsNamedIn, splitTail } from './roster-index.ts'
import { createWelcomes } from './welcomes.ts'

/** Most digits that one sender may try in a day, for all members together. */
const triesPerSender = 5
/** Digits that may be tried in a day for one on the roster, by all together. */
const triesPerMember = 10
/** Namesakes whose digits are compared; of more the place is asked first. */
const mostNamesakes = 20

type Parts = {
  records: Pick<CommunityRecords, 'claims' | 'notTheSame'>
  ledger: IdentityLedger
  links: IdentityLinks
  book: RosterStore
  directory: Directory
  outbox: Outbox
  clock: Clock
  attempts: SecretAttempts
  notices: OrganizerNotices
}

export type NameClaims = Required<Pick<Feature, 'commands' | 'listen' | 'awaits' | 'sweeps'>>

/**
 * 「我是 张三 1234」: a maker says in private who on the roster he is, and shows it by the phone's last digits. Without
 * them, or in a group, an organizer looks.
 */
export function createNameClaims(parts: Parts): NameClaims {
  const { links } = parts
  const welcomes = createWelcomes(parts)
  const toOrganizer = createClaims(parts)
  const prove = createProof(parts, toOrganizer)

  /** @returns undefined where it was no word to us: in a group people say 「我是」 of many things */
  async function bind(message: Message, words: string): Promise<Answer> {
    const { said, tail } = splitTail(words)
    const found = rowsNamedIn(await links.index(), said)
    if (tail !== undefined && !message.groupId) return prove(message, found, tail)
    const [row, ...more] = found
    if (!row) return isToUs(message) ? notOnRoster : undefined
    // Also who has to be asked, so that an organizer sees who it may be.
    const { id: memberId } = await parts.directory.recognise(message)
    if (more.length > 0) return whichOne(found, message)
    if (isNameOnly(said, row))
      return `请把众创空间（或支部、企业）也带上，例如「我是 ${row.name} 某某空间」；或者私聊我，带上名单上的手机尾号四位，我才能确定是你。`
    return claim(message, row, memberId)
  }

  async function bindIfOnRoster(message: Message, said: string): Promise<Answer> {
    const isOnRoster = rowsNamedIn(await links.index(), splitTail(said).said).length > 0
    return isOnRoster ? bind(message, said) : undefined
  }

  async function claim(message: Message, row: RosterRow, memberId: string): Promise<Answer> {
    if (memberId === row.id) return isToUs(message) ? `我记得你：${sayRow(row)}，不用再说。` : undefined
    const answer = await toOrganizer(message, row, memberId)
    if (isToUs(message)) return answer
    welcomes.add(message.groupId ?? '', message.senderName)
    return undefined
  }

  const command: Command = {
    words: ['我是'],
    takes: 'text',
    role: 'maker',
    where: 'anywhere',
    help: '我是 张三 1234 —— 让我知道你是名单上的谁（姓名、手机尾号，请私聊）',
    run: (message, said) =>
      said === '' ? (isToUs(message) ? howToSay : undefined) : bind(message, withoutEnd(said)),
  }

  return {
    commands: [command],
    /** 「我是张三 优空间」, written together. */
    listen: message => {
      const said = saidTogether(message)
      return said === undefined ? undefined : bindIfOnRoster(message, said)
    },
    awaits(message) {
      const said = saidTogether(message)
      const index = links.lastIndex()
      return said !== undefined && index !== undefined && rowsNamedIn(index, splitTail(said).said).length > 0
    },
    sweeps: [welcomes.sweep satisfies Sweep, parts.notices.sweep],
  }
}

/** The proof by digits: each try is counted, per sender and per member, before it is compared. */
function createProof(parts: Parts, toOrganizer: ReturnType<typeof createClaims>) {
  const { records, ledger, links, book, directory, attempts, notices } = parts

  async function link(message: Message, row: RosterRow): Promise<string> {
    const { id: memberId } = await directory.recognise(message)
    if (memberId === row.id && isProven(await ledger.get(message.senderId)))
      return `我记得你：${sayRow(row)}，不用再说。`
    const isAnotherPerson = memberId !== row.id && (await book.byId()).has(memberId)
    const isRefused = await records.notTheSame.get(notTheSameKey(message.senderId, row.id))
    const before = (await ledger.of(row.id)).filter(({ senderId }) => senderId !== message.senderId)
    if (isAnotherPerson || isRefused || !(await links.prove(message.senderId, row.id)))
      return toOrganizer(message, row, memberId)
    await records.claims.update(claimKey(message.senderId), () => undefined)
    if (before.length > 0 && !before.some(isProven))
      await notices.add(
        `proof ${row.id}`,
        `${sayRow(row)}用手机尾号证明了身份，可是之前还有别的微信号用了这个名字，请看看要不要撤回。`,
      )
    return `好的，记下了：${sayRow(row)}。以后签到、统计都用名单上的名字。`
  }

  return async (message: Message, found: readonly RosterRow[], tail: string): Promise<string> => {
    if (found.length > mostNamesakes) return whichOne(found, message) ?? notOnRoster
    const limits = [
      { subject: `tail of ${message.senderId}`, most: triesPerSender },
      ...found.map(({ id }) => ({ subject: `tail for ${id}`, most: triesPerMember })),
    ]
    if (!(await attempts.take(limits))) {
      await notices.add('guesses', '有人今天反复试名单上成员的手机尾号，当天不再核对尾号。')
      return tooManyTries
    }
    const matching = found.filter(({ phoneTail }) => phoneTail === tail)
    const [row, ...more] = matching
    if (!row) return notOnRoster
    return more.length > 0 ? (whichOne(matching, message) ?? notOnRoster) : link(message, row)
  }
}

/** Claims without proof, for an organizer to decide. */
function createClaims({ records, book, ledger, clock, notices }: Parts) {
  return async (message: Message, row: RosterRow, memberId: string): Promise<string> => {
    const { senderId } = message
    await records.claims.update(claimKey(senderId), () => ({
      senderId,
      rowId: row.id,
      at: clock.now().toString(),
    }))
    const isTaken = ledger.hasNow(row.id) || (await book.byId()).has(memberId)
    const why = isTaken ? '，可是这个人已经对上了别的微信号，或者他本人已经对上了别人' : ''
    await notices.add(
      `claim ${handleOf(senderId)}`,
      `「${message.senderName}」说自己是名单上的${sayRow(row)}${why}。`,
    )
    return isTaken ? waitsForOrganizer(row) : askForProof(row, message)
  }
}

const isToUs = (message: Message) => !message.groupId || message.mentionsBot
const withoutEnd = (said: string) => said.replace(/[。.!！~～]+$/u, '').trim()

function saidTogether({ text }: Message): string | undefined {
  const said = /^我是(?<who>\S.{1,40})$/u.exec(text.trim())?.groups?.who
  return said === undefined ? undefined : withoutEnd(said)
}
