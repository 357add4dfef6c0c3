import { LRUCache } from 'lru-cache'
import type { Command, Answer as Spoken } from '../../feature.ts'
import type { CompiledTrack } from '../../matching/verdicts.ts'
import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Roster } from '../../ports/roster.ts'
import { fold } from '../../text/fold.ts'
import { type Companies, keptAnswers, profileOfCompany, type SavedCompany } from './companies.ts'
import {
  answered,
  type CompiledRules,
  isRoundOver,
  type MatchSession,
  nextRound,
  profileOf,
  questionFor,
  sessionMinutes,
  steppedBack,
  wantedTracks,
} from './session.ts'
import { readTyped } from './typed-answers.ts'
import {
  askBeforeSaving,
  askInChat,
  describeResult,
  describeRoute,
  explain,
  startWords,
  wantedKinds,
} from './words.ts'

export type ChatParts = {
  clock: Clock
  directory: Directory
  roster: Pick<Roster, 'find'>
  companies: Companies
  /** Whether this person instructs a space. @param space as the roster names it; empty for none */
  instructs(chatId: string, space: string): Promise<boolean>
  /** The rules for today. */
  compiled(): CompiledRules
  /** The tracks of the programme that a text names, best known first; empty where it names none. */
  tracksNamed(text: string): CompiledTrack[]
  officesOf(track: CompiledTrack): readonly string[]
}

const mostSessions = 5000
const inGroup = '这要问经营数字，群里不方便。私聊我说「测政策」，或者在网页上自己测，数字不离开你的手机。'
const unclear = '没看懂这个答案。回前面的序号就行，不知道就回「不知道」，退回去改回「上一题」。'

/** 「测政策」 in private chat: questions, verdicts, reasons, and what is kept only on request. */
export function createMatchingChat(parts: ChatParts) {
  const { clock, directory, companies, compiled } = parts
  const sessions = new LRUCache<string, MatchSession>({ max: mostSessions })

  function current(senderId: string): MatchSession | undefined {
    const session = sessions.get(senderId)
    const nowMs = clock.now().epochMilliseconds
    if (session && nowMs - session.lastAtMs <= sessionMinutes * 60_000) return session
    sessions.delete(senderId)
    return undefined
  }

  const keep = (senderId: string, session: MatchSession) =>
    sessions.set(senderId, { ...session, lastAtMs: clock.now().epochMilliseconds })

  async function start(message: Message, rest: string): Promise<Spoken> {
    if (message.groupId) return inGroup
    const named = rest.trim() === '' ? [] : parts.tracksNamed(rest)
    const { id } = await directory.recognise(message)
    const lookedAt = clock.now().toString()
    const saved = await companies.update(id, now => now && { ...now, lookedAt })
    const steps = saved
      ? [...profileOfCompany(saved, compiled())].map(([field, answer]) => ({ field, answer }))
      : []
    const wanted = named.length > 0 ? named.map(({ track }) => track.id) : undefined
    const session = { wanted, steps, answeredBefore: steps.length, lastAtMs: 0 }
    keep(message.senderId, session)
    const [intro, which] = startWords
    const known = saved ? [`你上次保存了 ${steps.length} 项，接着用。`] : []
    if (wanted) return [intro, ...known, ask(session)].join('\n')
    return [intro, ...known, which, ...wantedKinds.map(({ label }, at) => `${at + 1} ${label}`)].join('\n')
  }

  function ask(session: MatchSession): string {
    const question = questionFor(session, compiled())
    return question ? askInChat(question, session.steps.length + 1) : result(session)
  }

  function result(session: MatchSession): string {
    const profile = profileOf(session)
    const judged = wantedTracks(session, compiled()).map(track => ({
      compiled: track,
      verdict: track.judge(profile),
    }))
    return describeResult(judged, profile.size, questionFor(session, compiled()) !== undefined)
  }

  /** The question, or the result where six answers are in or none is left. */
  function goOn(senderId: string, session: MatchSession): string {
    keep(senderId, session)
    return isRoundOver(session) ? result(session) : ask(session)
  }

  function choose(message: Message, session: MatchSession): string | undefined {
    const numbers = fold(message.text).match(/^\d(?:[\s、,，和]*\d)*$/u)
      ? (message.text.match(/\d/g) ?? []).map(Number)
      : []
    const kinds = numbers.flatMap(number => wantedKinds[number - 1] ?? [])
    if (kinds.length === 0) return undefined
    const wanted = compiled()
      .tracks.filter(track => kinds.some(kind => kind.isWanted(track)))
      .map(({ track }) => track.id)
    return goOn(message.senderId, { ...session, wanted })
  }

  function answer(message: Message, session: MatchSession): string | undefined {
    const question = isRoundOver(session) ? undefined : questionFor(session, compiled())
    if (!question) return undefined
    const typed = readTyped(message.text, question)
    if (typed.kind === 'unclear') return undefined
    return goOn(
      message.senderId,
      answered(session, question.field.id, typed.kind === 'answer' ? typed.answer : undefined),
    )
  }

  const words: [
    RegExp,
    (message: Message, session: MatchSession, rest: string) => Promise<string> | string,
  ][] = [
    [/^上一题$/u, (message, session) => goOn(message.senderId, steppedBack(session))],
    [/^继续$/u, (message, session) => goOn(message.senderId, nextRound(session))],
    [/^结果$/u, (_, session) => result(session)],
    [/^为什么[\s:：]*(?<rest>.+)$/u, (_, session, rest) => withTrack(session, rest, explain)],
    [
      /^(?:怎么补|怎样补|怎么补上|如何补)[\s:：]*(?<rest>.+)$/u,
      (_, session, rest) => withTrack(session, rest, describeRoute),
    ],
    [
      /^保存$/u,
      (_, session) => askBeforeSaving(keptAnswers(profileOf(session), compiled()), compiled().rules.fields),
    ],
    [/^确认保存(?<rest>并给指导员看)?$/u, (message, session, rest) => save(message, session, rest !== '')],
  ]

  function withTrack(
    session: MatchSession,
    text: string,
    describe: (explained: Parameters<typeof explain>[0], on: string) => string,
  ): string {
    const [track] = parts.tracksNamed(text)
    if (!track) return `没认出「${text}」是哪一项。可以说「为什么 高企」「怎么补 科小」这样。`
    const { rules } = compiled()
    return describe(
      { compiled: track, profile: profileOf(session), rules, offices: parts.officesOf(track) },
      dayOf(clock),
    )
  }

  async function save(message: Message, session: MatchSession, isShared: boolean): Promise<string> {
    const { id } = await directory.recognise(message)
    const profile = profileOf(session)
    const told = wantedTracks(session, compiled()).map(
      track => [track.track.id, track.judge(profile).name] as const,
    )
    const now = clock.now().toString()
    await companies.update(id, before => ({
      answers: keptAnswers(profile, compiled()),
      wanted: [...(session.wanted ?? [])],
      isShared,
      savedAt: now,
      lookedAt: now,
      reminders: before?.reminders ?? [],
      told: Object.fromEntries(told),
      sentReminders: before?.sentReminders ?? [],
      ...(before?.remindedAt ? { remindedAt: before.remindedAt } : {}),
    }))
    return `保存好了${isShared ? '，你空间的指导员也能看到' : '，只有你自己能看到'}。想在窗口开放、快截止时收到提醒，回「提醒我 高企」这样；不想留了，回「删除我的企业信息」。`
  }

  async function listen(message: Message): Promise<Spoken> {
    const session = message.groupId ? undefined : current(message.senderId)
    if (!session) return undefined
    const said = fold(message.text)
    for (const [pattern, run] of words) {
      const match = pattern.exec(said)
      if (!match) continue
      if (session.wanted === undefined) return startWords[1]
      keep(message.senderId, session)
      return run(message, session, match.groups?.rest ?? '')
    }
    if (session.wanted === undefined) return choose(message, session)
    return answer(message, session) ?? (looksLikeAnswer(said) ? unclear : undefined)
  }

  return { listen, commands: matchingCommands({ ...parts, start }) }
}

/** Short words without a question are meant as answers; longer ones may ask something else. */
const looksLikeAnswer = (said: string) => /^[\d\s.,、，%万亿元人年月日-]{1,12}$/u.test(said)

export const dayOf = (clock: Clock): string =>
  clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()

type CommandParts = ChatParts & { start(message: Message, rest: string): Promise<Spoken> }

/** For an instructor: the companies of their space that were saved with a yes to being seen, and what holds for each. */
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

function matchingCommands(parts: CommandParts): Command[] {
  const { directory, companies, tracksNamed, start } = parts
  const change = async (
    message: Message,
    rest: string,
    edit: (saved: SavedCompany, ids: string[]) => string[],
  ) => {
    const tracks = tracksNamed(rest)
    if (tracks.length === 0) return '要提醒哪一项？比如「提醒我 高企」。'
    const { id } = await directory.recognise(message)
    const ids = tracks.map(({ track }) => track.id)
    const saved = await companies.update(id, now => now && { ...now, reminders: edit(now, ids) })
    if (!saved) return '还没有保存企业信息。先说「测政策」，答完说「保存」。'
    return saved.reminders.some(one => ids.includes(one))
      ? `好，${tracks[0]?.track.name}开始受理、快截止或者条件变了，我私聊告诉你，一周最多一次。`
      : `好，不再提醒${tracks[0]?.track.name}。`
  }
  return [
    {
      words: ['测政策', '政策匹配', '测测政策'],
      takes: 'text',
      role: 'maker',
      where: 'anywhere',
      help: '测政策 —— 答几个问题，看公司对得上哪些政策（私聊）',
      run: start,
    },
    {
      words: ['提醒我'],
      takes: 'text',
      role: 'maker',
      where: 'private',
      help: '提醒我 高企 —— 保存过企业信息的，窗口开放和截止前提醒',
      run: (message, rest) =>
        change(message, rest, (saved, ids) => [...new Set([...saved.reminders, ...ids])]),
    },
    {
      words: ['不提醒'],
      takes: 'text',
      role: 'maker',
      where: 'private',
      help: '',
      run: (message, rest) =>
        change(message, rest, (saved, ids) => saved.reminders.filter(id => !ids.includes(id))),
    },
    {
      words: ['企业情况'],
      takes: 'nothing',
      role: 'maker',
      where: 'private',
      help: '',
      run: message => describeShared(message.senderId, parts),
    },
    {
      words: ['删除我的企业信息'],
      takes: 'nothing',
      role: 'maker',
      where: 'private',
      help: '删除我的企业信息 —— 政策匹配里保存的，全部删掉',
      async run(message) {
        const { id } = await directory.recognise(message)
        const had = (await companies.get(id)) !== undefined
        await companies.update(id, () => undefined)
        return had ? '删掉了，一项不留。' : '没有保存过企业信息。'
      },
    },
  ]
}
