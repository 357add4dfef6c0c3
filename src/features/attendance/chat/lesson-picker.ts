import type { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import { fold } from '../../../text/fold.ts'
import { calledBy } from '../../../text/names/names.ts'
import type { ActedBy } from '../actions.ts'
import { sayChoices } from '../check-ins/words.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { phaseOf, sentAtOf } from '../lessons/window.ts'
import type { OrganizerParts } from '../organizer-parts.ts'

/** How far back an organizer's word may mean a lesson without naming it. */
const lookBackDays = 30
const lookAheadDays = 366

/** The sender of a message, as the one who acts; its group reads the answer in chat. */
export async function actedBy(message: Message, directory: Pick<Directory, 'recognise'>): Promise<ActedBy> {
  const { name } = await directory.recognise(message)
  return { name, at: sentAtOf(message), groupId: message.groupId }
}

/**
 * The lesson that is meant, and what was typed after its number or title.
 * @param titleIn reads the words that may be part of a title out of what was typed; empty:
 *   none. Default: whole titles only
 * @throws Refusal where it is not clear which lesson is meant
 */
export type PickLesson = (
  message: Message,
  typed: string,
  word: string,
  titleIn?: (typed: string) => string,
) => Promise<{ lesson: Lesson; rest: string }>

/** Finds the lesson that an organizer means: the open ones first, else the last one or the next. */
export function createPicker(
  { lessons, roster, clock }: OrganizerParts,
  prefers: 'last' | 'next',
): PickLesson {
  /** 「更正 小美 迟到」 names a person, also where a lesson is called 「小美分享会」. */
  async function isPerson(said: string, groupIds: readonly string[]): Promise<boolean> {
    const known = [roster.members(), ...groupIds.map(id => roster.membersOf(id))]
    return calledBy((await Promise.all(known)).flat(), said).length > 0
  }

  return async (message, typed, word, titleIn = () => '') => {
    const at = sentAtOf(message)
    const rest = withoutQuotes(typed)
    const span = {
      from: at.subtract({ hours: 24 * lookBackDays }),
      to: at.add({ hours: 24 * lookAheadDays }),
    }
    const found = (await lessons.between(span, message.groupId)).filter(one => one.cancelledAt === undefined)
    const open = found.filter(one => phaseOf(one, at) === 'open')
    const last = found.findLast(one => phaseOf(one, at) === 'over')
    const next = found.find(one => phaseOf(one, at) === 'upcoming')
    const nearest = prefers === 'next' ? (next ?? last) : (last ?? next)
    const number = rest.match(/^\d{1,2}(?=\s|$)/u)?.[0] ?? ''
    const named = number === '' ? titledBy(found, rest, at, prefers) : undefined
    if (named) return { lesson: named, rest: rest.slice(named.title.length).trim() }
    const part = number === '' ? titleIn(rest) : ''
    const meant = rest.startsWith(part) ? titledWith(found, part, at, prefers) : undefined
    if (meant && !(await isPerson(part, meant.groupIds)))
      return { lesson: meant, rest: rest.slice(part.length).trim() }
    const isAmongNext = prefers === 'next' && number !== ''
    const coming = isAmongNext ? [...open, ...firstOfEach(found, at)] : open
    const candidates = coming.length > 0 ? coming : nearest ? [nearest] : []
    const lesson = chooseOne(candidates, number, {
      word,
      clock,
      none: '最近没有课。要开课，发「开课 周末微党课 周六14:00」。',
    })
    return { lesson, rest: rest.slice(number.length).trim() }
  }
}

/** 「《读书会》地点 三楼」: a title in quotation marks ends where they end. */
const withoutQuotes = (said: string) => said.replace(/^[「『《“"]([^」』》”"]+)[」』》”"]\s*/u, '$1 ').trim()

/** The lesson whose title the words begin with: the open one, else the one that is preferred. */
export function titledBy(
  lessons: readonly Lesson[],
  said: string,
  at: Temporal.Instant,
  prefers: 'last' | 'next' = 'next',
): Lesson | undefined {
  const titled = lessons.filter(({ title }) => said === title || said.startsWith(`${title} `))
  const longest = Math.max(...titled.map(({ title }) => title.length))
  return nearestOf(
    titled.filter(({ title }) => title.length === longest),
    at,
    prefers,
  )
}

const shortestPart = 2

/**
 * The lesson with these words in its title: 「专利」 and 「专利课」 mean 「专利申请实务」.
 * @throws {@link Refusal} where lessons of several titles have them
 */
export function titledWith(
  lessons: readonly Lesson[],
  part: string,
  at: Temporal.Instant,
  prefers: 'last' | 'next' = 'next',
): Lesson | undefined {
  const said = [part, part.replace(/(?:[这那]?[节堂])?课$/u, '')].filter(one => one.length >= shortestPart)
  for (const words of said) {
    const fitting = lessons.filter(({ title }) => fold(title).includes(fold(words)))
    const titles = [...new Set(fitting.map(({ title }) => title))]
    if (titles.length > 1)
      throw new Refusal(`有几节课的名字里都有「${words}」：${titles.join('、')}。请写全名再发一次。`)
    if (titles.length === 1) return nearestOf(fitting, at, prefers)
  }
  return undefined
}

/** The open one of these lessons (in order of time), else the next or the last, as preferred. */
function nearestOf(
  lessons: readonly Lesson[],
  at: Temporal.Instant,
  prefers: 'last' | 'next',
): Lesson | undefined {
  const inPhase = (phase: ReturnType<typeof phaseOf>) => (one: Lesson) => phaseOf(one, at) === phase
  const next = lessons.find(inPhase('upcoming'))
  const last = lessons.findLast(inPhase('over'))
  const nearest = prefers === 'next' ? (next ?? last) : (last ?? next)
  return lessons.find(inPhase('open')) ?? nearest ?? lessons[0]
}

/** Coming lessons; of a series only the next. */
export function firstOfEach(lessons: readonly Lesson[], at: Temporal.Instant): Lesson[] {
  const coming = lessons.filter(one => phaseOf(one, at) === 'upcoming')
  return coming.filter(
    one => !one.series || coming.find(other => other.series?.id === one.series?.id) === one,
  )
}

/** @throws {@link Refusal} when there is none, or it is not clear which */
export function chooseOne(
  lessons: readonly Lesson[],
  number: string,
  { word, clock, none }: { word: string; clock: Clock; none: string },
): Lesson {
  const chosen = lessons.length === 1 && number === '' ? lessons[0] : lessons[Number(number) - 1]
  if (chosen) return chosen
  if (lessons.length === 0) throw new Refusal(none)
  throw new Refusal(`请带上号码再发：\n${sayChoices(word, lessons, clock.now())}`)
}
