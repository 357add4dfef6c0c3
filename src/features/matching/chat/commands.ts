import type { Command, Answer as Spoken } from '../../../feature.ts'
import type { CompiledTrack } from '../../../matching/verdicts.ts'
import type { Message } from '../../../ports/chat.ts'
import { fold } from '../../../text/fold.ts'
import { profileOfCompany, type SavedCompany, toldOf } from '../companies.ts'
import type { ChatParts } from './chat.ts'
import { asksElse } from './interview-words.ts'

type CommandParts = ChatParts & {
  start(message: Message, rest: string): Promise<Spoken>
  /** Ends their interview. */
  forget(senderId: string): void
}

/**
 * For an instructor: the companies of their space that were saved with a yes to being
 * seen, and what holds for each.
 */
async function describeShared(
  chatId: string,
  { companies, roster, instructs, compiled }: ChatParts,
): Promise<string> {
  if (!(await instructs(chatId, ''))) return '「企业情况」是给空间的指导员看的。'
  const shared = (await companies.list('')).filter(({ value }) => value.isShared)
  const members = new Map(
    (await roster.find(shared.map(({ key }) => key))).map(member => [member.id, member]),
  )
  const lines: string[] = []
  for (const { key, value } of shared) {
    const member = members.get(key)
    if (!member || !(await instructs(chatId, member.space))) continue
    const profile = profileOfCompany(value, compiled())
    const holding = compiled().tracks.filter(
      ({ track, judge }) => value.wanted.includes(track.id) && judge(profile).name === '对得上',
    )
    const names = holding.map(({ track }) => track.name).join('、') || '还没有'
    lines.push(`${member.name}${member.team ? `（${member.team}）` : ''}：对得上 ${names}`)
  }
  return lines.length > 0 ? lines.join('\n') : '你的空间里还没有同意给指导员看的企业。'
}

/** Changes which programmes a saved company is reminded of. @returns what its owner is told */
function reminderChange({ directory, companies, tracksNamed, compiled }: CommandParts) {
  /** The verdicts told when reminders begin; later changes are measured by them. */
  const toldNow = (saved: SavedCompany, tracks: readonly CompiledTrack[]) => {
    const profile = profileOfCompany(saved, compiled())
    return { told: { ...saved.told, ...toldOf(tracks, profile) } }
  }
  return async (message: Message, rest: string, edit: (saved: SavedCompany, ids: string[]) => string[]) => {
    const tracks = tracksNamed(rest)
    if (tracks.length === 0) return '要提醒哪一项？比如「提醒我 高企」。'
    const { id } = await directory.recognise(message)
    const ids = tracks.map(({ track }) => track.id)
    const saved = await companies.update(
      id,
      now => now && { ...now, ...toldNow(now, tracks), reminders: edit(now, ids) },
    )
    if (!saved) return '还没有保存企业信息。先说「测政策」，答完说「保存」。'
    return saved.reminders.some(one => ids.includes(one))
      ? `好，${tracks[0]?.track.name}开始受理、快截止或者条件变了，我私聊告诉你，一周最多一次。`
      : `好，不再提醒${tracks[0]?.track.name}。`
  }
}

const inPrivate = { role: 'maker', where: 'private' } as const

/** Commands to begin matching, and about saved companies. */
export function matchingCommands(parts: CommandParts): Command[] {
  const change = reminderChange(parts)
  return [
    startCommand(parts),
    {
      words: ['提醒我'],
      takes: 'text',
      ...inPrivate,
      help: '提醒我 高企 —— 保存过企业信息的，窗口开放和截止前提醒',
      run: (message, rest) =>
        change(message, rest, (saved, ids) => [...new Set([...saved.reminders, ...ids])]),
    },
    {
      words: ['不提醒'],
      takes: 'text',
      ...inPrivate,
      help: '',
      run: (message, rest) =>
        change(message, rest, (saved, ids) => saved.reminders.filter(id => !ids.includes(id))),
    },
    {
      words: ['企业情况'],
      takes: 'nothing',
      ...inPrivate,
      help: '',
      run: message => describeShared(message.senderId, parts),
    },
    {
      words: ['删除我的企业信息'],
      takes: 'nothing',
      ...inPrivate,
      help: '删除我的企业信息 —— 政策匹配里保存的，全部删掉',
      run: message => forgetCompany(message, parts),
    },
  ]
}

const startCommand = ({ tracksNamed, start }: CommandParts): Command => ({
  words: ['测政策', '政策匹配', '测测政策'],
  takes: 'text',
  // 「测政策高企」, but not 「测政策准不准」.
  matches(text) {
    const rest = /^测政策(?<rest>\S.*)$/u.exec(fold(text))?.groups?.rest
    return rest !== undefined && tracksNamed(rest).length > 0 && !asksElse(rest) ? rest : undefined
  },
  role: 'maker',
  where: 'anywhere',
  help: '测政策 —— 答几个问题，看公司对得上哪些政策（私聊）',
  run: start,
})

async function forgetCompany(
  message: Message,
  { directory, companies, forget }: CommandParts,
): Promise<string> {
  const { id } = await directory.recognise(message)
  const had = (await companies.get(id)) !== undefined
  await companies.update(id, () => undefined)
  forget(message.senderId)
  return had ? '删掉了，一项不留。' : '没有保存过企业信息。'
}
