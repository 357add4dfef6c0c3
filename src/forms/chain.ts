import type { RosterMember } from '../ports/roster.ts'
import type { FormAnswer, FormOption, FormRecord } from './form.ts'
import { matchNames } from './lists/match-names.ts'
import { readPasted } from './lists/pasted-list.ts'
import { answerOf } from './rules.ts'

/** `option` is absent where the list names none. */
export type ChainPerson = { memberId: string; name: string; people: number; option?: string | undefined }

/** A pasted 接龙 beside the answers that we have. Nothing is saved by comparing. */
export type ChainComparison = {
  added: ChainPerson[]
  /** On the list only, without one of the options that the form has: they cannot be saved. */
  undecided: ChainPerson[]
  /** On both, with another number of people or another option. */
  changed: (ChainPerson & { before: FormAnswer })[]
  /** Answers that are not on the list; comparing never removes them. */
  missing: FormAnswer[]
  same: number
  /** Written names that are not on the roster or in the group. */
  unknown: string[]
  /** Written names that several people have. */
  ambiguous: string[]
}

const countPattern = /[（(]?\s*(?<count>\d{1,2})\s*[人个位]\s*[)）]?/u

/** Compares a 接龙 with a form's answers; 「张三 2人 上午」 is two people in the morning. */
export function compareChain(
  text: string,
  record: FormRecord,
  people: readonly RosterMember[],
): ChainComparison {
  const said = text.split(/\r?\n/u).map(line => readChainLine(line, record.form.options))
  const bare = said.map(({ line }) => line).join('\n')
  const lines = matchNames(readPasted(bare), people).filter(({ status }) => status !== 'away')
  const found = lines.flatMap(({ line, status, found: [only, ...more] }): ChainPerson[] => {
    if (!only || more.length > 0 || status !== 'here') return []
    const { line: _, ...answer } = said.find(one => one.line.includes(line)) ?? { line, people: 1 }
    return [{ memberId: only.id, name: only.name, ...answer }]
  })
  const persons = [...new Map(found.map(one => [one.memberId, one])).values()]
  const active = (id: string) => {
    const answer = answerOf(record, id)
    return answer && answer.state !== 'out' ? answer : undefined
  }
  const changed = persons.flatMap(one => {
    const before = active(one.memberId)
    return before && (before.people !== one.people || isOtherOption(one, before)) ? [{ ...one, before }] : []
  })
  const isNew = ({ memberId }: ChainPerson) => !active(memberId)
  const needsOption = ({ option }: ChainPerson) => record.form.options.length > 0 && option === undefined
  const added = persons.filter(one => isNew(one) && !needsOption(one))
  const undecided = persons.filter(one => isNew(one) && needsOption(one))
  return {
    added,
    undecided,
    changed,
    missing: record.answers.filter(
      ({ memberId, state }) => state !== 'out' && !persons.some(one => one.memberId === memberId),
    ),
    same: persons.length - added.length - undecided.length - changed.length,
    unknown: lines.filter(one => one.found.length === 0).map(({ line }) => line),
    ambiguous: lines.filter(one => one.found.length > 1).map(({ line }) => line),
  }
}

const isOtherOption = ({ option }: ChainPerson, before: FormAnswer) =>
  option !== undefined && option !== before.option

/** Takes the number of people and the option out of a line, so that the name remains. */
function readChainLine(written: string, options: readonly FormOption[]) {
  const count = Number(countPattern.exec(written)?.groups?.count ?? 1)
  const line = written.replace(countPattern, ' ')
  const option = options
    .toSorted((a, b) => b.name.length - a.name.length)
    .find(({ name }) => line.includes(name))?.name
  const bare = option === undefined ? line : line.replace(option, ' ')
  return { line: bare.trimEnd(), people: Math.max(1, count), ...(option === undefined ? {} : { option }) }
}

/** The comparison in a few lines, with what to do. */
export function sayComparison(title: string, compared: ChainComparison): string {
  const { added, undecided, changed, missing, same, unknown, ambiguous } = compared
  const part = (words: string, names: readonly string[]) =>
    names.length > 0 ? [`${words} ${names.length} 人：${names.join('、')}`] : []
  const willSave = added.length + changed.length
  const moved = changed.filter(one => isOtherOption(one, one.before))
  return [
    `「${title}」的接龙对好了，一样的 ${same} 人。`,
    ...part('新增', added.map(sayPerson)),
    ...part(
      '人数改了',
      changed.flatMap(({ name, people, before }) =>
        people === before.people ? [] : [`${name} ${before.people}→${people}人`],
      ),
    ),
    ...part(
      '换了一项',
      moved.map(({ name, option, before }) => `${name} ${before.option}→${option}`),
    ),
    ...part(
      '没写选哪一项，存不了，请补上再贴一次',
      undecided.map(({ name }) => name),
    ),
    ...part(
      '接龙里没有、我这里有（不会删）',
      missing.map(({ name }) => name),
    ),
    ...part('名单上没有', unknown),
    ...part('有重名，分不清', ambiguous),
    willSave > 0
      ? `没有问题就发「确认接龙」，存下新增和${moved.length > 0 ? '' : '人数'}改了的 ${willSave} 人；不发就不存。`
      : '没有要存的。',
  ].join('\n')
}

const sayPerson = ({ name, people, option }: ChainPerson) =>
  [name, option, people > 1 ? `${people}人` : ''].filter(Boolean).join(' ')
