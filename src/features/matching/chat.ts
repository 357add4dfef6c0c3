import { LRUCache } from 'lru-cache'
import type { Command, Answer as Spoken } from '../../feature.ts'
import { isRange } from '../../matching/answers.ts'
import type { CompiledTrack } from '../../matching/verdicts.ts'
import { describeAnswer } from '../../matching/wording.ts'
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
const unclear = '没看懂这个答案。回序号就行，不知道就回「不知道」，退回去改回「上一题」，不测了回「结束」。'
const nothingAsked = '现在没有在问的题。要改前面的答案回「上一题」，看结果回「结果」，重新开始说「测政策」。'
const forgotten = '刚才的答案已经不在了，我最多只留 30 分钟。要再测一次，说「测政策」。'
const ended = '好，不测了，刚才的答案都没有留。'

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
    keep(message.senderId, { ...session, isAsking: wanted === undefined || isOpen(session) })
    const [intro] = startWords
    const known = saved ? [`你上次保存了 ${steps.length} 项，接着用。`] : []
    if (wanted) return [intro, ...known, ask(session)].join('\n')
    return [intro, ...known, whichKinds].join('\n')
  }

  /** Whether a question of this round is left. */
  const isOpen = (session: Pick<MatchSession, 'wanted' | 'steps' | 'answeredBefore'>) =>
    session.wanted !== undefined && !isRoundOver(session) && questionFor(session, compiled()) !== undefined

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
    keep(senderId, { ...session, isAsking: isOpen(session), isShownBeforeSaving: false })
    return isRoundOver(session) ? result(session) : ask(session)
  }

  function choose(message: Message, session: MatchSession): string | undefined {
    const kinds = kindsIn(fold(message.text))
    const tracks =
      kinds.length > 0
        ? compiled().tracks.filter(track => kinds.some(kind => kind.isWanted(track)))
        : asksElse(fold(message.text))
          ? []
          : parts.tracksNamed(message.text)
    if (tracks.length === 0) return undefined
    const wanted = tracks.map(({ track }) => track.id)
    return goOn(message.senderId, { ...session, wanted })
  }

  function answer(message: Message, session: MatchSession): string | undefined {
    const question = isRoundOver(session) ? undefined : questionFor(session, compiled())
    if (!question) return undefined
    const typed = readTyped(withYears(message.text, dayOf(clock)), question)
    if (typed.kind === 'unclear') return undefined
    const given = typed.kind === 'answer' ? typed.answer : undefined
    const said = goOn(message.senderId, answered(session, question.field.id, given))
    // What was typed freely may have been read otherwise than it was meant.
    const isRead = isRange(given) && !question.answers.includes(given)
    return isRead ? `${said}\n（刚才记的是：${describeAnswer(question.field, given)}）` : said
  }

  const words: [
    RegExp,
    (message: Message, session: MatchSession, rest: string) => Promise<string> | string,
  ][] = [
    [
      /^(?:上一[题步个]|返回|退回|回退)$/u,
      (message, session) => goOn(message.senderId, steppedBack(session)),
    ],
    [/^继续$/u, (message, session) => goOn(message.senderId, nextRound(session))],
    [/^结果$/u, (_, session) => result(session)],
    [/^(?:结束|退出|不测了|算了|停|停止)$/u, end],
    [/^为(?:什么|啥)(?<rest>.+)$/u, (_, session, rest) => withTrack(session, rest, explain)],
    [
      /^(?:怎么补|怎样补|怎么补上|如何补)(?<rest>.+)$/u,
      (_, session, rest) => withTrack(session, rest, describeRoute),
    ],
    [/^保存$/u, showBeforeSaving],
    [
      /^确认保存(?<rest>并给指导员看)?$/u,
      (message, session, rest) =>
        session.isShownBeforeSaving
          ? save(message, session, rest !== '')
          : showBeforeSaving(message, session),
    ],
  ]

  function end(message: Message): string {
    sessions.delete(message.senderId)
    return ended
  }

  function showBeforeSaving(message: Message, session: MatchSession): string {
    keep(message.senderId, { ...session, isShownBeforeSaving: true })
    return askBeforeSaving(keptAnswers(profileOf(session), compiled()), compiled().rules.fields)
  }

  /** One of our own words with what follows it. 「为什么」 without a space asks for a verdict only before a programme. */
  function wordIn(said: string) {
    for (const [pattern, run] of words) {
      const rest = pattern.exec(said)?.groups?.rest ?? ''
      if (!pattern.test(said)) continue
      const isOurs = !/^为/u.test(said) || /^[\s:：]/u.test(rest) || parts.tracksNamed(rest).length > 0
      return isOurs ? { run, rest: rest.replace(/^[\s:：]+/u, '') } : undefined
    }
    return undefined
  }

  /** While a question is open, everything is meant for it but another question, so that no figure goes further. */
  function awaits(message: Message): boolean {
    const session = message.groupId ? undefined : current(message.senderId)
    if (!session) return false
    const said = fold(message.text)
    return wordIn(said) !== undefined || (session.isAsking === true && !asksElse(said))
  }

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
      told: { ...before?.told, ...Object.fromEntries(told) },
      sentReminders: before?.sentReminders ?? [],
      ...(before?.remindedAt ? { remindedAt: before.remindedAt } : {}),
    }))
    return `保存好了${isShared ? '，你空间的指导员也能看到' : '，只有你自己能看到'}。想在窗口开放、快截止时收到提醒，回「提醒我 高企」这样；不想留了，回「删除我的企业信息」。`
  }

  async function listen(message: Message): Promise<Spoken> {
    if (message.groupId) return undefined
    const said = fold(message.text)
    const session = current(message.senderId)
    if (!session) return ownWords.test(said) ? forgotten : undefined
    const word = wordIn(said)
    if (word) {
      if (session.wanted === undefined && word.run !== end) return whichKinds
      keep(message.senderId, session)
      return word.run(message, session, word.rest)
    }
    const taken = session.wanted === undefined ? choose(message, session) : answer(message, session)
    return taken ?? declined(message, session, said)
  }

  /** What is said to words that are no answer; nothing to what asks something else, and then others may ask back. */
  function declined(message: Message, session: MatchSession, said: string): string | undefined {
    const isLeft = session.wanted === undefined || isOpen(session)
    if (isLeft ? session.isAsking && !asksElse(said) : looksLikeAnswer(said)) {
      keep(message.senderId, session)
      if (!isLeft) return nothingAsked
      return `${unclear}\n${session.wanted === undefined ? whichKinds : ask(session)}`
    }
    keep(message.senderId, { ...session, isAsking: false })
    return undefined
  }

  /** Ends an interview, as when what was saved is deleted. */
  const forget = (senderId: string) => void sessions.delete(senderId)

  return { listen, awaits, forget, commands: matchingCommands({ ...parts, start, forget }) }
}

/** Our words that make no sense without an interview. */
const ownWords = /^(?:上一题|继续|结果|保存|确认保存(?:并给指导员看)?)$/u

/** Words of a question, of which no answer to ours has any. */
const asksElse = (said: string) =>
  /[?？吗]|怎么|如何|什么|啥|哪[里儿个些天]|多少|能不能|可不可以|是不是|有没有|要不要|谁|请问|转人工/u.test(
    said,
  ) && !/^[?？]$/u.test(said)

const whichKinds = [startWords[1], ...wantedKinds.map(({ label }, at) => `${at + 1} ${label}`)].join('\n')

/** The kinds that a reply names by number or by word: 「1 3」「1、3」「税费优惠」「都看」. */
function kindsIn(said: string) {
  if (/^\d(?:[\s、,，和.]*\d)*[.。]?$/u.test(said))
    return (said.match(/\d/g) ?? []).flatMap(digit => wantedKinds[Number(digit) - 1] ?? [])
  if (/^(?:都|全部|所有|全都)/u.test(said)) return wantedKinds.slice(-1)
  return wantedKinds.filter(({ label }) => said.length >= 2 && label.includes(said))
}

/** 「去年3月」 as 「2025年3月」. @param on today, ISO 8601 */
const withYears = (text: string, on: string) =>
  text
    .trim()
    .replace(
      /^(?:今年|去年|前年)/u,
      word => `${Number(on.slice(0, 4)) - ['今年', '去年', '前年'].indexOf(word)}年`,
    )

/** Short words without a question are meant as answers; longer ones may ask something else. */
const looksLikeAnswer = (said: string) => /^[\d\s.,、，%万亿元人年月日-]{1,12}$/u.test(said)

export const dayOf = (clock: Clock): string =>
  clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()

type CommandParts = ChatParts & {
  start(message: Message, rest: string): Promise<Spoken>
  /** Ends their interview. */
  forget(senderId: string): void
}

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
  const { directory, companies, tracksNamed, start, forget } = parts
  const change = async (
    message: Message,
    rest: string,
    edit: (saved: SavedCompany, ids: string[]) => string[],
  ) => {
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
  /** What is told of a track when reminders begin: later changes are measured by it. */
  const toldNow = (saved: SavedCompany, tracks: readonly CompiledTrack[]) => {
    const profile = profileOfCompany(saved, parts.compiled())
    const told = tracks.map(track => [track.track.id, track.judge(profile).name] as const)
    return { told: { ...saved.told, ...Object.fromEntries(told) } }
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
        forget(message.senderId)
        return had ? '删掉了，一项不留。' : '没有保存过企业信息。'
      },
    },
  ]
}
