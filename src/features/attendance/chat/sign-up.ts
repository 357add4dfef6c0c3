import { type Answer, type Command, Refusal } from '../../../feature.ts'
import { commandByMeaning } from '../../../listeners.ts'
import { type Message, type PassedOn, passedOn } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { FormSignUps } from '../../../ports/sign-ups.ts'
import { isBareJoin, signUpMeaning } from '../check-ins/meanings/sign-up-meaning.ts'
import type { People } from '../check-ins/people.ts'
import { noSignUps, signOff, signUp, standingIn } from '../check-ins/sign-up-rules.ts'
import { sayChoices, sayLesson } from '../check-ins/words.ts'
import type { Lessons } from '../lessons/lessons.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { opensBeforeMinutes, phaseOf, sentAtOf } from '../lessons/window.ts'
import { firstOfEach } from './lesson-picker.ts'

const aheadDays = 60

const noSignUpWords = '现在没有要报名的活动。来上这节课的，人到了发「签到」就行。'

type Parts = { lessons: Lessons; people: People; directory: Directory; forms: FormSignUps; clock: Clock }

/** 报名 and 取消报名; in a group the next receipt answers them together with the others. */
export function signUpCommands({ lessons, people, directory, forms, clock }: Parts): Command[] {
  /** Lessons that take sign-ups here; of a series only the next. */
  async function openFor(message: Message): Promise<Lesson[]> {
    const at = sentAtOf(message)
    const coming = await lessons.between({ from: at, to: at.add({ hours: 24 * aheadDays }) }, message.groupId)
    return firstOfEach(
      coming.filter(one => one.signUp !== undefined),
      at,
    )
  }

  /** @returns what to answer instead where it is not clear which is meant */
  function choose(message: Message, open: Lesson[], rest: string, word: string): Lesson | string {
    const [only, ...more] = open
    if (!only) return message.groupId && !message.mentionsBot ? '' : '现在没有要报名的活动。'
    const isAlone = /^(?:[+＋]1)?$/u.test(rest)
    if (isAlone && more.length === 0) return only
    if (!isAlone && !/^\d{1,2}$/u.test(rest))
      return `${word}只发「${word}」就行，只记发消息的本人，不能替别人报。`
    const chosen = open[Number(rest) - 1]
    if (chosen) return chosen
    return `请带上号码再发，例如「${word} 1」：\n${sayChoices(word, open, clock.now())}`
  }

  /** Whether a message wants to sign up in plain words while a lesson is under way here. */
  async function isDuringLesson(message: Message): Promise<boolean> {
    if (signUpMeaning(message.text) !== 'on' || !message.text.includes('名')) return false
    const at = sentAtOf(message)
    const near = await lessons.between(
      { from: at, to: at.add({ minutes: opensBeforeMinutes }) },
      message.groupId,
    )
    return near.some(lesson => phaseOf(lesson, at) === 'open')
  }

  async function take(message: Message, rest: string, isOn: boolean): Promise<Answer | PassedOn> {
    const open = await openFor(message)
    const ofForm = isOn
      ? await forms.signUp(message, rest, open.length === 0)
      : await forms.leave(message, rest, open.length === 0)
    if (ofForm !== undefined) return ofForm || undefined
    const chosen = choose(message, open, rest, isOn ? '报名' : '取消报名')
    if (chosen === '') return (await isDuringLesson(message)) ? noSignUpWords : passedOn
    if (typeof chosen === 'string') return chosen
    const { id: memberId, name } = await directory.recognise(message)
    const { groupId } = message
    const who = { memberId, name, ...(groupId ? { groupId } : {}) }
    const said = { who, at: sentAtOf(message).toString(), capacity: chosen.signUp?.capacity }
    const list = await people.changeSignUps(chosen, now => (isOn ? signUp(now, said) : signOff(now, said)))
    if (groupId && !message.mentionsBot) return undefined
    return sayStanding(chosen, standingIn(list ?? noSignUps, memberId))
  }

  /**
   * Other words for signing up. In a group they count only where a lesson or a form
   * takes sign-ups; else they are talk.
   */
  async function takeOtherWords(message: Message): Promise<Answer | PassedOn> {
    const meaning = signUpMeaning(message.text)
    if (message.groupId && !message.mentionsBot && isBareJoin(message.text)) {
      const [first] = await openFor(message)
      if (first) return `要报名「${first.title}」的，发「报名」两个字就行。`
    }
    return meaning && take(message, '', meaning === 'on')
  }

  function sayStanding(lesson: Lesson, { state, before }: ReturnType<typeof standingIn>): string {
    const which = sayLesson(lesson, clock.now())
    if (state === 'in') return `报上名了：${which}，到时见。来不了请发「取消报名」，把位子让给候补的人。`
    if (state === 'waiting')
      return `${which} 名额满了，你排在候补第 ${before + 1} 位，有人退出会自动补上并告诉你。`
    if (state === 'out') return `${which} 的报名取消了。`
    throw new Refusal(`${which} 你还没有报名。`)
  }

  return [
    {
      words: ['报名', '報名'],
      takes: 'text',
      role: 'maker',
      where: 'anywhere',
      help: '报名 —— 报名参加活动（名额满了排候补）',
      repeatable: true,
      run: (message, rest) => take(message, rest.trim(), true),
    },
    commandByMeaning('anywhere', text => (signUpMeaning(text) ? '' : undefined), takeOtherWords),
    {
      words: ['取消报名', '取消報名', '退出报名', '退出報名'],
      takes: 'text',
      role: 'maker',
      where: 'anywhere',
      help: '取消报名 —— 来不了，把名额让出来',
      repeatable: true,
      run: (message, rest) => take(message, rest.trim(), false),
    },
  ]
}
