import { withoutNumber } from './list-lines.ts'
import { mayBeName } from './list-row.ts'
import { isStatus, type PastedStatus, statusOfCell } from './list-status.ts'
import type { ReadEntry } from './pasted-list.ts'

const mark = String.raw`[√✓✔✅×✗✘✖❌╳○◯〇⭕△▲□☐■◇☆★●]\uFE0F?`
const marks = new RegExp(mark, 'gu')
const meaning = String.raw`\s*(?:[=＝:：为是-]|表示|代表)?\s*(\p{Script=Han}{1,4})`
const marked = new RegExp(`(${mark})${meaning}`, 'gu')
/** 「空白为未到」, 「没打勾的就是没来」. */
const blanks =
  /^\s*(?:备?注|说明)?\s*[:：]?\s*(?:空白|空着|空的|[没未不]打[勾钩√✓]|[没未不](?:画|填|写|签))[的者处]?\s*(?:就|都|均|一律)*(?:[=＝:：为是即算]|表示|代表|视为)+\s*(?<word>\p{Script=Han}{1,4})[。.\s]*$/u
/** 「假=请假」 beside marks: a letter that reads as it is. */
const lettered =
  /(?<![\p{Script=Han}])\p{Script=Han}\s*[=＝]\s*(?:请假|[事病公]假|缺席|缺勤|迟到|早退|旷课|[没未]到)/gu
const lead = /^(?:备?注|说明|图例|符号(?:说明)?|标记|其中)?$/u

/** A name and one mark, and nothing else: 「3. 甘棠 ○」, 「○甘棠」. */
const number = String.raw`\s*(?:\d{1,3}\s*[.、．)）:：]?\s*)?`
const markBehind = new RegExp(
  String.raw`^(?<name>${number}\p{Script=Han}{2,4})[\s:：]*[（(]?\s*(?<sign>${mark})\s*[)）]?\s*$`,
  'u',
)
const markAhead = new RegExp(String.raw`^(?<sign>${mark})\s*(?<name>\p{Script=Han}{2,4})\s*$`, 'u')
const onlyMark = new RegExp(`^${mark}$`, 'u')

/** Words and status of each mark that a legend explains; `unclear` where two explain it differently. */
type Meanings = ReadonlyMap<string, { word: string; status: PastedStatus }>

/**
 * A list without the lines that explain its marks. Marks of no plain meaning, 「√到 △请假」, stand as the words for them
 * where they stand alone with a name or in a cell; elsewhere a person decides.
 * @returns `blank` as the word for a name with nothing beside it, an open one where a mark means presence; else empty
 */
export function explained(text: string): { text: string; blank: string; hasLegend: boolean } {
  const meanings = new Map<string, { word: string; status: PastedStatus }>()
  let blank = ''
  const lines = text.split('\n')
  const rest = lines.filter(line => {
    const word = blanks.exec(line)?.groups?.word ?? ''
    const isOfBlanks = word !== '' && isStatus(word)
    if (isOfBlanks) blank = blank !== '' && statusOfCell(blank) !== statusOfCell(word) ? '待定' : word
    const pairs = pairsOf(line)
    for (const { sign, word: meant } of pairs) {
      const before = meanings.get(sign)
      const status = statusOfCell(meant)
      meanings.set(
        sign,
        before && before.status !== status ? { word: '待定', status: 'unclear' } : { word: meant, status },
      )
    }
    return pairs.length === 0 && !isOfBlanks
  })
  const marksPresence = [...meanings.values()].some(({ status }) => status === 'here')
  return {
    text: rest.map(line => withWords(line, meanings)).join('\n'),
    blank: blank === '' && marksPresence ? '待定' : blank,
    hasLegend: rest.length < lines.length,
  }
}

/** The marks and their words in a line that explains marks and nothing else. */
function pairsOf(line: string): { sign: string; word: string }[] {
  const pairs = [...line.matchAll(marked)].map(([, sign = '', word = '']) => ({ sign: sign.charAt(0), word }))
  const others = line
    .replaceAll(marked, '')
    .replaceAll(lettered, '')
    .replaceAll(/[\s\p{P}]+/gu, '')
  return pairs.length > 1 && pairs.every(({ word }) => isStatus(word)) && lead.test(others) ? pairs : []
}

function withWords(line: string, meanings: Meanings): string {
  const meaningOf = (sign: string) => {
    const meaning = meanings.get(sign.charAt(0))
    return meaning && meaning.status !== statusOfCell(sign) ? meaning : undefined
  }
  const cells = line.split(/(?<gap>[\t|])/u)
  const { name = '', sign = '' } =
    (cells.length > 1 ? null : (markBehind.exec(line) ?? markAhead.exec(line)))?.groups ?? {}
  const own = meaningOf(sign)
  if (own) return `${name} ${own.word}`
  const first = cells.find(cell => /[^\s\d\t|]/u.test(cell)) ?? ''
  const told =
    cells.length === 1 || onlyMark.test(first.trim())
      ? line
      : cells.map(cell => (onlyMark.test(cell.trim()) && meaningOf(cell.trim())?.word) || cell).join('')
  // A mark that reads as one thing and means another is open where its place tells not of whom it is.
  return told.replaceAll(marks, one => (meaningOf(one) && statusOfCell(one) !== 'unclear' ? '□' : one))
}

/** Marks whether beside the one name of a line stands nothing or presence. Words below a name are beside it too. */
export function markedBy(line: string, entries: readonly ReadEntry[], from: number): void {
  const [entry, ...others] = entries.slice(from)
  const last = entries.at(-1)
  if (!entry && line !== '' && last) last.isBare = false
  if (!entry || others.length > 0 || !mayBeName.test(entry.name)) return
  const written = withoutNumber(line)
  const beside = written.startsWith(entry.name) ? written.slice(entry.name.length) : written
  entry.isBare = beside.trim() === ''
  const told = beside.replaceAll(/[\s:：（）()]+/gu, ' ').trim()
  entry.isMarked = told !== '' && statusOfCell(beside.includes(':') ? beside : told) === 'here'
}

/**
 * Where two of three names have a word for being there or not, a name without one may be of a person who did not come;
 * where the list says what that means, it does so for names with nothing beside them.
 * @param isWhole whether the list has no labels, which tell of the names without a word below them
 */
export function tellUntold(entries: readonly ReadEntry[], blank: string, isWhole: boolean): void {
  const told = entries.filter(entry => entry.isTold)
  const untold = entries.filter(entry => !entry.isTold && entry.status === 'here')
  const here = told.filter(({ status }) => status === 'here')
  const named = untold.filter(({ name }) => mayBeName.test(name))
  const isUsual = isWhole && here.length > 1 && told.length >= named.length * 2
  const isMarked = isWhole && entries.some(entry => entry.isMarked && entry.status === 'here')
  for (const entry of untold)
    if (blank !== '' && entry.isBare) entry.status = isMarked ? statusOfCell(blank) : 'unclear'
    else if (isUsual && !entry.isMarked) entry.status = 'unclear'
}
