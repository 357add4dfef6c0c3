import { Temporal } from 'temporal-polyfill'
import { type Answer, type Command, Refusal } from '../../../feature.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Roster } from '../../../ports/roster.ts'
import type { Expected, LessonPlan } from '../lessons/records/plan.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { defaultLengthMinutes, windowOf } from '../lessons/window.ts'
import type { OrganizerParts } from '../organizer-parts.ts'
import { readLine, type WrittenPlan } from './lesson-line.ts'
import { actedBy } from './lesson-picker.ts'
import { spanOf, type WrittenTimes } from './lesson-times.ts'
import { refusePast } from './past-times.ts'

const example =
  '例如「开课 周末微党课 周六14:00」「开课 周末微党课 明天14:00-15:30 主讲 王老师 地点 优空间二楼」'

/** 开课, in one line: once, or again and again. */
export function openingCommands(parts: OrganizerParts): Command[] {
  const { actions, lessons, roster, directory } = parts

  async function open(message: Message, rest: string): Promise<Answer> {
    const by = await actedBy(message, directory)
    const { plan: written, times } = readLine(rest, by.at)
    if (!times) throw new Refusal(`请带上时间，${example}，每周都有就写「每周六 14:00」。`)
    const { hasCode = false } = written
    const groupIds = [message.groupId ?? '']
    const plan = { ...(await planIn(written, roster)), title: written.title ?? '', groupIds }
    const { recurrence } = times
    if (!recurrence && plan.title !== '') refusePast(rest, times, by.at)
    const { lesson, text } = await actions.open({ plan, ...spanOf(times), hasCode, recurrence }, by)
    const overlap = recurrence || !lesson ? '' : await overlapOf(lesson)
    return `${text}${lengthHint(times)}${overlap}`
  }

  async function overlapOf(lesson: Lesson): Promise<string> {
    const { opensAt, closesAt } = windowOf(lesson)
    const around = await lessons.between({ from: opensAt, to: closesAt }, lesson.groupIds[0])
    const other = around.find(one => one.id !== lesson.id && isOpenIn(one, { from: opensAt, to: closesAt }))
    return other ? `\n和「${other.title}」时间有重叠，那段时间大家签到要带号码，我会提示。` : ''
  }

  return [
    {
      words: ['开课', '開課', '开活动', '開活動'],
      takes: 'text',
      role: 'organizer',
      where: 'group',
      help: '开课 周末微党课 周六14:00 —— 在本群开一节课，可加主讲、地点、名额、「每周六」',
      run: open,
    },
  ]
}

/** Whether people can sign in to a lesson, which may be closed early, at some time of a span. */
function isOpenIn(lesson: Lesson, { from, to }: { from: Temporal.Instant; to: Temporal.Instant }): boolean {
  const { opensAt, closesAt } = windowOf(lesson)
  const ends = Temporal.Instant.compare(from, closesAt) < 0
  return lesson.cancelledAt === undefined && ends && Temporal.Instant.compare(opensAt, to) < 0
}

const lengthHint = ({ endsAt }: WrittenTimes) =>
  endsAt ? '' : `\n没写几点下课，按 ${defaultLengthMinutes} 分钟算；要提前结束，发「下课」。`

/**
 * The written plan, with 应到 as the roster understands it.
 * @throws {@link Refusal} for a branch or space that it does not know
 */
export async function planIn(
  { expected, hasCode: _, ...written }: WrittenPlan,
  roster: Pick<Roster, 'branches' | 'spaces'>,
): Promise<Partial<LessonPlan>> {
  if (expected !== undefined) return { ...written, expected: await expectedIn(expected, roster) }
  // A sign-up is a promise to come; the others are not missing.
  return written.signUp ? { ...written, expected: { whom: 'signed-up', branches: [], spaces: [] } } : written
}

/** @throws {@link Refusal} with the names that there are */
async function expectedIn(said: string, roster: Pick<Roster, 'branches' | 'spaces'>): Promise<Expected> {
  const plain = (whom: Expected['whom']): Expected => ({ whom, branches: [], spaces: [] })
  if (/^(?:本群|全体|全员|所有人|大家)$/u.test(said)) return { ...plain('groups'), includesStaff: true }
  if (/^报了?名(?:的人?)?$/u.test(said)) return plain('signed-up')
  if (/^(?:不限|不计|自愿|没有|无)$/u.test(said)) return plain('nobody')
  const [branches, spaces] = await Promise.all([roster.branches(), roster.spaces()])
  // 「优空间支部全体」 means all of the branch, also those who run the lesson.
  const whole = /(?<=.)(?:的?(?:全体|全员|所有人|大家))$/u
  const includesStaff = whole.test(said)
  const names = said
    .replace(whole, '')
    .split(/[、，,;；\s]+/u)
    .filter(name => name !== '')
  const isOne = (name: string) => (known: string) => known === name || known === `${name}支部`
  const unknown = names.filter(name => ![...branches, ...spaces].some(isOne(name)))
  if (unknown.length > 0) {
    const known = [...branches, ...spaces].join('、') || '（名单还是空的，请先导入）'
    throw new Refusal(
      `名单上没有「${unknown.join('」「')}」。应到可以写：${known}，也可以写「本群」「报名的人」「不限」。`,
    )
  }
  return {
    whom: 'units',
    branches: branches.filter(branch => names.some(name => isOne(name)(branch))),
    // A branch and a space may be called the same: the branch is meant then.
    spaces: spaces.filter(space => names.includes(space) && !branches.some(isOne(space))),
    ...(includesStaff ? { includesStaff } : {}),
  }
}
