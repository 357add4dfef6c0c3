import type { RosterMember } from '../ports/roster.ts'
import type { FormAnswer, FormRecord } from './form.ts'
import { matchNames, readPasted } from './pasted-list.ts'
import { answerOf } from './rules.ts'

type ChainPerson = { memberId: string; name: string; people: number }

/** A pasted 接龙 beside the answers that we have. Nothing is saved by comparing. */
export type ChainComparison = {
  added: ChainPerson[]
  /** On both, with another number of people. */
  changed: (ChainPerson & { before: number })[]
  /** With us and not on the list: never removed by it. */
  missing: FormAnswer[]
  same: number
  /** Written names that are not on the roster or in the group. */
  unknown: string[]
  /** Written names that several people have. */
  ambiguous: string[]
}

const countPattern = /[（(]?\s*(?<count>\d{1,2})\s*[人个位]\s*[)）]?/u

/** Compares a 接龙 with a form's answers; 「张三 2人」 is two people. */
export function compareChain(
  text: string,
  record: FormRecord,
  people: readonly RosterMember[],
): ChainComparison {
  const counts: { line: string; people: number }[] = []
  const bare = text.split(/\r?\n/u).map(line => {
    const count = Number(countPattern.exec(line)?.groups?.count ?? 1)
    const without = line.replace(countPattern, ' ').trimEnd()
    counts.push({ line: without, people: Math.max(1, count) })
    return without
  })
  const lines = matchNames(readPasted(bare.join('\n')), people).filter(({ status }) => status !== 'away')
  const peopleOf = (name: string) => counts.find(({ line }) => line.includes(name))?.people ?? 1
  const found = lines.flatMap(({ line, found: [only, ...more] }) =>
    only && more.length === 0 ? [{ memberId: only.id, name: only.name, people: peopleOf(line) }] : [],
  )
  const persons = [...new Map(found.map(one => [one.memberId, one])).values()]
  const active = (id: string) => {
    const answer = answerOf(record, id)
    return answer && answer.state !== 'out' ? answer : undefined
  }
  const changed = persons.flatMap(one => {
    const before = active(one.memberId)?.people
    return before !== undefined && before !== one.people ? [{ ...one, before }] : []
  })
  const added = persons.filter(({ memberId }) => !active(memberId))
  return {
    added,
    changed,
    missing: record.answers.filter(
      ({ memberId, state }) => state !== 'out' && !persons.some(one => one.memberId === memberId),
    ),
    same: persons.length - added.length - changed.length,
    unknown: lines.filter(one => one.found.length === 0).map(({ line }) => line),
    ambiguous: lines.filter(one => one.found.length > 1).map(({ line }) => line),
  }
}

/** The comparison in a few lines, with what to do. */
export function sayComparison(title: string, compared: ChainComparison): string {
  const { added, changed, missing, same, unknown, ambiguous } = compared
  const part = (words: string, names: readonly string[]) =>
    names.length > 0 ? [`${words} ${names.length} 人：${names.join('、')}`] : []
  const willSave = added.length + changed.length
  return [
    `「${title}」的接龙对好了，一样的 ${same} 人。`,
    ...part('新增', added.map(sayPerson)),
    ...part(
      '人数改了',
      changed.map(one => `${one.name} ${one.before}→${one.people}人`),
    ),
    ...part(
      '接龙里没有、我这里有（不会删）',
      missing.map(({ name }) => name),
    ),
    ...part('名单上没有', unknown),
    ...part('有重名，分不清', ambiguous),
    willSave > 0
      ? `没有问题就发「确认接龙」，存下新增和人数改了的 ${willSave} 人；不发就不存。`
      : '没有要存的。',
  ].join('\n')
}

const sayPerson = ({ name, people }: ChainPerson) => `${name}${people > 1 ? ` ${people}人` : ''}`
