import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import type { LessonPlan } from '../lessons/records/plan.ts'
import type { LessonRecurrence } from '../lessons/records/series-records.ts'
import { findRecurrence, occasionsOf } from '../lessons/recurrence.ts'
import {
  findTimes,
  refuseDayAlone,
  refuseSecondTime,
  refuseUnreadBound,
  refuseUnreadDay,
  type WrittenTimes,
} from './lesson-times.ts'

/** The written parts of a plan; 应到 still in the writer's words. */
export type WrittenPlan = Partial<
  Pick<
    LessonPlan,
    'title' | 'format' | 'speaker' | 'place' | 'materials' | 'signUp' | 'tellsNumbers' | 'takesSignOut'
  >
> & { expected?: string; hasCode?: boolean }
type Field = 'title' | 'format' | 'speaker' | 'place' | 'materials' | 'expected' | 'capacity' | 'time'
const labels: Record<Field, string> = {
  title: '名称|名字|标题|主题',
  format: '形式|方式',
  speaker: '主讲人|主讲老师|主讲嘉宾|主讲|讲师|授课人|授课老师|分享人|分享嘉宾|主持人|主持',
  place: '地点|地址|地方|场地',
  materials: '材料|资料',
  expected: '应到',
  capacity: '名额|人数',
  time: '时间|日期|改到|改为',
}
const labelWords = Object.entries(labels)
  .map(([name, words]) => `(?<${name}>${words})`)
  .join('|')
/** 「上课时间」, 「活动地点」. */
const labelPrefix = '(?:活动|会议|课程|上课|开课|授课|讲座)?'
/** 「1.时间」, 「二、地点」, 「📍地点」. */
const labelMark =
  '(?:(?:\\p{Extended_Pictographic}|\\ufe0f|[▪●■◆★※•])+\\s*)?(?:[\\d一二三四五六七八九十]{1,2}[.、．)）]\\s*)?'
const label = new RegExp(
  `(?:(?<=^|[\\s,，;；。|])${labelMark}|[【\\[])${labelPrefix}(?:${labelWords})(?:[】\\]]\\s*[:：]?\\s*|\\s*[:：]\\s*|\\s+)`,
  'gu',
)
/** A line under a label that is none of a lesson's ends the field before it: 「内容：…」. */
const otherLabel = /\n\s*(?:[【[]\p{Script=Han}{2,6}[】\]]|\p{Script=Han}{2,6}\s*[:：])/u
const link = /https?:\/\/\S+/gu
const limit =
  /(?:(?:限|最多)\s*(?<count>\d{1,4})\s*[人位名]|(?:名额|人数)(?<bare>\d{1,4})[人位名个]?)(?=\s|$)/u
const signUpFlag = /(?<=^|\s)(?:需要?|要|先|请)?报名(?=\s|$)/u
const codeFlag = /(?<=^|\s)(?:要|带|用)?签到码(?=\s|$)/u
const signOutFlag = /(?<=^|\s)(?:要|需要?|带)?签退(?=\s|$)/u
const silentFlag = /(?<=^|\s)(?:群里)?不报数(?=\s|$)/u
const longest = 60

/** Content of one line. `unlabelled`: words that stand under no label and became the title. */
export type WrittenLine = { plan: WrittenPlan; times?: WrittenTimes; unlabelled: string }

/**
 * One line about a lesson: the title first, then whatever is known, in any order:
 * 「周末微党课 周六14:00-15:30 主讲 王老师 地点 优空间二楼 名额 30 材料 https://…」.
 * @param at when it was written
 * @throws {@link Refusal} for a time or a number that cannot be
 */
export function readLine(text: string, at: Temporal.Instant): WrittenLine {
  const links = text.match(link) ?? []
  const { flags, rest } = readFlags(text.replaceAll(link, ' '))
  const again = recurrenceIn(rest, inShanghai(at).toPlainDate())
  const { head, fields } = splitFields(again?.rest ?? rest)
  const { times, words: said, left } = readTimes(head, fields, at)
  if (again) refuseUnreadBound(said)
  else refuseUnreadDay(said, times, at)
  const { words, ...told } = placeAndSpeaker(said)
  if (again && !times) throw new Refusal('请写上几点，例如「开课 周末微党课 每周六 14:00-15:30」。')
  const capacity = left.get('capacity')
  const isLimited = capacity !== undefined ? countOf(capacity) : flags.capacity
  const materials = [...(left.get('materials')?.split(/[、,，\s]+/u) ?? []), ...links].filter(
    one => one !== '',
  )
  return {
    plan: {
      ...textField('title', left.get('title') ?? words),
      ...textField('format', left.get('format')),
      ...textField('speaker', left.get('speaker') ?? told.speaker),
      ...textField('place', joined([left.get('place'), told.place])),
      ...(materials.length > 0 ? { materials } : {}),
      ...(left.has('expected') ? { expected: left.get('expected') ?? '' } : {}),
      ...(flags.needsSignUp || isLimited !== undefined
        ? { signUp: isLimited === undefined ? {} : { capacity: isLimited } }
        : {}),
      ...(flags.hasCode ? { hasCode: true } : {}),
      ...(flags.isSilent ? { tellsNumbers: false } : {}),
      ...(flags.takesSignOut ? { takesSignOut: true } : {}),
    },
    unlabelled: left.has('title') ? '' : words,
    ...(times ? { times: again ? { ...times, recurrence: limited(again) } : times } : {}),
  }
}

function splitFields(text: string) {
  const found = [...text.matchAll(label)]
  const fields = new Map<Field, string>()
  for (const [index, match] of found.entries()) {
    const name = Object.entries(match.groups ?? {}).find(([, word]) => word !== undefined)?.[0] as Field
    const whole = text.slice(match.index + match[0].length, found[index + 1]?.index)
    const value = tidy(whole.slice(0, otherLabel.exec(whole)?.index))
    const former = fields.get(name)
    if (former === undefined) fields.set(name, value)
    // 「日期 12月5日 时间 14:00」
    else if (name === 'time') fields.set(name, `${former} ${value}`)
  }
  return { head: text.slice(0, found[0]?.index), fields }
}

function readFlags(text: string) {
  const limited = text.match(limit)
  return {
    flags: {
      capacity: limited ? countOf(limited.groups?.count ?? limited.groups?.bare ?? '') : undefined,
      needsSignUp: signUpFlag.test(text),
      hasCode: codeFlag.test(text),
      isSilent: silentFlag.test(text),
      takesSignOut: signOutFlag.test(text),
    },
    rest: [limit, signUpFlag, codeFlag, signOutFlag, silentFlag].reduce(
      (left, one) => left.replace(one, ' '),
      text,
    ),
  }
}

/** The time stands among the first words, in a field of its own, or behind another field's words. */
function readTimes(head: string, fields: Map<Field, string>, at: Temporal.Instant) {
  const left = new Map(fields)
  const places: (Field | 'head')[] = ['time', 'head', 'speaker', 'place', 'format', 'expected', 'capacity']
  for (const place of places) {
    const said = place === 'head' ? head : fields.get(place)
    const found = said === undefined ? undefined : findTimes(said, at)
    if (!found) continue
    const { rest, ...times } = found
    if (place === 'head') {
      refuseSecondTime(rest)
      return { times, words: rest, left }
    }
    left.set(place, rest)
    return { times, words: tidy(head), left }
  }
  refuseDayAlone(fields.get('time') ?? '')
  return { times: undefined, words: tidy(head), left }
}

/** 「📍优空间二楼」. */
const leadingMark = /^(?:\p{Extended_Pictographic}|\ufe0f)+(?=\p{Script=Han})/u
/** 「在优空间二楼」; 「在线教室」 stays, and so does the title, 「在职员工培训」. */
const placeLead = /^[在于](?=(?!线)\p{Script=Han}{2})/u
const speakerWord =
  /^\p{Script=Han}{1,4}(?:老师|书记|教授|博士|主任|律师|经理|讲师|指导员|会计师|院长|校长)$/u
const placeWord =
  /(?:[\d一二三四五六七八九十]+(?:楼|层|室|号楼)|会议室|教室|大厅|礼堂|报告厅|会议厅|路演厅|展厅|活动室|党建室|阵地|大厦|大楼|咖啡厅|咖啡馆|广场|[a-z\d]+座)$/iu

/** 「腾讯会议 123-456-789」. */
const onlineMeeting =
  /(?<=[\s,，|])(?:腾讯会议|钉钉会议|飞书会议|线上会议|视频会议|会议号|zoom)(?:号|ID)?[:：]?\s*\d{3}[\d -]{4,12}\d(?=[\s,，|]|$)/iu

/** Words behind the title that plainly name a place or a speaker. */
function placeAndSpeaker(said: string): { words: string; place?: string; speaker?: string } {
  const online = onlineMeeting.exec(said)?.[0]
  if (online !== undefined) {
    const { place, ...told } = placeAndSpeaker(tidy(said.replace(online, ' ')))
    return { ...told, place: joined([place, online]) }
  }
  const [title = '', ...behind] = said.split(/[\s,，|]+/u).map(word => word.replace(leadingMark, ''))
  const more = behind.map(word => word.replace(placeLead, ''))
  const speaker = more.find(word => speakerWord.test(word))
  const place = more.find(word => placeWord.test(word))
  if (speaker === undefined && place === undefined) return { words: said }
  const words = [title, ...more.filter(word => word !== speaker && word !== place)].join(' ')
  return { words, ...(place ? { place } : {}), ...(speaker ? { speaker } : {}) }
}

/** A lesson may take place in a room and online. */
const joined = (places: readonly (string | undefined)[]) =>
  places.filter(one => one !== undefined && one !== '').join('，')

function recurrenceIn(said: string, today: Temporal.PlainDate) {
  try {
    return findRecurrence(said, today)
  } catch (cause) {
    if (cause instanceof RangeError) throw new Refusal('起止日期里有一天不存在，请改一下再发。')
    throw cause
  }
}

/** 「共8次」 as a last day. */
function limited({ recurrence, count }: NonNullable<ReturnType<typeof findRecurrence>>): LessonRecurrence {
  if (count === undefined) return recurrence
  const from = Temporal.PlainDate.from(recurrence.from)
  const days = occasionsOf(recurrence, { from, to: from.add({ years: 5 }) })
  const last = days.filter(({ skipped }) => skipped === undefined)[count - 1]
  return last ? { ...recurrence, until: last.date.toString() } : recurrence
}

function countOf(said: string): number {
  const count = Number(/\d+/u.exec(said)?.[0])
  if (!Number.isInteger(count) || count < 1 || count > 9999) {
    throw new Refusal('名额请写一个数字，例如「名额30」。')
  }
  return count
}

function textField<Name extends string>(name: Name, said: string | undefined) {
  if (said === undefined || tidy(said) === '') return {}
  const value = tidy(said)
  if ([...value].length > longest)
    throw new Refusal(`「${[...value].slice(0, 12).join('')}…」太长了，请控制在 ${longest} 个字以内。`)
  return { [name]: value } as Record<Name, string>
}

const tidy = (text: string) =>
  text
    .replaceAll(/[（(]\s*[)）]/gu, ' ')
    .replaceAll(/\s+(?:[,，;；]+\s*)?/gu, ' ')
    .replaceAll(/^[\s,，;；|]+|[\s,，;；|]+$/gu, '')
