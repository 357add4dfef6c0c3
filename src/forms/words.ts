import type { Temporal } from 'temporal-polyfill'
import type { RosterMember } from '../ports/roster.ts'
import { sayKeptDay } from '../text/dates/kept-day.ts'
import { instantOf, sayTime } from '../text/dates/time.ts'
import type { FormAnswer, FormRecord, SignUpForm } from './form.ts'
import { answerOf, placesTaken } from './rules.ts'
import { sayPrivately } from './sensitive.ts'

/** Fields that the roster answers: they are never typed. */
const knownFields = ['姓名', '众创空间', '支部', '团队'] as const
type KnownField = (typeof knownFields)[number]
const rosterFields = { 姓名: 'name', 众创空间: 'space', 支部: 'branch', 团队: 'team' } as const
/** Most people a line that a receipt names. */
const namesPerLine = 60

/** 「40 人，截止 12月10日 18:00」. */
export function sayLimits({ capacity, closesAt, options }: SignUpForm, now: Temporal.Instant): string {
  return [
    ...(capacity === undefined ? [] : [`限 ${capacity} 人`]),
    ...(options.length > 0 ? [options.map(sayOption).join('、')] : []),
    closesAt === undefined ? '不定截止时间' : `截止 ${sayTime(instantOf(closesAt), now)}`,
  ].join('，')
}

const sayOption = ({ name, capacity }: SignUpForm['options'][number]) =>
  capacity === undefined ? name : `${name}（${capacity} 人）`

/** Which of the fields that are never asked the roster has for at least one member. */
export const knownFieldsOf = (members: readonly RosterMember[]): KnownField[] =>
  knownFields.filter(field => members.some(one => one[rosterFields[field]] !== ''))

/** Text for a group when a form opens. */
export function sayFormOpened(
  form: SignUpForm,
  { now, known }: { now: Temporal.Instant; known: readonly KnownField[] },
): string {
  const first = form.options[0]?.name
  return [
    ...(form.note === '' ? [] : [form.note]),
    `报名开始：${form.title}（${form.number} 号）`,
    sayLimits(form, now),
    `想来的发「报名${first ? ` ${first}` : ''}」，带人发「报名${first ? ` ${first}` : ''} 2人」，替人报发「代张三报名」，不来了发「不去了」。`,
    sayAsked(form, known),
    ...[sayPrivately(form)].filter(Boolean),
    '自愿报名，不报不用说。',
  ].join('\n')
}

function sayAsked(form: SignUpForm, known: readonly KnownField[]): string {
  const first = form.options[0] ? `${form.options[0].name} ` : ''
  const [ask] = form.fields.map(one => one.ask)
  const fromRoster = known.length > 0 ? `${known.join('、')}名单上已有` : '名字按群里的记'
  if (ask === undefined) return `${fromRoster}，什么都不用填。`
  const purposes = form.fields.map(one => (one.why === '' ? one.ask : `${one.ask}（${one.why}）`))
  const share = Math.round(100 * knownShare(form, known))
  const asked =
    known.length > 0
      ? `一共 ${known.length + form.fields.length} 项，${fromRoster}（${share}%），只要补：`
      : `${fromRoster}，只要填：`
  return `${asked}${purposes.join('、')}。填的只有组织者看，留到${sayKeptDay(form.keptUntil)}，到时自动删。例如「报名 ${first}${ask}：……」。`
}

/** How many of a form's fields the roster answers, 0 to 1. */
export const knownShare = (
  { fields }: { fields: readonly unknown[] },
  known: readonly KnownField[] = knownFields,
): number => known.length / (known.length + fields.length)

/** Roster values of this member in the sheet, for them to check; empty where there are none. */
export function sayFromRoster(member: RosterMember | undefined): string {
  if (!member?.isOnRoster) return ''
  const said = [member.name, member.space, member.branch, member.team].filter(Boolean)
  return `按名单记的是：${said.join('，')}。不对请告诉组织者。`
}

/** How a member stands, for themselves. */
export function sayAnswer({ form, answers }: FormRecord, answer: FormAnswer, now: Temporal.Instant): string {
  const which = `「${form.title}」`
  const what = [answer.option, answer.people > 1 ? `${answer.people} 人` : ''].filter(Boolean).join('，')
  const also = what === '' ? '' : `（${what}）`
  const until = answer.heldUntil ? sayTime(instantOf(answer.heldUntil), now) : ''
  const missing = form.fields.filter(({ id, isNeeded }) => isNeeded && !answer.values[id])
  const ask =
    missing.length > 0
      ? `\n还差：${missing.map(one => one.ask).join('、')}。请发「报名 ${form.title} ${missing[0]?.ask}：……」。`
      : ''
  const privately = sayPrivately(form)
  const more = `${ask}${privately === '' ? '' : `\n${privately}`}`
  if (answer.state === 'in') return `${which}报上名了${also}。要改发「改成 2人」，来不了发「不去了」。${more}`
  if (answer.state === 'offered')
    return `${which}有空位了${also}，给你留到 ${until}。来就回「是」，不来发「不去了」。`
  if (answer.state === 'proxy')
    return `${answer.byName}替你报了${which}${also}。同意请回「是」，位子留到 ${until}；不去发「不去了」。`
  if (answer.state === 'out') return `${which}的报名取消了。`
  const before = answers.filter(({ state }) => state === 'waiting').indexOf(answer)
  return `${which}名额满了，你排在候补第 ${before + 1} 位${also}，有空位我私聊告诉你。${more}`
}

/** How a member stands, for the one who signed them up. */
export function sayAnswerOfOther({ form }: FormRecord, answer: FormAnswer, now: Temporal.Instant): string {
  const which = `「${form.title}」`
  if (answer.state === 'proxy' && answer.heldUntil)
    return `替${answer.name}报了${which}，等本人回「是」才算，位子留到 ${sayTime(instantOf(answer.heldUntil), now)}。`
  if (answer.state === 'waiting') return `${which}名额满了，${answer.name}排在候补里，有空位我私聊问本人。`
  return `${answer.name}已经报过${which}了。`
}

type ReceiptParts = { number: number; now: Temporal.Instant; groupId: string }

/** Sums many changes up in one line: 「又有 6 人：…，共 31 / 40，候补 2」. Names members by what they are now. */
export function sayFormReceipt(record: FormRecord, { number, groupId }: ReceiptParts): string {
  const told = record.notices.filter(one => one.receipt === number && one.groupId === groupId)
  const ids = [...new Set(told.map(({ memberId }) => memberId))]
  const answers = ids.flatMap(id => answerOf(record, id) ?? [])
  const isNew = (id: string) => told.some(({ memberId, about }) => memberId === id && about !== 'changed')
  const named = (states: readonly FormAnswer['state'][], wanted = true) =>
    answers.filter(({ state, memberId }) => states.includes(state) && isNew(memberId) === wanted)
  const lines = [
    ['报上了', named(['in'])],
    ['改好了', named(['in', 'waiting'], false)],
    ['替人报的，等本人说「是」', named(['proxy'])],
    ['排候补', named(['waiting'])],
    ['有空位了，请回「是」', named(['offered'])],
    ['不来了', named(['out'])],
  ] as const
  return [
    `「${record.form.title}」${sayTotal(record)}`,
    ...lines.flatMap(([word, people]) => (people.length > 0 ? [`${word}：${sayNames(people)}`] : [])),
  ].join('\n')
}

function sayNames(answers: readonly FormAnswer[]): string {
  const names = answers
    .slice(0, namesPerLine)
    .map(
      ({ name, people, option }) => `${name}${option ? ` ${option}` : ''}${people > 1 ? ` ${people}人` : ''}`,
    )
  return `${names.join('、')}${answers.length > namesPerLine ? `等 ${answers.length} 位` : ''}`
}

/** 「共 31 / 40，候补 2」. */
export function sayTotal(record: FormRecord): string {
  const { capacity } = record.form
  const waiting = record.answers
    .filter(({ state }) => state === 'waiting')
    .reduce((n, one) => n + one.people, 0)
  return `共 ${placesTaken(record)}${capacity === undefined ? '' : ` / ${capacity}`} 人${waiting > 0 ? `，候补 ${waiting}` : ''}`
}
