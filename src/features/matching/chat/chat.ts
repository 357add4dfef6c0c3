import type { Answer as Spoken } from '../../../feature.ts'
import { recentlyUsed } from '../../../lib/recently-used.ts'
import { isRange } from '../../../matching/answers.ts'
import type { MatchQuestion } from '../../../matching/interview/next-question.ts'
import type { CompiledTrack } from '../../../matching/verdicts.ts'
import { describeAnswer } from '../../../matching/wording.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { Roster } from '../../../ports/roster.ts'
import { dayInShanghai } from '../../../text/dates/time.ts'
import { fold } from '../../../text/fold.ts'
import { type Companies, keptAnswers, profileOfCompany, toldOf } from '../companies.ts'
import {
  type CompiledRules,
  isRoundOver,
  type MatchSession,
  nextRound,
  profileOf,
  questionFor,
  sessionMinutes,
  steppedBack,
  wantedTracks,
  withAnswer,
} from '../session.ts'
import {
  asksElse,
  askUnit,
  type InterviewWord,
  interviewWordIn,
  kindsIn,
  looksLikeAnswer,
  ownWords,
  whichKinds,
  withYears,
} from './interview-words.ts'
import { readTyped } from './typed-answers.ts'
import { askBeforeSaving, askInChat, describeResult, describeRoute, explain, startWords } from './words.ts'

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
  const sessions = recentlyUsed<MatchSession>(mostSessions)

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
    const question = openQuestion(session)
    keep(message.senderId, { ...session, isAsking: wanted === undefined || question !== undefined })
    const [intro] = startWords
    const known = saved ? [`你上次保存了 ${steps.length} 项，接着用。`] : []
    if (wanted) return [intro, ...known, askOrTell(session, question)].join('\n')
    return [intro, ...known, whichKinds].join('\n')
  }

  /** The question of this round; undefined where the round is over or none is left. */
  const openQuestion = (session: MatchSession) =>
    session.wanted === undefined || isRoundOver(session) ? undefined : questionFor(session, compiled())

  const askOrTell = (session: MatchSession, question: MatchQuestion | undefined) =>
    question ? askInChat(question, session.steps.length + 1) : result(session)

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
    const question = openQuestion(session)
    keep(senderId, { ...session, isAsking: question !== undefined, isShownBeforeSaving: false })
    return askOrTell(session, question)
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
    const question = openQuestion(session)
    if (!question) return undefined
    const typed = readTyped(withYears(message.text, dayInShanghai(clock.now())), question)
    if (typed.kind === 'unclear') return undefined
    if (typed.kind === 'no-unit') return askUnit(message.text)
    const given = typed.kind === 'answer' ? typed.answer : undefined
    const said = goOn(message.senderId, withAnswer(session, question.field.id, given))
    // A typed answer may have been read otherwise than meant.
    const isRead = isRange(given) && !question.answers.includes(given)
    return isRead ? `记下了：${describeAnswer(question.field, given)}。\n${said}` : said
  }

  type Run = (message: Message, session: MatchSession, rest: string) => Promise<string> | string
  const runs: Record<InterviewWord, Run> = {
    back: (message, session) => goOn(message.senderId, steppedBack(session)),
    more: (message, session) => goOn(message.senderId, nextRound(session)),
    result: (_, session) => result(session),
    end,
    why: (_, session, rest) => withTrack(session, rest, explain),
    route: (_, session, rest) => withTrack(session, rest, describeRoute),
    show: showBeforeSaving,
    save: (message, session, rest) =>
      session.isShownBeforeSaving ? save(message, session, rest !== '') : showBeforeSaving(message, session),
  }

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
    const found = interviewWordIn(said)
    if (!found) return undefined
    const { word, rest } = found
    const isOurs = word !== 'why' || /^[\s:：]/u.test(rest) || parts.tracksNamed(rest).length > 0
    return isOurs ? { run: runs[word], rest: rest.replace(/^[\s:：]+/u, '') } : undefined
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
      dayInShanghai(clock.now()),
    )
  }

  async function save(message: Message, session: MatchSession, isShared: boolean): Promise<string> {
    const { id } = await directory.recognise(message)
    const profile = profileOf(session)
    const told = toldOf(wantedTracks(session, compiled()), profile)
    const now = clock.now().toString()
    await companies.update(id, before => ({
      answers: keptAnswers(profile, compiled()),
      wanted: [...(session.wanted ?? [])],
      isShared,
      savedAt: now,
      lookedAt: now,
      reminders: before?.reminders ?? [],
      told: { ...before?.told, ...told },
      sentReminders: before?.sentReminders ?? [],
      ...(before?.remindedAt ? { remindedAt: before.remindedAt } : {}),
    }))
    return `保存好了${isShared ? '，你空间的指导员也能看到' : '，只有你自己能看到'}。想在窗口开放、快截止时收到提醒，回「提醒我 高企」这样；不想留了，回「删除我的企业信息」。`
  }

  function listen(message: Message): Promise<Spoken> | Spoken {
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

  /** Reply to words that are no answer; undefined for another question, which other features may take. */
  function declined(message: Message, session: MatchSession, said: string): string | undefined {
    const question = openQuestion(session)
    const isLeft = session.wanted === undefined || question !== undefined
    if (isLeft ? session.isAsking && !asksElse(said) : looksLikeAnswer(said)) {
      keep(message.senderId, session)
      if (!isLeft) return nothingAsked
      return `${unclear}\n${question ? askOrTell(session, question) : whichKinds}`
    }
    keep(message.senderId, { ...session, isAsking: false })
    return undefined
  }

  /** Ends an interview, as when what was saved is deleted. */
  const forget = (senderId: string) => void sessions.delete(senderId)

  return { start, listen, awaits, forget }
}
