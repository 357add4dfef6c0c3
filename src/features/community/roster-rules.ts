import { cleanName, nameParts } from '../../text/names.ts'
import type { RosterRow } from './records.ts'

/** What a file says of one person; empty where it says nothing. */
export type FileRow = {
  /** As a spreadsheet counts. */
  line: number
  /** Our own, where the file is an export of ours. */
  id: string
  name: string
  branch: string
  space: string
  team: string
  phoneTail: string
  alias: string
}
const fields = ['name', 'branch', 'space', 'team', 'phoneTail', 'alias'] as const
export const fieldNames: Record<(typeof fields)[number], string> = {
  name: '姓名',
  branch: '支部',
  space: '众创空间',
  team: '企业/团队',
  phoneTail: '手机尾号',
  alias: '群昵称',
}

export type PlannedLine = {
  line: number
  name: string
  kind: 'added' | 'changed' | 'same' | 'wrong'
  /** What changes, or what is wrong, in Chinese. */
  note: string
}
/** What an import would do, and the roster that it would make; a plan with wrong lines must not be carried out. */
export type Plan = { lines: PlannedLine[]; rows: RosterRow[]; wrong: number; untouched: number }

const longestField = 60

/**
 * Compares a file with the roster. Nobody is removed: a file may be of one branch only. An empty cell leaves what
 * we know. A person is the same by our id, else by name and space where the phone tails do not differ.
 * @param newId gives ids to those who are new
 */
export function planImport(
  roster: readonly RosterRow[],
  file: readonly FileRow[],
  newId: () => string,
): Plan {
  const byId = new Map(roster.map(row => [row.id, row]))
  const byName = Map.groupBy(roster, row => row.name)
  const takenBy = new Map<string, number>()
  const next = new Map(byId)
  const lines = file.map(given => {
    const problem = problemOf(given)
    if (problem) return planned(given, 'wrong', problem)
    const found = given.id
      ? [byId.get(given.id)]
      : (byName.get(given.name) ?? []).filter(row => isSame(row, given))
    if (given.id && !found[0])
      return planned(given, 'wrong', `编号「${given.id}」不在名单上，请删掉编号再导入`)
    if (found.length > 1) return planned(given, 'wrong', '名单上有几位同名同空间的人，请补上手机尾号或编号')
    const key = found[0]?.id ?? [given.name, given.space, given.phoneTail].join('\n')
    const earlier = takenBy.get(key)
    if (earlier !== undefined) return planned(given, 'wrong', `和第 ${earlier} 行是同一个人，请留一行`)
    takenBy.set(key, given.line)
    return planOne(given, found[0], { next, newId, hasNamesake: byName.has(given.name) })
  })
  return {
    lines,
    rows: [...next.values()],
    wrong: lines.filter(({ kind }) => kind === 'wrong').length,
    untouched: roster.filter(row => !takenBy.has(row.id)).length,
  }
}

type Making = { next: Map<string, RosterRow>; newId: () => string; hasNamesake: boolean }

function planOne(
  given: FileRow,
  known: RosterRow | undefined,
  { next, newId, hasNamesake }: Making,
): PlannedLine {
  if (!known) {
    const { line: _line, ...told } = given
    const row = { ...told, id: newId(), isLinked: false }
    next.set(row.id, row)
    return planned(given, 'added', hasNamesake ? '名单上另有同名的人，按不同的人新增' : '')
  }
  const changes = fields.filter(field => given[field] !== '' && given[field] !== known[field])
  if (changes.length === 0) return planned(given, 'same', '')
  next.set(known.id, { ...known, ...Object.fromEntries(changes.map(field => [field, given[field]])) })
  const notes = changes.map(field => `${fieldNames[field]}：${known[field] || '（空）'} → ${given[field]}`)
  return planned(given, 'changed', notes.join('；'))
}

const planned = ({ line, name }: FileRow, kind: PlannedLine['kind'], note: string): PlannedLine => ({
  line,
  name: name || '（没有姓名）',
  kind,
  note,
})

function isSame(row: RosterRow, given: FileRow): boolean {
  const isSameTail = !row.phoneTail || !given.phoneTail || row.phoneTail === given.phoneTail
  return row.space === given.space && isSameTail
}

function problemOf(given: FileRow): string | undefined {
  if (given.name === '') return '没有姓名'
  const long = fields.find(field => [...given[field]].length > longestField)
  if (long) return `${fieldNames[long]}太长，请控制在 ${longestField} 个字以内`
  if (given.phoneTail !== '' && !/^\d{4}$/u.test(given.phoneTail)) return '手机尾号要是四位数字'
  return undefined
}

type RosterIndex = { byAlias: Map<string, RosterRow[]>; byName: Map<string, RosterRow[]> }

/** Looked up thousands of times in one import, so that names are taken apart once. */
function indexOf(roster: readonly RosterRow[]): RosterIndex {
  const named = roster.filter(row => row.alias !== '')
  return {
    byAlias: Map.groupBy(named, row => cleanName(row.alias)),
    byName: Map.groupBy(roster, row => row.name),
  }
}

function match({ byAlias, byName }: RosterIndex, alias: string): RosterRow | undefined {
  const parts = new Set(nameParts(alias))
  const placed = [...parts]
    .flatMap(part => byName.get(part) ?? [])
    .filter(row => [row.space, row.branch, row.team].some(place => place !== '' && parts.has(place)))
  const [found, ...more] = byAlias.get(cleanName(alias)) ?? placed
  return found && more.length === 0 && !found.isLinked ? found : undefined
}

/**
 * Links members whose group alias says who on the roster they are: by 群昵称, or by the name together with space,
 * branch or team (「优空间-张三」). Never by a name alone, never where two could be meant on either side, and never
 * where somebody else is linked already. The row takes the member's id, so that what the member did stays his.
 * @returns the same rows, in their order; a link is never taken back here
 */
export function linkMembers(
  roster: readonly RosterRow[],
  members: readonly { id: string; aliases: readonly string[] }[],
): RosterRow[] {
  const index = indexOf(roster)
  const onRoster = new Set(roster.map(row => row.id))
  const claims = members
    .filter(({ id }) => !onRoster.has(id))
    .flatMap(({ id, aliases }) => {
      const [row, ...more] = new Set(aliases.flatMap(alias => match(index, alias) ?? []))
      return row && more.length === 0 ? [{ id, row }] : []
    })
  const claimed = Map.groupBy(claims, claim => claim.row)
  return roster.map(row => {
    const [claim, ...more] = claimed.get(row) ?? []
    return claim && more.length === 0 ? { ...row, id: claim.id, isLinked: true } : row
  })
}
