import { type Answer, type Command, Refusal } from '../../../feature.ts'
import type { Message } from '../../../ports/chat.ts'
import { phaseOf, sentAtOf } from '../lessons/window.ts'
import type { OrganizerParts } from '../organizer-parts.ts'
import { readLine } from './lesson-line.ts'
import { actedBy, chooseOne, type PickLesson, titledBy, titledWith } from './lesson-picker.ts'
import { onDayOf, spanOf } from './lesson-times.ts'
import { planIn } from './open-commands.ts'

const lookAheadDays = 366
const forAll = /^(?:以后(?:的)?(?:都)?|全部|整个系列|系列)(?=\s|$)\s*/u

/** 改课 and 取消课程: one lesson, or with 「以后」 its whole series. */
export function editingCommands(parts: OrganizerParts & { pickNext: PickLesson }): Command[] {
  const { lessons, actions, directory, roster, clock, pickNext } = parts

  async function edit(message: Message, typed: string): Promise<Answer> {
    const at = sentAtOf(message)
    const isForAll = forAll.test(typed)
    const titleIn = (said: string) => readLine(said.replace(forAll, ''), at).unlabelled
    const { lesson, rest: afterNumber } = await pickNext(message, typed.replace(forAll, ''), '改课', titleIn)
    const isForSeries = isForAll || forAll.test(afterNumber)
    const { plan: written, times, unlabelled } = readLine(afterNumber.replace(forAll, ''), at)
    if (unlabelled !== '')
      throw new Refusal(
        `没有叫「${unlabelled}」的课。要改名，请写「改课 标题 ${unlabelled}」；改别的，像「改课 地点 三楼」这样写。`,
      )
    if (Object.keys(written).length === 0 && !times) {
      throw new Refusal(
        '请写上要改什么，例如「改课 时间 周六15:00-16:30」「改课 地点 三楼」「改课 以后 主讲 王老师」。',
      )
    }
    if (times?.recurrence) throw new Refusal('改成另外的周几，请先发「取消课程 以后」，再重新开课。')
    const span = times && spanOf(onDayOf(times, lesson))
    const change = { plan: await planIn(written, roster), ...(span ? { times: span } : {}) }
    return actions.edit(lesson, change, await actedBy(message, directory), isForSeries)
  }

  async function cancelOne(message: Message, typed: string): Promise<Answer> {
    const at = sentAtOf(message)
    const isForAll = forAll.test(typed)
    const coming = await lessons.between(
      { from: at, to: at.add({ hours: 24 * lookAheadDays }) },
      message.groupId,
    )
    const open = coming.filter(one => ['upcoming', 'open'].includes(phaseOf(one, at)))
    // Only the next lesson of a series is meant by itself.
    const next = open.filter(
      one => !one.series || open.find(other => other.series?.id === one.series?.id) === one,
    )
    const number = typed.replace(forAll, '').trim()
    const lesson =
      titledBy(next, number, at) ??
      titledWith(next, number, at) ??
      chooseOne(next, number, { word: '取消课程', clock, none: '没有可以取消的课。' })
    const by = await actedBy(message, directory)
    if (isForAll) return actions.endSeries(lesson, by)
    const more = lesson.series ? '\n只取消这一次，后面照常；以后都不上了，发「取消课程 以后」。' : ''
    return `${await actions.cancel(lesson, by)}${more}`
  }

  async function restore(message: Message, typed: string): Promise<Answer> {
    const at = sentAtOf(message)
    const span = { from: at, to: at.add({ hours: 24 * lookAheadDays }) }
    const cancelled = (await lessons.between(span, message.groupId)).filter(
      one => one.cancelledAt !== undefined,
    )
    const none = '没有可以恢复的课。'
    const lesson =
      titledBy(cancelled, typed, at) ??
      titledWith(cancelled, typed.trim(), at) ??
      chooseOne(cancelled, typed.trim(), { word: '恢复课程', clock, none })
    return actions.restore(lesson, await actedBy(message, directory))
  }

  return commandTable({ edit, cancelOne, restore })
}

type Handler = (message: Message, typed: string) => Promise<Answer>

const inGroup = { takes: 'text', role: 'organizer', where: 'group' } as const

function commandTable({
  edit,
  cancelOne,
  restore,
}: Record<'edit' | 'cancelOne' | 'restore', Handler>): Command[] {
  return [
    {
      words: ['改课', '改課'],
      ...inGroup,
      help: '改课 时间 周六15:00 —— 改时间、地点、主讲等；前面加「以后」就是每次都改',
      run: edit,
    },
    {
      words: ['以后改课', '以後改課'],
      ...inGroup,
      help: '',
      run: (message, rest) => edit(message, `以后 ${rest}`),
    },
    {
      words: ['恢复课程', '恢復課程'],
      ...inGroup,
      help: '恢复课程 —— 取消错了，照常上',
      run: restore,
    },
    {
      words: ['以后取消课程', '以後取消課程'],
      ...inGroup,
      help: '',
      run: (message, rest) => cancelOne(message, `以后 ${rest}`),
    },
    {
      words: ['取消课程', '取消課程'],
      ...inGroup,
      help: '取消课程 —— 这节课不上了；发「取消课程 以后」每周的都不上了',
      run: cancelOne,
    },
  ]
}
