import type { Temporal } from 'temporal-polyfill'
import type { Answer, Command } from '../../../feature.ts'
import { keyHash } from '../../../lib/hash.ts'
import { type Message, type PassedOn, passedOn } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { FormSignUps } from '../../../ports/sign-ups.ts'
import { type SignInOutcome, signIn } from '../check-ins/check-in.ts'
import { isLeftToTalk } from '../check-ins/meanings/aside-meaning.ts'
import { isSurelyTalk } from '../check-ins/meanings/near-attendance.ts'
import { isOneOfPlaces, withoutOwnName } from '../check-ins/meanings/own-name.ts'
import { plainLeave } from '../check-ins/meanings/plain-leave.ts'
import { mayBeName, type SignInMeaning, signInMeaning } from '../check-ins/meanings/sign-in-meaning.ts'
import { isLeaving, isSignOut } from '../check-ins/meanings/sign-out-meaning.ts'
import type { People } from '../check-ins/people.ts'
import { acceptedAttempt } from '../check-ins/rules.ts'
import { asideWords, clockTime, codeWords, sayLesson, sayWhich } from '../check-ins/words.ts'
import { asksForCode, isCodeOf } from '../lessons/codes.ts'
import type { Lessons } from '../lessons/lessons.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { delayOf, opensBeforeMinutes, phaseOf, sentAtOf } from '../lessons/window.ts'
import {
  createClosedWindow,
  lateTryHours,
  leaveAheadDays,
  meantLesson,
  noLessonWords,
  sayOpening,
} from './closed-window.ts'
import type { LessonChoice } from './lesson-choice.ts'
import { createLeave } from './sign-in/leave.ts'
import { signInTable } from './sign-in/sign-in-table.ts'
import { createSignOut } from './sign-out.ts'

type Said = { at: Temporal.Instant; code: string | undefined }

type Parts = {
  lessons: Lessons
  people: People
  directory: Directory
  forms: FormSignUps
  clock: Clock
  choice: LessonChoice
}

/** Whether words that were read so may still ask for leave. */
const mayAskLeave = (meaning: SignInMeaning | undefined) =>
  meaning === undefined || meaning.kind === 'leave' || meaning.kind === 'unclear'

/** Chat commands of makers. Receipts come in batches; a single reply only where a person mentions the bot. */
export function signInCommands({ lessons, people, directory, forms, clock, choice }: Parts): Command[] {
  const whileClosed = createClosedWindow({ lessons, forms, clock })
  const { handleSignOut, handleLeaving } = createSignOut({ lessons, people, directory, clock })
  const { handleLeave, handleExcuse, handleBack } = createLeave({ lessons, people, directory, clock, choice })

  async function handleSignIn(message: Message, rest: string): Promise<Answer> {
    if (!message.groupId) return sayInPrivate(message)
    const isPlain = /^[+＋]1$/u.test(rest.trim())
    const typed = (isPlain ? '' : rest).match(/^(?<number>\d{1,2})?\s*(?<code>\d{4})?$/u)?.groups
    if (!typed) {
      const own = await withoutOwn(message, rest)
      if (own !== undefined && own !== rest) return handleSignIn(message, own)
      const meaning = await knowingNames(message, `签到 ${rest}`)
      if (meaning?.kind === 'self') return handleSignIn(message, meaning.code ?? '')
      return meaning?.kind === 'late' || meaning?.kind === 'leave'
        ? asideWords[meaning.kind]
        : '签到只发「签到」两个字就行，只记发消息的本人，不能替别人签。'
    }
    const at = sentAtOf(message)
    const nearby = await lessons.between(
      { from: at.subtract({ hours: lateTryHours }), to: at.add({ hours: 24 * leaveAheadDays }) },
      message.groupId,
    )
    const open = nearby.filter(lesson => phaseOf(lesson, at) === 'open')
    if (open.length === 0) return notOpen(message, nearby, at)
    const { number, code } = typed
    const byCode = open.filter(lesson => code !== undefined && isCodeOf(lesson, code, at))
    const candidates = byCode.length === 1 ? byCode : open
    const chosen = number ? open[Number(number) - 1] : candidates.length === 1 ? candidates[0] : undefined
    return chosen ? count(message, chosen, { at, code }) : askWhich(message, open, { at, code })
  }

  /**
   * Takes other words for signing in, which count only while a window is open in this group. 「来不了」 without a lesson
   * gives back a place on a form, also in private.
   */
  async function handleOtherWords(message: Message): Promise<Answer | PassedOn> {
    if (message.groupId !== undefined && isSignOut(message.text)) return handleSignOut(message, true)
    if (message.groupId !== undefined && isLeaving(message.text)) return handleLeaving(message)
    const guessed = signInMeaning(message.text, mayBeName)
    const isSure = guessed !== undefined && guessed.kind !== 'other' && guessed.kind !== 'unclear'
    const read = (await ownMeaning(message)) ?? (isSure ? guessed : await knowingNames(message))
    const meaning = (mayAskLeave(read) ? plainLeave(message.text) : undefined) ?? read
    const at = sentAtOf(message)
    if (!meaning || isLeftToTalk(meaning, message, at)) return passedOn
    if (meaning.kind === 'unclear' && !message.mentionsBot && isSurelyTalk(message.text)) return passedOn
    const nearby = await lessons.between(
      { from: at, to: at.add({ minutes: opensBeforeMinutes + 1 }) },
      message.groupId,
    )
    if (meaning.kind === 'back') return handleBack(message)
    if (meaning.kind === 'excuse') return handleExcuse(message, meaning)
    const open = nearby.filter(lesson => phaseOf(lesson, at) === 'open')
    if (open.length === 0 && 'reason' in meaning) return handleExcuse(message, meaning)
    if (message.groupId === undefined && meaning.kind !== 'leave')
      return open.length === 0 ? passedOn : meaning.kind === 'late' ? asideWords.late : sayInPrivate(message)
    if (open.length === 0 || message.groupId === undefined)
      return meaning.kind === 'self' && message.mentionsBot
        ? handleSignIn(message, '')
        : whileClosed(message, meaning)
    const isCode = meaning.kind === 'digits' || (meaning.kind === 'other' && meaning.code !== undefined)
    if (isCode && !open.some(asksForCode)) return passedOn
    return meaning.kind === 'self' || meaning.kind === 'digits'
      ? handleSignIn(message, meaning.code ?? '')
      : asideWords[meaning.kind]
  }

  async function withoutOwn(message: Message, text: string): Promise<string | undefined> {
    const { name } = await directory.recognise(message)
    return withoutOwnName(text, [message.senderName, name])
  }

  /** 「张三签到」 or 「张三 请假 出差」 of 张三; undefined where the rest is neither. */
  async function ownMeaning(message: Message) {
    if (message.groupId === undefined) return undefined
    const rest = await withoutOwn(message, message.text)
    const meaning = rest === undefined ? undefined : signInMeaning(rest, mayBeName)
    return meaning && ['self', 'digits', 'excuse', 'trouble', 'unclear'].includes(meaning.kind)
      ? meaning
      : undefined
  }

  /** 「刘凯到了」 names a member, 「高铁到了」 does not; 「到优空间了」 is said of the own place. */
  async function knowingNames(message: Message, text = message.text) {
    const { groupId } = message
    if (groupId === undefined) return undefined
    const at = sentAtOf(message)
    const [names, { id }, group, near] = await Promise.all([
      people.namesIn(groupId),
      directory.recognise(message),
      directory.group(groupId),
      lessons.between({ from: at, to: at.add({ minutes: opensBeforeMinutes + 1 }) }, groupId),
    ])
    const titles = near.map(({ title }) => title)
    const places = [...(await people.placesOf(id, near)), group?.name ?? '', ...titles]
    const isPlace = (word: string) => isOneOfPlaces(word, places)
    return signInMeaning(text, word => names.has(word), isPlace)
  }

  /** The lesson of a person is known from the group only; a person who left the group needs an organizer. */
  async function sayInPrivate(message: Message): Promise<string> {
    const at = sentAtOf(message)
    const open = (await lessons.between({ from: at, to: at.add({ minutes: 15 }) })).filter(
      lesson => phaseOf(lesson, at) === 'open',
    )
    if (open.length === 0) return '签到要在上课的群里发。现在没有在签到的课。'
    const names = await Promise.all(open.flatMap(one => one.groupIds).map(id => directory.group(id)))
    const groups = [...new Set(names.flatMap(group => (group ? [`「${group.name}」`] : [])))].join('、')
    return `签到要在群里发，私聊不算：请到${groups}里发「签到」。已经不在群里的话，请告诉组织者，由组织者给你补签。`
  }

  async function notOpen(message: Message, nearby: Lesson[], at: Temporal.Instant): Promise<Answer> {
    const meant = meantLesson(nearby, at)
    if (!meant) return noLessonWords
    return 'over' in meant
      ? count(message, meant.over, { at, code: undefined })
      : sayOpening(meant.next, clock.now())
  }

  /** The sign-in counts from when it was said, once the person has named the lesson. */
  function askWhich(message: Message, open: readonly Lesson[], said: Said): string {
    const which = () => sayWhich('签到', open, clock.now())
    const chosen = async (lesson: Lesson | undefined) => (lesson ? count(message, lesson, said) : which())
    choice.ask(message, { most: open.length, choose: number => chosen(open[number - 1]) })
    return which()
  }

  async function count(message: Message, lesson: Lesson, { at, code }: Said): Promise<Answer> {
    const member = await directory.recognise(message)
    const { groupId } = message
    const who = { memberId: member.id, name: member.name, ...(groupId ? { groupId } : {}) }
    const said = {
      at: at.toString(),
      ...(code === undefined ? {} : { code }),
      ...delayOf(message),
      messageKey: keyHash(message.id),
    }
    let had: string | undefined
    let outcome: SignInOutcome = 'counted'
    await people.take(lesson, member.id, (asIs, now) => {
      had ??= now && acceptedAttempt(asIs, now)?.at
      const next = signIn(asIs, now, { who, said })
      outcome = next.outcome
      return next.checkIn
    })
    const problem = codeWords.get(outcome)
    if (problem) return problem
    // Signed in at that very time, it is the same message delivered again.
    if (!message.mentionsBot || had === undefined || had === said.at) return undefined
    return `${sayLesson(lesson, clock.now())}，你 ${clockTime(had)} 已经签过，不用再签。`
  }

  return signInTable({ handleSignIn, handleOtherWords, handleSignOut, handleLeave })
}
