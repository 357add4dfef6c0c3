import { type Command, Refusal } from '../../../feature.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import { instantOf, sayFullTime } from '../../../text/dates/time.ts'
import { aliasesOf, type IdentityLedger, isProven } from '../identities/ledger.ts'
import type { Identity } from '../identity-records.ts'
import type { OrganizerNotices } from '../organizer-notices.ts'
import type { RosterRow } from '../records.ts'
import type { RosterStore } from '../roster/book.ts'
import { fieldNames, fields } from '../roster/columns.ts'
import type { SecretAttempts } from '../secret-attempts.ts'
import type { Erasing } from './erasing.ts'

/** Who does not confirm in this time has thought better of it. */
const confirmMinutes = 10
/** Digits that one person may try in a day, whoever they are about. */
const triesPerSender = 3
/** Digits that may be tried in a day for one roster row, by all senders together. */
const triesPerMember = 5

type Parts = {
  erasing: Erasing
  ledger: IdentityLedger
  book: RosterStore
  directory: Directory
  clock: Clock
  attempts: SecretAttempts
  notices: OrganizerNotices
}

/** 「我的信息」 and 「删除我的信息」, in private: what is kept of a person, and an end to it. */
export function ownDataCommands(parts: Parts): Command[] {
  const { erasing, ledger, book, directory, clock, attempts, notices } = parts
  /** In memory: after a restart one simply asks again. */
  const asked = new Map<string, number>()

  async function whoIs(message: Message) {
    const { id } = await directory.recognise(message)
    const identity = await ledger.get(message.senderId)
    const row = (await book.byId()).get(id)
    return { id, row, identity, isProven: isProven(identity) }
  }

  async function show(message: Message): Promise<string> {
    const { id, row, isProven: isSure } = await whoIs(message)
    const identities = await ledger.of(id)
    const roles = (await directory.rolesOf(message.senderId)).filter(role => role !== 'maker')
    const kept = await erasing.kept(id)
    return [
      '我记着你的这些：',
      ...(row ? sayRow(row, isSure) : ['名单：不在名单上']),
      `聊天身份：${identities.map(sayIdentity).join('；')}`,
      ...(roles.length > 0 ? [`身份：${roles.map(role => roleWords[role]).join('、')}`] : []),
      ...kept,
      '平常聊天不记。名单上有错，请告诉组织者改；要全部删掉，发「删除我的信息」。',
    ].join('\n')
  }

  async function ask(message: Message): Promise<string> {
    const { id, row } = await whoIs(message)
    await erasing.checkMayGo(id)
    asked.set(message.senderId, clock.now().epochMilliseconds)
    const withTail = await needsTail(message)
    const isOfficer = (await directory.rolesOf(message.senderId)).some(role => role !== 'maker')
    return [
      `会删掉：你的聊天身份、群里的名字、问过的问题、交流记录${row ? '，以及名单上的这一条' : ''}。`,
      '会改成不记名：签到、请假的记录，课程的总数不变。',
      ...(isOfficer ? ['会留下：你经手的改签和审核上写着的名字，那是办事的记录。'] : []),
      '收不回来：已经发到群里的消息、组织者已经下载的表格。',
      `删了不能恢复。确定的话，${confirmMinutes} 分钟内回「确认删除${withTail ? ' 手机尾号四位' : ''}」。`,
    ].join('\n')
  }

  /** Who is on the roster by a name that anybody may give himself proves it, before anything is lost. */
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
    await erasing.erase(id)
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

  return [
    {
      words: ['我的信息', '我的資訊'],
      takes: 'nothing',
      role: 'maker',
      where: 'private',
      help: '我的信息 —— 看我记了你什么',
      run: show,
    },
    {
      words: ['删除我的信息', '刪除我的資訊'],
      takes: 'nothing',
      role: 'maker',
      where: 'private',
      help: '删除我的信息 —— 全部删掉',
      run: ask,
    },
    {
      words: ['确认删除', '確認刪除'],
      takes: 'text',
      role: 'maker',
      where: 'private',
      help: '',
      run: confirm,
    },
  ]
}

const roleWords = { maker: '创客', organizer: '组织者', reviewer: '审核人' } as const

/** What is on the roster; digits and remarks only to who has shown to be that person. */
function sayRow(row: RosterRow, isSure: boolean): string[] {
  const open = fields.filter(field => row[field] !== '' && !hiddenFields.has(field))
  const hidden = fields.filter(field => row[field] !== '' && hiddenFields.has(field) && field !== 'party')
  const told = open.map(field => `${fieldNames[field]} ${row[field]}`).join('，')
  const more = hidden.map(field => (isSure ? `${fieldNames[field]} ${row[field]}` : fieldNames[field]))
  return [
    `名单：${told}`,
    ...(more.length > 0
      ? [isSure ? `名单上还有：${more.join('，')}` : `名单上还有：${more.join('、')}（核对过身份才显示）`]
      : []),
    ...(row.party === '' ? [] : ['名单上还有：政治面貌（内容请向组织者查看，不在聊天里说）']),
  ]
}
const hiddenFields: ReadonlySet<string> = new Set(['phoneTail', 'note', 'party'])

function sayIdentity(identity: Identity): string {
  const names = aliasesOf(identity).slice(0, 3).join('、')
  return `${names || '（没有名字）'}，${sayFullTime(instantOf(identity.linkedAt))}记下`
}
