import { type Answer, type Command, Refusal } from '../../feature.ts'
import { readAnswerLine } from '../../forms/answer-line.ts'
import type { FormRecord } from '../../forms/form.ts'
import type { SignUpRequest } from '../../forms/rules.ts'
import { answerOf } from '../../forms/rules.ts'
import { requireNothingSensitive } from '../../forms/sensitive.ts'
import { readSignUpWish, type SignUpWish } from '../../forms/sign-up-wish.ts'
import { sayAnswer, sayAnswerOfOther, sayLimits, sayTotal } from '../../forms/words.ts'
import { commandByMeaning } from '../../listeners.ts'
import { type Message, type PassedOn, passedOn } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { FormSignUps } from '../../ports/sign-ups.ts'
import { withoutIdentifiers } from '../../text/identifiers.ts'
import { calledBy } from '../../text/names/names.ts'
import type { FormActions } from './actions.ts'
import type { FormPicker } from './form-picker.ts'

type FormChatParts = { actions: FormActions; picker: FormPicker; directory: Directory; clock: Clock }

const proxy = new RegExp(
  [
    String.raw`^(?:请|麻烦)?(?:帮忙)?(?:代|替|帮|给)\s*(?!我|你|您|他|她|咱|大家|各位|忙)`,
    String.raw`(?<who>[\p{Script=Han}·]{2,6}|(?=\p{Script=Han}{0,8}[A-Za-z·.-])\p{L}[\p{L}\d·. -]{0,18}[\p{L}\d])`,
    String.raw`\s*[报報](?:一?个|一下|上|下)?名(?:一下|吧)?(?:[\s，,:：]+(?<rest>.*))?$`,
  ].join(''),
  'u',
)

/** 报名 and what makers say afterwards. In a group the next receipt answers, unless the bot is spoken to. */
export function createMakerChat(parts: FormChatParts) {
  const { actions, picker, directory, clock } = parts
  /** The texts by which lessons and forms ask which is meant go out once per group and 20 s. */
  const asked = new Map<string, number>()

  function askOnce({ groupId, mentionsBot }: Message, text: string): string {
    if (!groupId || mentionsBot) return text
    const nowMs = clock.now().epochMilliseconds
    if (Math.abs(nowMs - (asked.get(groupId) ?? 0)) < 20_000) return ''
    asked.set(groupId, nowMs)
    return text
  }

  function say({ groupId, mentionsBot }: Message, record: FormRecord, memberId: string): string {
    const answer = answerOf(record, memberId)
    if (!answer || (groupId && !mentionsBot)) return ''
    return sayAnswer(record, answer, clock.now())
  }

  function sayOther({ groupId, mentionsBot }: Message, record: FormRecord, memberId: string): string {
    const answer = answerOf(record, memberId)
    if (!answer || (groupId && !mentionsBot)) return ''
    return sayAnswerOfOther(record, answer, clock.now())
  }

  async function take(
    message: Message,
    line: string,
    more: Partial<SignUpRequest> = {},
  ): Promise<string | undefined> {
    const picked = await picker.pick(message, line, { word: '报名' })
    if (!picked) return undefined
    if ('ask' in picked) return askOnce(message, picked.ask)
    requireNothingSensitive(picked.record.form, line)
    const { rest, ...answer } = readAnswerLine(picked.rest, picked.record.form)
    if (rest !== '' && !more.byName && message.groupId === undefined)
      throw new Refusal(
        `「${withoutIdentifiers(rest)}」没看懂。可以发「报名」「报名 2人」${sayFieldExample(picked.record)}。`,
      )
    const member = await directory.recognise(message)
    const { groupId } = message
    const who = { memberId: member.id, name: member.name, ...(groupId ? { groupId } : {}) }
    const record = await actions.signUp(picked.record.form.number, {
      ...who,
      ...answer,
      sentAt: message.sentAt,
      ...more,
    })
    const said = more.memberId ? sayOther(message, record, more.memberId) : say(message, record, member.id)
    const isFirst = answerOf(picked.record, member.id) === undefined
    const fromRoster = isFirst && !groupId && !more.byName ? await actions.sayFromRoster(member.id) : ''
    return [said, fromRoster].filter(Boolean).join('\n')
  }

  async function leaveForm(message: Message, said: string): Promise<string | undefined> {
    const { id: memberId } = await directory.recognise(message)
    const picked = await picker.pick(message, said, { word: '不去了', memberId })
    if (!picked) return isTalk(message) ? undefined : sayTooLate(await actions.closedOf(memberId))
    if ('ask' in picked) return askOnce(message, picked.ask)
    const { number } = picked.record.form
    return say(message, await actions.leave(number, { memberId, sentAt: message.sentAt }), memberId)
  }

  async function changeCount(message: Message, said: string): Promise<Answer | PassedOn> {
    const { id: memberId } = await directory.recognise(message)
    const picked = await picker.pick(message, said, { word: `报名 ${said}`, memberId })
    if (!picked) return message.groupId ? passedOn : '你还没有报名。想报名发「报名」。'
    if ('ask' in picked) return askOnce(message, picked.ask) || undefined
    return (await take(message, `${picked.record.form.title} ${said}`)) || undefined
  }

  async function signUpAnother(message: Message, said: string): Promise<Answer | PassedOn> {
    const { who = '', rest = '' } = proxy.exec(said)?.groups ?? {}
    const picked = await picker.pick(message, rest, { word: said })
    if (!picked) return isTalk(message) ? passedOn : '现在没有可以报名的活动。'
    if ('ask' in picked) return askOnce(message, picked.ask) || undefined
    const found = calledBy(await actions.peopleOf(picked.record), who)
    const [only, ...more] = found
    if (!only) throw new Refusal(`名单和群里没找到「${who}」，没有报。请核对名字，或让本人自己发「报名」。`)
    if (more.length > 0)
      throw new Refusal(`有 ${found.length} 位「${who}」，分不清是哪一位。请让本人自己发「报名」。`)
    const { name: byName } = await directory.recognise(message)
    const known = answerOf(picked.record, only.id)
    if (known && known.state !== 'out') return `${only.name}已经报过名了，不用再报。`
    const spoken = { memberId: only.id, name: only.name, byName }
    return (await take(message, `${picked.record.form.title} ${picked.rest}`, spoken)) || undefined
  }

  const wishIn = (text: string): SignUpWish | undefined => {
    const open = actions.seenOpen()
    return open.length === 0 ? undefined : readSignUpWish(text, open)
  }

  async function heedWish(message: Message, said: string): Promise<Answer | PassedOn> {
    const wish = wishIn(said)
    if (wish?.kind === 'total') return tellTotals(message, wish.rest)
    if (wish?.kind === 'off') return giveBack(message, wish.rest)
    if (wish?.kind === 'change') return changeCount(message, wish.rest)
    const taken = await take(message, wish?.rest ?? '')
    if (taken !== undefined) return taken || undefined
    return isTalk(message) ? passedOn : '现在没有可以报名的活动。'
  }

  async function giveBack(message: Message, said: string): Promise<Answer | PassedOn> {
    const left = await leaveForm(message, said)
    if (left !== undefined) return left || undefined
    return isTalk(message) ? passedOn : nothingToLeave
  }

  async function tellTotals(message: Message, title: string): Promise<Answer> {
    const open = await picker.candidates(message)
    if (isTalk(message)) return undefined
    const meant = open.filter(({ form }) => title === '' || form.title === title)
    if (meant.length === 0) return '现在没有可以报名的活动。'
    return meant
      .map(record => `「${record.form.title}」${sayTotal(record)}，${sayLimits(record.form, clock.now())}。`)
      .join('\n')
  }

  const signUps: Omit<FormSignUps, 'chain'> = {
    async signUp(message, rest, isAlone) {
      const open = await picker.candidates(message)
      if (open.length === 0) return undefined
      const names = open.some(({ form }) => rest.includes(form.title)) || /^\d{1,4}\s*号/u.test(rest)
      if (isAlone || names) return take(message, rest)
      if (/^\d{1,2}$/u.test(rest)) return undefined
      const first = open[0]?.form.title
      return askOnce(message, `有活动也有报名表：报活动发「报名 1」，报「${first}」发「报名 ${first}」。`)
    },
    async leave(message, rest, isAlone) {
      if (!isAlone && rest === '') return undefined
      const left = await leaveForm(message, rest)
      const isOpen = (await picker.candidates(message)).length > 0
      return left ?? (isOpen && !isTalk(message) ? nothingToLeave : undefined)
    },
    async own(message) {
      const { id } = await directory.recognise(message)
      return (await picker.candidates(message)).map(record => {
        const answer = answerOf(record, id)
        if (answer && answer.state !== 'out') return sayAnswer(record, answer, clock.now())
        return `「${record.form.title}」（${record.form.number} 号）：你还没有报名。`
      })
    },
  }

  const commands: Command[] = [
    {
      words: ['不去了', '不参加了'],
      takes: 'nothing',
      role: 'maker',
      where: 'anywhere',
      help: '不去了 —— 报过名的，把名额让出来',
      repeatable: true,
      run: message => giveBack(message, ''),
    },
    commandByMeaning('anywhere', text => (wishIn(text) ? text : undefined), heedWish),
    commandByMeaning('anywhere', text => (proxy.test(text.trim()) ? text.trim() : undefined), signUpAnother),
  ]
  return { commands, signUps }
}

const nothingToLeave = '你现在没有报名，不用取消。'

/** Said in a group to others. */
const isTalk = ({ groupId, mentionsBot }: Message) => groupId !== undefined && !mentionsBot

/** Places of a form that is over are given back to a person. */
const sayTooLate = (closed: FormRecord | undefined): string | undefined =>
  closed && `「${closed.form.title}」的报名已经结束了。来不了请直接告诉组织者${closed.form.byName}。`

const sayFieldExample = ({ form }: FormRecord): string => {
  const first = form.fields[0]?.ask
  return first ? `，或者发「报名 ${first}：……」` : ''
}
