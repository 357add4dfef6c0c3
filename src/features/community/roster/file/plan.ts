import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RosterRow } from '../../records/records.ts'
import { blankRow, fieldNames, fields, type RosterField } from './columns.ts'
import { isSeveralNames, skippedAs } from './not-a-person.ts'
import { isMaskedName, isNumberAsName, places, problemOfTail } from './person-cells.ts'

/** One person's row of a file; empty fields where it says nothing. */
export type FileRow = RosterRow & {
  /** As a spreadsheet counts. */
  line: number
  /** The row is hidden in the spreadsheet. */
  isHidden?: true
  /** The line shows how to fill in the list. */
  isExample?: true
  /** The line says that this person has left. */
  hasLeft?: true
  /** The line names the branch or the space of those below. */
  isHeading?: true
  /** The line says who made the list, below a line that is its label. */
  isSignature?: true
  /** Skipped parts of the line, in Chinese. */
  hint?: string
}

export type PlannedLine = {
  line: number
  name: string
  /** `skipped` lines import no one: a second header, a title between the rows, a sum, a person who has left. */
  kind: 'added' | 'changed' | 'same' | 'skipped' | 'wrong'
  /** Changes or faults, in Chinese. */
  note: string
}
/** Lines of an import and the resulting roster; a plan with wrong lines must not be carried out. */
export type RosterPlan = { lines: PlannedLine[]; rows: RosterRow[]; wrong: number; untouched: number }

const longestField = 60
/** Lines that are planned in one turn of the event loop; they take some 5 ms. */
const linesPerTurn = 500
/** More lines of one name are another column that was read as the names. They are compared with each other, too. */
const mostNamesakes = 100
/** How spreadsheets, and our reader, mark a formula that came to nothing. */
const failedFormula = /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|公式没有结果)/u

/**
 * Compares a file with the roster. No row is removed: a file may be of one branch only. An empty cell leaves what
 * we know. Who is meant is decided by our id, else by the name together with what else is told: a name alone is
 * no match. Namesakes that nothing tells apart are asked for, never guessed: so a plan also has to stand the test that
 * the same file, imported again, would change nothing.
 * @param newId gives ids to those who are new
 */
export async function planRosterImport(
  roster: readonly RosterRow[],
  file: readonly FileRow[],
  newId: () => string,
): Promise<RosterPlan> {
  const plan = await planOnce(roster, file, newId)
  if (plan.wrong > 0) return plan
  const again = await planOnce(plan.rows, file, newId)
  const lines = plan.lines.map((line, place) => {
    const isSettled = ['same', 'skipped'].includes(again.lines[place]?.kind ?? '')
    return isSettled ? line : { ...line, kind: 'wrong' as const, note: whichOfNamesakes }
  })
  return { ...plan, lines, wrong: lines.filter(({ kind }) => kind === 'wrong').length }
}

const whichOfNamesakes = '文件和名单里有同名的人，分不清是哪一位，请补上手机尾号或编号'

async function planOnce(
  roster: readonly RosterRow[],
  file: readonly FileRow[],
  newId: () => string,
): Promise<RosterPlan> {
  const byId = new Map(roster.map(row => [row.id, row]))
  const byName = Map.groupBy(roster, row => row.name)
  const linesOf = Map.groupBy(file, ({ name }) => name)
  const takenBy = new Map<string, FileRow>()
  const next = new Map(byId)

  function planLine(given: FileRow): PlannedLine {
    const reason = skippedAs(given)
    if (reason) return planned(given, 'skipped', reason)
    const problem = problemOf(given)
    if (problem) return planned(given, 'wrong', problem)
    const lines = linesOf.get(given.name)?.length ?? 0
    if (lines > mostNamesakes)
      return planned(given, 'wrong', `有 ${lines} 行都叫这个名字，像是把别的列读成了姓名，请检查表头`)
    const namesakes = byName.get(given.name) ?? []
    const known = byId.get(given.id)
    if (given.id !== '' && !known)
      return planned(given, 'wrong', `编号「${given.id}」不在名单上，请把这一格清空再导入`)
    const found = known ? [known] : meantBy(given, namesakes)
    if (found === 'unclear')
      return planned(
        given,
        'wrong',
        `名单上已有${sayNamesakes(namesakes)}，请补上众创空间或编号，说明是不是同一位`,
      )
    if (found.length > 1)
      return planned(given, 'wrong', `名单上有 ${found.length} 位${given.name}对得上，请补上手机尾号或编号`)
    const [one] = found
    const key = one?.id ?? keyOf(given)
    const earlier = takenBy.get(key)
    if (earlier) return planned(given, ...sameAs(earlier, given))
    takenBy.set(key, given)
    return one ? change(given, one) : add(given, namesakes)
  }

  function add(given: FileRow, namesakes: readonly RosterRow[]): PlannedLine {
    const row = {
      ...blankRow,
      ...Object.fromEntries(fields.map(field => [field, given[field]])),
      id: newId(),
    }
    next.set(row.id, row)
    const inFile = new Set(linesOf.get(given.name)?.map(keyOf)).size
    const twice = inFile > 1 ? `文件里有 ${inFile} 位${given.name}，按 ${inFile} 个人算` : ''
    const note =
      namesakes.length > 0
        ? `名单上已有${sayNamesakes(namesakes)}，这是另一位；如果是同一个人，请填编号`
        : [...places.map(field => given[field]), given.hint ?? '', twice]
            .filter(said => said !== '')
            .join('，')
    return planned(given, 'added', note)
  }

  function change(given: FileRow, known: RosterRow): PlannedLine {
    const changes = fields.filter(field => given[field] !== '' && given[field] !== known[field])
    if (changes.length === 0) return planned(given, 'same', '')
    next.set(known.id, { ...known, ...Object.fromEntries(changes.map(field => [field, given[field]])) })
    const notes = changes.map(field => `${fieldNames[field]}：${known[field] || '（空）'} → ${given[field]}`)
    return planned(given, 'changed', [...notes, ...(given.hint ? [given.hint] : [])].join('；'))
  }

  const lines: PlannedLine[] = []
  for (const given of file) {
    if (lines.length % linesPerTurn === 0) await nextTurn()
    lines.push(planLine(given))
  }
  return {
    lines,
    rows: [...next.values()],
    wrong: lines.filter(({ kind }) => kind === 'wrong').length,
    untouched: roster.filter(row => !takenBy.has(row.id)).length,
  }
}

/** The verdict on a second line for one person: a form that was filled in twice counts once. */
function sameAs(earlier: FileRow, given: FileRow): [PlannedLine['kind'], string] {
  const isRepeated = given.phoneTail !== '' && fields.every(field => earlier[field] === given[field])
  return isRepeated
    ? ['skipped', `和第 ${earlier.line} 行一样，只算一次`]
    : ['wrong', `和第 ${earlier.line} 行是同一个人，请只留一行；是两位的话补上手机尾号`]
}

/** Two lines of one file with the same key are one person. */
const keyOf = ({ name, phoneTail, space, branch, team }: FileRow) =>
  (phoneTail === '' ? [name, '', space, branch, team] : [name, phoneTail]).join('\n')

/**
 * Which of these namesakes a line means, by the first rule that fits one: all the same; the same space and
 * phone tail; the same space while the tails do not differ; the same tail, in another space; another place that is
 * the same where no space is told.
 * @returns none for a new person; more than one, or `unclear`, where it must be asked
 */
function meantBy(given: FileRow, namesakes: readonly RosterRow[]): readonly RosterRow[] | 'unclear' {
  const isSameTail = (row: RosterRow) => row.phoneTail === given.phoneTail
  const isCompatible = (row: RosterRow) => isSameTail(row) || row.phoneTail === '' || given.phoneTail === ''
  const isSameSpace = (row: RosterRow) => row.space === given.space
  const isSame = (field: 'branch' | 'team', row: RosterRow) =>
    given[field] !== '' && row[field] === given[field]
  const ways: ((row: RosterRow) => boolean)[] = [
    row => isSameTail(row) && places.every(field => row[field] === given[field]),
    row => isSameSpace(row) && isSameTail(row) && given.phoneTail !== '',
    row => isSameSpace(row) && isCompatible(row) && !isOtherPerson(row, given),
    row => isSameTail(row) && given.phoneTail !== '',
    row => given.space === '' && isCompatible(row) && (isSame('branch', row) || isSame('team', row)),
  ]
  for (const isMeant of ways) {
    const found = namesakes.filter(isMeant)
    if (found.length > 0) return found
  }
  const saysNothing = given.phoneTail === '' && places.every(field => given[field] === '')
  return saysNothing && namesakes.length > 0 ? 'unclear' : []
}

/** Without a phone tail on either side, another branch together with another team is another person. */
const isOtherPerson = (row: RosterRow, given: FileRow) =>
  row.phoneTail === '' &&
  given.phoneTail === '' &&
  (['branch', 'team'] as const).every(
    field => row[field] !== '' && given[field] !== '' && row[field] !== given[field],
  )

/** 「张三（优空间）、张三（恒丰）」, three at most. */
function sayNamesakes(rows: readonly RosterRow[]): string {
  const named = rows.slice(0, 3).map(row => `${row.name}（${placeOf(row) || '没写空间'}）`)
  return `${named.join('、')}${rows.length > 3 ? `等 ${rows.length} 位` : ''}`
}

const placeOf = ({ space, branch, team }: RosterRow) => space || branch || team

const planned = ({ line, name }: FileRow, kind: PlannedLine['kind'], note: string): PlannedLine => ({
  line,
  name: name || '（没有姓名）',
  kind,
  note,
})

function problemOf(given: FileRow): string | undefined {
  const failed = fields.find(field => failedFormula.test(given[field]))
  if (failed) return `「${fieldNames[failed]}」这一格是公式，没有算出来。请复制后「粘贴为数值」，再导入`
  if (given.name === '') return '没有姓名'
  if (isNumberAsName(given.name)) return '姓名这一格是手机号，像是列名和内容错开了，请检查表头'
  if (isMaskedName(given.name)) return '姓名打了星号，请写全名'
  if (isSeveralNames(given.name)) return '这一格像是写了几个人，请一行写一个人'
  const long = fields.find(field => [...given[field]].length > longestField)
  if (long) return `「${fieldNames[long]}」太长，请控制在 ${longestField} 个字以内`
  return problemOfTail(given.phoneTail)
}

/** @returns what is wrong with one field of a member, in Chinese; undefined where it may stand */
export function problemOfField(field: RosterField, value: string): string | undefined {
  if (field === 'name' && value === '') return '请填姓名'
  if ([...value].length > longestField)
    return `「${fieldNames[field]}」太长，请控制在 ${longestField} 个字以内`
  return field === 'phoneTail' ? problemOfTail(value) : undefined
}
