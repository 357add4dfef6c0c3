import { type Answer, type Command, Refusal } from '../../../feature.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import { roleWords } from '../../../ports/directory.ts'
import { contentMark } from '../../../ports/personal-data.ts'
import { sayFullTime } from '../../../text/dates/time.ts'
import type { Eraser } from '../eraser.ts'
import { type IdentityLedger, isProven } from '../identities/ledger.ts'
import type { OrganizerNotices } from '../organizer-notices.ts'
import { type CommunityRecords, claimKey, officersKey, type RosterRow } from '../records/records.ts'
import type { RosterStore } from '../roster/book.ts'
import type { SecretAttempts } from '../secret-attempts.ts'
import { sayIdentity, sayOwnRow, sayUnprovenRow } from './own-data-words.ts'

/** Time to confirm an erasure. */
const confirmMinutes = 10
/** Most digits that one sender may try in a day, for all members together. */
const triesPerSender = 3
/** Digits that may be tried in a day for one roster row, by all senders together. */
const triesPerMember = 5
/**
 * Erasures of one chat in a day. A sign-in stays as a nameless one: without a limit, one person who signs in and erases
 * in turn would fill a lesson with people.
 */
const erasuresPerSender = 2
/** Most records of a kind shown in the chat, and most characters of each; the file has all. */
const mostOfAKind = 3
const longestLine = 80

type Parts = {
  records: Pick<CommunityRecords, 'officers' | 'claims'>
  erasing: Eraser
  ledger: IdentityLedger
  book: RosterStore
  directory: Directory
  clock: Clock
  attempts: SecretAttempts
  notices: OrganizerNotices
}

const inPrivate = { takes: 'nothing', role: 'maker', where: 'private' } as const

/** 「我的信息」 and 「删除我的信息」, in private: what is kept of a person, and an end to it. */
export function ownDataCommands(parts: Parts): Command[] {
  const { erasing, ledger, book, directory, clock, records } = parts
  async function whoIs(message: Message) {
    const { id } = await directory.recognise(message)
    const identity = await ledger.get(message.senderId)
    const row = (await book.byId()).get(id)
    return { id, row, identity, isProven: isProven(identity) }
  }

  /** Before a proof only the kinds, and only of what came from this chat: the roster's person may be another person. */
  async function linesOf(message: Message): Promise<string[]> {
    const { id, row, identity, isProven: isSure } = await whoIs(message)
    const isOpen = isSure || !row
    const identities = isOpen ? await ledger.of(id) : identity ? [identity] : []
    const roles = (await directory.rolesOf(message.senderId)).filter(role => role !== 'maker')
    const kept = await erasing.kept(id, isOpen ? undefined : message.senderId)
    return [
      ...(row ? (isSure ? sayOwnRow(row) : [sayUnprovenRow(row)]) : ['名单：不在名单上']),
      `聊天身份：${identities.map(sayIdentity).join('；')}`,
      ...(roles.length > 0 ? [`身份：${roles.map(role => roleWords[role]).join('、')}`] : []),
      ...(await waitingOf(identities.map(({ senderId }) => senderId))),
      ...(isOpen ? kept : kept.filter(line => !line.startsWith(contentMark))),
    ]
  }

  /** Requests of these chats on which an organizer has yet to decide. */
  async function waitingOf(senderIds: readonly string[]): Promise<string[]> {
    const { applications = [] } = (await records.officers.get(officersKey)) ?? {}
    const claims = await Promise.all(senderIds.map(senderId => records.claims.get(claimKey(senderId))))
    return [
      ...applications
        .filter(({ senderId }) => senderIds.includes(senderId))
        .map(({ role, number, link, agreed }) =>
          link
            ? `认账号：${number} 号，在等第二位同意你和${link.name}是一个人`
            : `申请：${roleWords[role]}，${number} 号，在等${agreed ? '第二位' : '组织者'}同意`,
        ),
      ...(claims.some(claim => claim !== undefined)
        ? ['认名单：你说过自己是名单上的哪一位，在等组织者核对']
        : []),
    ]
  }

  async function show(message: Message): Promise<string> {
    const lines = await linesOf(message)
    const shown = lines.filter(
      (line, at) => !line.startsWith(contentMark) || !lines[at - mostOfAKind]?.startsWith(contentMark),
    )
    return [
      '我记着你的这些：',
      ...shown.map(line => (line.startsWith(contentMark) ? shortened(line) : line)),
      '平常聊天不记。要一份完整的文件，发「导出我的信息」；名单上有错，请告诉组织者改；要全部删掉，发「删除我的信息」。',
    ].join('\n')
  }

  /** Everything as a text file, which opens on any phone. */
  async function copy(message: Message): Promise<Answer> {
    const at = sayFullTime(clock.now())
    const text = [`我的信息（${at}）`, ...(await linesOf(message))].join('\n')
    const bytes = new TextEncoder().encode(`\ufeff${text}\n`)
    return { file: { name: '我的信息.txt', mimeType: 'text/plain; charset=utf-8', bytes } }
  }

  const { ask, confirm } = createErasureDialogue(parts, whoIs)

  return [
    {
      words: ['我的信息', '我的資訊'],
      ...inPrivate,
      help: '我的信息 —— 看我记了你什么',
      run: show,
    },
    {
      words: ['导出我的信息', '導出我的資訊'],
      ...inPrivate,
      help: '导出我的信息 —— 要一份我记了你什么的文件',
      run: copy,
    },
    {
      words: ['删除我的信息', '刪除我的資訊'],
      ...inPrivate,
      help: '删除我的信息 —— 全部删掉',
      run: ask,
    },
    {
      words: ['确认删除', '確認刪除'],
      ...inPrivate,
      takes: 'text',
      help: '',
      run: confirm,
    },
  ]
}

type WhoIs = (message: Message) => Promise<{ id: string; row: RosterRow | undefined; isProven: boolean }>

/** 「删除我的信息」 says what goes; 「确认删除」 carries it out, after a proof where the roster has the person. */
function createErasureDialogue(parts: Parts, whoIs: WhoIs) {
  const { erasing, directory, clock, attempts, notices } = parts
  /** In memory: after a restart one simply asks again. */
  const asked = new Map<string, number>()

  async function ask(message: Message): Promise<string> {
    const { id, row } = await whoIs(message)
    await erasing.checkMayGo(id)
    asked.set(message.senderId, clock.now().epochMilliseconds)
    const withTail = await needsTail(message)
    const isOfficer = (await directory.rolesOf(message.senderId)).some(role => role !== 'maker')
    return [
      `会删掉：你的聊天身份、群里的名字、问过的问题、交流记录${row ? '，以及名单上的这一条' : ''}。`,
      '会改成不记名：签到、请假的记录，课程的总数不变。',
      ...(isOfficer ? ['你经手的开课、改签、审核和登记：事情留着，名字去掉。'] : []),
      '收不回来：已经发到群里的消息、组织者已经下载的表格。',
      `删了不能恢复。确定的话，${confirmMinutes} 分钟内回「确认删除${withTail ? ' 手机尾号四位' : ''}」。`,
    ].join('\n')
  }

  /** True for members linked by a name alone: they prove the link before anything is erased. */
  async function needsTail(message: Message): Promise<boolean> {
    const { row, isProven: isSure } = await whoIs(message)
    return row !== undefined && !isSure && row.phoneTail !== ''
  }

  async function confirm(message: Message, typed: string): Promise<string> {
    const askedAtMs = asked.get(message.senderId)
    const isInTime =
      askedAtMs !== undefined && clock.now().epochMilliseconds - askedAtMs <= confirmMinutes * 60_000
    if (!isInTime) throw new Refusal('要删除你的信息，请先发「删除我的信息」，看清楚会删什么，再确认。')
    const { id, row, isProven: isSure } = await whoIs(message)
    await erasing.checkMayGo(id)
    if (row && !isSure && row.phoneTail !== '' && typed.trim() !== '' && !(await mayTry(message, id))) {
      asked.delete(message.senderId)
      await passOn(message, id, row)
      throw new Refusal('今天试的次数太多了，尾号不再核对，已经请组织者核对。')
    }
    const isShown = row?.phoneTail !== '' && typed.trim() === row?.phoneTail
    if (row && !isSure && !isShown) {
      asked.delete(message.senderId)
      if (row.phoneTail !== '' && typed.trim() === '')
        throw new Refusal('请带上名单上的手机尾号四位，证明是你本人：先再发一次「删除我的信息」。')
      return passOn(message, id, row)
    }
    asked.delete(message.senderId)
    if (!(await attempts.take([{ subject: `erasures for ${message.senderId}`, most: erasuresPerSender }])))
      throw new Refusal(
        '今天已经给你删过两次了。之后又记下的，请明天再发「删除我的信息」来删；着急请找组织者。',
      )
    await erasing.erase(id, message)
    return '删好了。你的身份和记录都不在了，签到总数里只剩一个不记名的数。以后你再签到或提问，会当作新朋友从头记起。'
  }

  const mayTry = ({ senderId }: Message, memberId: string) =>
    attempts.take([
      { subject: `erasure by ${senderId}`, most: triesPerSender },
      { subject: `erasure of ${memberId}`, most: triesPerMember },
    ])

  async function passOn(message: Message, memberId: string, row: RosterRow): Promise<string> {
    await erasing.request(memberId, message.senderId)
    await notices.add(
      `erasure ${memberId}`,
      `名单上的${row.name}（${row.space || row.branch || '没写空间'}）要求删除个人信息，但还不能确定是本人。`,
    )
    return '你在名单上，但我还不能确定是你本人，已经请组织者核对，核对好就全部删除。'
  }

  return { ask, confirm }
}

function shortened(line: string): string {
  const chars = [...line.replaceAll('\n', ' ')]
  return chars.length > longestLine ? `${chars.slice(0, longestLine - 1).join('')}…` : chars.join('')
}
