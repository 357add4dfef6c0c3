import type { RosterMember } from '../../ports/roster.ts'
import { cleanName, nameParts } from '../../text/names/names.ts'
import { isStatus, type PastedStatus, statusIn, statusOfCell } from './list-status.ts'

/** A person of the roster within other words, and the status that these leave it. */
export type NameWithin = { person: RosterMember; status: PastedStatus }

/** People by their own name, without the places of an alias. */
export type NamesOfPeople = ReadonlyMap<string, readonly RosterMember[]>

export const namesOfPeople = (people: readonly RosterMember[]): NamesOfPeople =>
  Map.groupBy(people, ({ name }) => ownNameOf(name))

const longest = 60
const plainName = /^\p{Script=Han}{2,4}$/u
const places = '支部|空间|小组|组|公司|大厦|工场|中心|园区|团队|科技'
/** Words beside a name that say nothing of it. */
const idle = new RegExp(
  `^(?:\\p{Script=Han}{1,8}(?:${places})|[\\d\\s.．:：、，,&+＋|｜_—–-]|[和跟与及都也均]|同志|老师|还有|另外|后来)*$`,
  'u',
)

/**
 * The people whose whole name stands within a text that is no name: 「郑风在外地没来」, 「一支部柏舟」. Whether a person was there
 * is left open unless the words beside the name are plain.
 * @param given status of the piece that the text comes from
 * @param names by {@link namesOfPeople}
 * @returns undefined where no person is named, or in more than 60 characters
 */
export function namesWithin(
  text: string,
  given: PastedStatus,
  names: NamesOfPeople,
): NameWithin[] | undefined {
  const found = text.length > longest ? [] : placesOfNames(text, names)
  const [first, ...others] = found
  if (!first) return undefined
  const before = text.slice(0, first.at)
  const behind = found.map(({ end }, at) => text.slice(end, found[at + 1]?.at))
  if (others.length === 0)
    return [{ person: first.person, status: statusOfOne(before, behind[0] ?? '', given) }]
  const isRow = isIdle(before) && behind.every(isIdle)
  const told = behind.map(statusBehind)
  const isPlain = isIdle(before) && told.every(status => status !== 'unclear')
  return found.flatMap(({ person }, at) => {
    if (isRow) return [{ person, status: given === 'away' && at < others.length ? 'unclear' : given }]
    // 「刘洋很高兴来了」: words that are no name's may hold the next one.
    const ahead = behind[at - 1] ?? ''
    const isApart = at === 0 || told[at - 1] !== 'unclear' || isIdle(ahead) || lead.test(ahead)
    const status = told[at] ?? 'unclear'
    return isApart ? [{ person, status: status === 'here' && !isPlain ? 'unclear' : status }] : []
  })
}

/** Words right before a name that begin it. */
const lead = /(?:^|[和跟与及有是就差缺替帮代让叫说只还漏我]|另外)$/u

function statusOfOne(before: string, behind: string, given: PastedStatus): PastedStatus {
  if (isIdle(before) && isIdle(behind)) return given
  if (/^[也都]?在(?:的|场)?$/u.test(behind) && isIdle(before)) return given
  if (statusIn(` ${behind}`, 'here') === 'away') return 'away'
  // Below 「请假：」 the words behind a name are its reason.
  if (given === 'away' && isIdle(before) && behind.length > 1 && !/[到签]|来了/u.test(behind)) return 'away'
  // The words of an absence behind the name are gone already: 「只有郑风」.
  if (isIdle(behind) && given === 'away' && lead.test(before)) return 'away'
  return isIdle(behind) && statusIn(`${before} `, 'here') === 'away' ? 'away' : 'unclear'
}

const isIdle = (words: string) => idle.test(words) && statusIn(` ${words}`, 'here') === 'here'

/** Status that the words behind one of several names tell of it. */
function statusBehind(words: string): PastedStatus {
  const told = words.trim()
  if (told !== '' && isStatus(told)) return statusOfCell(told)
  return statusIn(` ${told}`, 'unclear') === 'away' ? 'away' : 'unclear'
}

type Place = { person: RosterMember; at: number; end: number }

function placesOfNames(text: string, names: NamesOfPeople): Place[] {
  const places: Place[] = []
  for (let at = 0; at < text.length; at++) {
    const length = [4, 3, 2].find(one => names.get(text.slice(at, at + one))?.length === 1)
    const person = length && names.get(text.slice(at, at + length))?.[0]
    if (!person) continue
    places.push({ person, at, end: at + length })
    at += length - 1
  }
  return places
}

/** The name of a person without the places of an alias; empty where it is no Chinese name. */
function ownNameOf(written: string): string {
  const name = plainName.test(written) ? written : cleanName(written)
  const own = plainName.test(name) ? name : (nameParts(name).at(-1) ?? '')
  return plainName.test(own) ? own : ''
}
