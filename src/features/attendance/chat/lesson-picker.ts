import type { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
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

/** The lesson that is meant, and what was typed after its number. */
export type PickLesson = (
  message: Message,
  rest: string,
  word: string,
) => Promise<{ lesson: Lesson; rest: string }>

/** Finds the lesson that an organizer means: the open ones first, else the last one or the next. */
export function createPicker({ lessons, clock }: OrganizerParts, prefers: 'last' | 'next'): PickLesson {
  return async (message, rest, word) => {
    const at = sentAtOf(message)
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
    const named = number === '' ? titledBy(found, rest, at) : undefined
    if (named) return { lesson: named, rest: rest.slice(named.title.length).trim() }
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

/** The lesson whose title the words begin with: the open one, else the next, else the last. */
export function titledBy(lessons: readonly Lesson[], said: string, at: Temporal.Instant): Lesson | undefined {
  const titled = lessons.filter(({ title }) => said === title || said.startsWith(`${title} `))
  const longest = Math.max(...titled.map(({ title }) => title.length))
  const same = titled.filter(({ title }) => title.length === longest)
  const inPhase = (phase: ReturnType<typeof phaseOf>) => (one: Lesson) => phaseOf(one, at) === phase
  return (
    same.find(inPhase('open')) ?? same.find(inPhase('upcoming')) ?? same.findLast(inPhase('over')) ?? same[0]
  )
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
