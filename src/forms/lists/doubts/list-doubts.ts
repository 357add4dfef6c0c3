import type { RosterMember } from '../../../ports/roster.ts'
import { withoutLongBlanks } from '../../../text/characters.ts'
import { simplify } from '../../../text/traditional.ts'
import { labelOf } from '../list-labels.ts'
import { chainHead, joinedPairs, numberOf, withPlainNumbering } from '../list-lines.ts'
import { type PastedStatus, statusIn } from '../list-status.ts'
import { plainColumns } from '../list-table.ts'
import { matchNames, type PastedLine, titleOfLesson } from '../match-names.ts'
import { readPasted } from '../pasted-list.ts'
import { withoutLongRuns } from '../plain-signs.ts'
import { joinedMessages } from '../transcript.ts'
import {
  hasUnknownWords,
  isOutsider,
  nameMask,
  placeMask,
  withoutCalls,
  withoutPlaces,
} from './known-words.ts'
import { maskRoster, type RosterWords, rosterWords } from './roster-mask.ts'

/**
 * Words between two separators of a line, with the people whom they name; `label`
 * stands before a colon ahead of them.
 */
type Piece = { label: string; words: string; ids: string[]; inBrackets: string[] }
type Statuses = ReadonlyMap<string, PastedStatus>
type Doubts = Map<string, string>

/**
 * Reads a list, {@link readPasted}, and finds whom it names, {@link matchNames}. A person counts as present only
 * where all words of the line and of the heading above it are known, or a plain status stands right behind the
 * name; else, and where the list contradicts itself, the person is `unclear` and `doubt` holds the words. People of
 * the roster whom the reader leaves out are `unclear` too.
 */
export function readList(text: string, people: readonly RosterMember[]): PastedLine[] {
  const lines = matchNames(readPasted(text), people)
  const statuses = new Map(
    lines.flatMap(({ found, status }) => found.map(({ id }) => [id, found.length > 1 ? 'unclear' : status])),
  )
  const doubts = doubtsIn(text, statuses, people)
  const leftOut = people.filter(({ id }) => doubts.has(id) && !statuses.has(id))
  return [
    ...lines.map((line): PastedLine => {
      const doubt = doubts.get(line.found[0]?.id ?? '')
      return !doubt ? line : { ...line, status: 'unclear', doubt }
    }),
    ...leftOut.map(
      (one): PastedLine => ({
        line: one.name,
        status: 'unclear',
        found: [one],
        doubt: doubts.get(one.id) ?? '',
      }),
    ),
  ]
}

/** Heading over names: its unknown words, and those that tell of an absence or leave it open. */
type Heading = { unknown: string; absence: string; isOpen: boolean }
const noHeading: Heading = { unknown: '', absence: '', isOpen: false }

function doubtsIn(text: string, statuses: Statuses, people: readonly RosterMember[]): Doubts {
  const doubts: Doubts = new Map()
  const words = rosterWords(people)
  let above: string[] = []
  let heading = noHeading
  const lines = plainLines(text).map(line => ({ line, pieces: piecesOf(line, words) }))
  const isChain = lines.some(({ line }) => chainHead.test(line))
  const first = lines.findIndex(({ pieces }) => pieces.some(({ ids }) => ids.length > 0))
  // Words over a list with numbers are its title, whatever they tell.
  const titleEnd = numberOf(lines[first]?.line ?? '') === undefined ? 0 : first
  for (const [at, { line, pieces }] of lines.entries()) {
    const ids = pieces.flatMap(piece => [...piece.ids, ...piece.inBrackets])
    if (ids.length > 0) {
      const isEntry = isChain && numberOf(line) !== undefined
      doubtLine(pieces, { statuses, doubts, heading, isEntry })
      above = ids
    } else if (!isOfOutsiders(pieces)) {
      const unknown = at < titleEnd || isTitle(line) ? '' : unknownIn(maskRoster(line, words).text)
      if (unknown !== '' && !line.endsWith('：')) doubt(doubts, above, statuses, unknown)
      heading = headingOf(line, unknown, above.length > 0 ? noHeading : heading)
      above = []
    }
  }
  return doubts
}

/** A line with names that the roster does not have, and perhaps with times: 「小陈 14:02」. */
const isOfOutsiders = (pieces: readonly Piece[]) =>
  pieces.some(({ words }) => isOutsider(words)) &&
  pieces.every(({ label, words }) => label === '' && (isOutsider(words) || !/\p{L}/u.test(words)))

function headingOf(line: string, unknown: string, before: Heading): Heading {
  const absence = tellsAway(line) ? written(line) : tellsPresence(line) ? '' : before.absence
  const isOpen = absence !== '' && statusIn(` ${absence} `, 'here') === 'unclear'
  return { unknown: unknown || before.unknown, absence, isOpen }
}

/** Notes a doubt about those who are present by the reader, where there are words for it. */
function doubt(doubts: Doubts, ids: readonly string[], statuses: Statuses, words: string): void {
  if (words === '') return
  for (const id of ids) if (statuses.get(id) === 'here' && !doubts.has(id)) doubts.set(id, words)
}

/** `isEntry`: the line is an entry of a 接龙, whose writer comes and may add any remark: 「甘棠，吃素」. */
type Reading = { statuses: Statuses; doubts: Doubts; heading: Heading; isEntry: boolean }

function doubtLine(pieces: readonly Piece[], reading: Reading): void {
  const { statuses, doubts } = reading
  const ids = pieces.flatMap(piece => (isPlain(piece) ? [] : piece.ids))
  doubt(doubts, ids, statuses, reading.heading.unknown)
  const isOfOther = ids.some(id => statuses.get(id) !== 'here')
  for (const piece of pieces) {
    if (piece.ids.length > 0) doubtPiece(piece, reading)
    else {
      const unknown = reading.isEntry || isOutsider(piece.words) ? '' : unknownIn(piece.words)
      const isTold = statusIn(` ${piece.words}`, 'here') === 'here' || isOfOther || ofOthers.test(piece.words)
      doubt(doubts, unknown === '' && isTold ? [] : ids, statuses, unknown || written(piece.words))
    }
  }
}

/** A plain status right behind a name needs no other words: 「甘棠 到，带了样品」. */
const isPlain = ({ words, ids }: Piece) => ids.length === 1 && plainBehind.test(words)
const plainBehind =
  /\uE000\s*[（(]?(?:已?到(?:了|场|会)?|来了|已?签到|[√✓✔✅☑]\uFE0F?|\+1)(?=$|[\s，,。；;（）()-])/u

/** A number of people, or those who are not named. */
const ofOthers = /\d|^\s*(?:其[他余]|别)/u

function doubtPiece(piece: Piece, { statuses, doubts, heading, isEntry }: Reading): void {
  const { label, words, ids, inBrackets } = piece
  const told = written(`${label} ${words}`)
  const isAwayByLabel = label !== '' && tellsAbsence(withoutPlaces(label))
  const status = statusIn(` ${words}`, 'here')
  const isHere = (id: string) => statuses.get(id) === 'here'
  if (isAwayByLabel || (status !== 'here' && ids.every(isHere))) doubt(doubts, ids, statuses, told)
  const isBare = label === '' && !tellsPresence(words)
  if (isBare) doubt(doubts, ids, statuses, heading.absence)
  if (!isPlain(piece) && !isEntry) doubt(doubts, ids, statuses, unknownIn(label) || unknownIn(words))
  for (const id of ids) if (statuses.get(id) === 'unclear' && !doubts.has(id)) doubts.set(id, written(words))
  const named = [...ids, ...inBrackets]
  const leftOut = labelOf(`${label}：人`)?.kind === 'none' ? [] : named.filter(id => !statuses.has(id))
  const isAwayUntold = tellsPresence(label) && !isAwayByLabel && status === 'here' && !ids.every(isHere)
  const isMixed = new Set(ids.map(id => statuses.get(id))).size > 1
  const isOfTwo = status !== 'here' && (named.length === 1 ? cameBeside.test(words) : isMixed)
  const isOpen =
    isOfTwo ||
    isAwayUntold ||
    (isBare && heading.isOpen && status === 'here') ||
    (leftOut.length > 0 && named.length > 1 && !isAwayByLabel)
  for (const id of [...leftOut, ...(isOpen ? ids : [])])
    if (!doubts.has(id)) doubts.set(id, told || heading.absence)
}

/** A word of having come beside an absence: 「到（下周请假）」. */
const cameBeside = /(?<![没未])(?:到了|来了|已到|已签)|[√✓✔✅☑]|(?<=^|[\s（(，,\uE000])到(?=$|[\s）)，,（(])/u

/** The words as they are written, without names, where some of them are unknown; else empty. */
const unknownIn = (words: string) => (hasUnknownWords(words) ? written(words) : '')
const written = (words: string) =>
  words
    .replaceAll(masks, ' ')
    .replaceAll(/^[\s（(【\-.：:，,]+|[\s（(）)】\-。：:]+$/gu, '')
    .replaceAll(/\s+/gu, ' ')
const masks = new RegExp(`[${nameMask}${placeMask}]`, 'gu')
const presence = /到|来|签|参加|出席|[√✓✔✅☑]/u
const awayWords = /应到|请假|[事病公]假|缺[席勤课]|[未没][到来签]|没参加|不来|旷|出差/gu
const tellsPresence = (words: string) => presence.test(words.replaceAll(awayWords, ''))
const counted = /[（(][^（）()]*\d[^（）()]*[)）]/gu

/** Words of an absence, or a number of people who lack. */
const tellsAbsence = (words: string) =>
  statusIn(` ${words} `, 'here') !== 'here' || /[缺差少]\s*\d{1,3}\s*[人位名个]/u.test(words)

function tellsAway(line: string): boolean {
  const words = withoutPlaces(withoutCalls(line.replaceAll(counted, '')))
  const bare = words.replaceAll(/\p{Extended_Pictographic}\uFE0F?/gu, '')
  const heading = /\p{Script=Han}/u.test(line) ? bare : words
  return tellsAbsence(heading) && !tellsPresence(heading) && !/(?<!\d)0/u.test(line)
}

const isTitle = (line: string) =>
  chainHead.test(line) ||
  labelOf(line)?.kind === 'none' ||
  ((/签到|接龙|主题|议题|学习|党日|汇总|《|^例|^序号/u.test(line) || titleOfLesson.test(line)) &&
    !/[不没未]/u.test(line.replaceAll(awayWords, '')))

/** The lines of a list, those of a chat as one for each writer, without columns that tell nothing. */
function plainLines(text: string): string[] {
  const simple = simplify(withoutLongRuns(withoutLongBlanks(text)))
    .replaceAll(/[•‧・∙]/gu, '·')
    .replaceAll(/["“”]/gu, '')
    .replaceAll(/([姓签序单备电])[^\S\n]+([名到号位注话])/gu, '$1$2')
  const lines = joinedMessages(simple) ?? withPlainNumbering(plainColumns(simple)).split(/\r?\n/u)
  return joinedPairs(lines.map(line => line.trim().replace(/^[-*•▪][^\S\n]+/u, ''))).filter(
    line => line !== '' && !/^[-—=\s|]+$/u.test(line),
  )
}

const brackets = /[（(【[][^（）()【】[\]]*[)）】\]]/gu
/** Between names that blanks part, marks and short words in brackets may stand before a name. */
const betweenPieces =
  /[、，,;；。\t|｜/／&]+|\s+(?=(?:[（(【[][^（）()【】[\]\s]{1,6}[)）】\]]|[^\s\uE000\p{Script=Han}])*\uE000)/u

function piecesOf(line: string, roster: RosterWords): Piece[] {
  const { text, ids } = maskRoster(line, roster)
  const whole = text.replaceAll(brackets, inner => inner.replaceAll(/[、，,;；。\s:：|]/gu, '-'))
  const queue = [...ids]
  let label = ''
  return whole
    .split(betweenPieces)
    .filter(piece => piece.trim() !== '')
    .map(piece => {
      const colon = piece.search(/(?<!\d)[:：]|[:：](?!\d)/u)
      const isLabelled = colon >= 0 && !piece.slice(0, colon).includes(nameMask)
      if (isLabelled) label = piece.slice(0, colon).trim()
      const words = isLabelled ? piece.slice(colon + 1) : piece
      const outside = words.replaceAll(brackets, inner => inner.replaceAll(nameMask, placeholder))
      const named = [...outside].flatMap(char =>
        char === nameMask || char === placeholder ? [{ char, ids: queue.shift() ?? [] }] : [],
      )
      const of = (mask: string) => named.filter(({ char }) => char === mask).flatMap(one => one.ids)
      const own = of(nameMask)
      return own.length > 0
        ? { label, words, ids: own, inBrackets: of(placeholder) }
        : { label, words, ids: of(placeholder), inBrackets: [] }
    })
}
/** Stands for a name in brackets behind another. */
const placeholder = '\uE002'
