import { simplify } from '../../text/traditional.ts'
import { countIn, isOfUnnamed } from './list-counts.ts'
import { statusWordOf } from './list-labels.ts'
import { endsInStatus, isStatus, nameIn, type PastedStatus, statusIn, statusOfCell } from './list-status.ts'
import type { PastedEntry } from './pasted-list.ts'
import { notNames } from './table-people.ts'

/** How far a separator parts: 1 「、」, 2 「，」 and spaces, 3 「；」. */
type Strength = 1 | 2 | 3

type NameToken = {
  kind: 'name'
  strength: Strength
  entry: PastedEntry
  /** No status stands with it in its piece. */
  isBare: boolean
  /** How a status in words stands behind it: 「柏舟请假」 close, 「柏舟 请假」 spaced. */
  words?: 'close' | 'spaced'
}
/** A status without a name. `side` says on which side its names stand, where the words tell. */
type StatusToken = {
  kind: 'status'
  strength: Strength
  status: PastedStatus
  side?: 'ahead' | 'behind'
  /** 「2人请假」: how many names it is of. */
  count?: number
}
type Token = NameToken | StatusToken

const separator = /(?<gap>[、，,;；。/／\\+＋&|｜]+)/u
const separatorOrSpace = /(?<gap>[、，,;；。\s]+)/u
/** Names with a mark each, and nothing between them: 「甘棠（√）柏舟（×）」. */
const bracketedMarks =
  /(?<=\p{Script=Han}\s{0,2}[（(][^()（）]{1,12}[）)])\s*(?=\p{Script=Han}{2,4}\s{0,2}[（(])/gu
/** Names with a mark each may stand in one line by spaces: 「甘棠√ 柏舟×」. */
const spacedMarks = /\p{Script=Han}\S{0,12}[√✓✔✅☑×✗✘✖❌○△□)）]\S{0,4}\s{1,9}\p{Script=Han}/u
/** 「请假的有甘棠」, 「缺席 甘棠」: a status in front of a name. */
const statusAhead =
  /^(?<head>\S{1,12}?(?:(?:人员|名单|同志|的)?(?:(?<!没)有|是|为)|人员|名单|同志|的|\s*\d{1,4}\s*[人位名]|(?=\s)))\s*(?<rest>\p{Script=Han}{2}.*)$/u
/** A longer piece is no list: its words, one ahead of the other, would take a time that grows with their square. */
const longestAhead = 1000
/** 「都请假」, 「以上两人因病请假」. */
const statusBehind =
  /^(?<lead>(?:以上|上述|[他她]们)?(?:(?<count>\d{1,3}|[两二三四五六七八九十])[人位名个])?(?<all>都|均|皆|全部?|一起)?(?:今天|临时|已经?|也|因[故病事公私]|无故|[上下]午|[前后上下]半场|中途|后来|之后|晚上)*)(?<rest>\S+)$/u
const partOfDay = /[上下]午|半场|中途|后来|之后|晚上/u
/** 「柏舟都请假」. */
const sharedAtEnd = /\p{Script=Han}{2}(?:都|均|皆|全部?)(?!\p{Script=Han}{5})\p{Script=Han}+$/u
/** 「柏舟请假」, 「柏舟 请假」: not a mark or brackets, which are of one name. */
const wordsAtEnd = /^(?<name>\p{Script=Han}{2,4}?)(?<gap>\s*)(?<words>\p{Script=Han}+)[。.\s]*$/u

/**
 * The names of a line without columns, each with the status that stands with it: behind it, in front of it or of its
 * neighbours. Where the line leaves open whether an absence is of a name, the name is `unclear`, never `here`.
 * @param headingStatus of a name with which no status stands
 */
export function namesOfLine(written: string, headingStatus: PastedStatus): PastedEntry[] {
  const tokens = tokensOf(written, headingStatus)
  if (startsParts(tokens)) readAhead(tokens, headingStatus)
  else readBehind(tokens, headingStatus)
  if (headingStatus === 'here') doubtBefore(tokens)
  return tokens.flatMap(token => (token.kind === 'name' ? [token.entry] : []))
}

function tokensOf(written: string, headingStatus: PastedStatus): Token[] {
  const text = written.replaceAll(bracketedMarks, '、')
  const parts = text.split(spacedMarks.test(text) ? separatorOrSpace : separator)
  return parts.flatMap((part, at) =>
    at % 2 === 1 ? [] : tokensOfPiece(part.trim(), strengthOf(parts[at - 1] ?? ''), headingStatus),
  )
}

function strengthOf(gap: string): Strength {
  if (/[;；。]/u.test(gap)) return 3
  return /[，,\s]/u.test(gap) ? 2 : 1
}

function tokensOfPiece(piece: string, strength: Strength, headingStatus: PastedStatus): Token[] {
  if (piece === '' || notNames.test(piece) || isOfUnnamed(piece)) return []
  const alone = statusAlone(piece)
  if (alone) return [{ kind: 'status', strength, ...alone }]
  const { head = '', rest = '' } =
    (piece.length > longestAhead ? null : statusAhead.exec(simplify(piece)))?.groups ?? {}
  const ahead = statusWordOf(head)
  if (ahead && isStatus(rest)) return [{ kind: 'status', strength, status: ahead }]
  if (ahead)
    return [
      { kind: 'status', strength, status: ahead, side: 'ahead' },
      ...tokensOfPiece(rest, 1, headingStatus),
    ]
  const named = nameIn(piece)
  const { name } = named
  const status = statusIn(piece, headingStatus)
  // 「请假 9:00」.
  if (name === '')
    return status === 'away' && headingStatus === 'here' ? [{ kind: 'status', strength, status }] : []
  const isOfLast = status === 'away' && headingStatus !== 'away' && name.includes(' ')
  const entry: PastedEntry = { ...named, status, ...(isOfLast ? { isOfLast } : {}) }
  const shared: Token[] =
    status !== headingStatus && sharedAtEnd.test(piece)
      ? [{ kind: 'status', strength: 1, status, side: 'behind' }]
      : []
  const isBare = status === headingStatus && hasNoStatus(piece, named)
  return [{ kind: 'name', strength, entry, isBare, ...wordsOf(piece) }, ...shared]
}

/** Whether beside the name stand only its title and places in brackets. */
function hasNoStatus(piece: string, { name, wholes = [] }: { name: string; wholes?: string[] }): boolean {
  const alone = piece
    .replaceAll(/[（(][^（）()]*[)）]/gu, inner => (isStatus(inner.slice(1, -1)) ? inner : ''))
    .trim()
  return name === alone || (wholes.includes(alone) && !endsInStatus(alone))
}

function wordsOf(piece: string): Pick<NameToken, 'words'> {
  const gap = wordsAtEnd.exec(piece)?.groups?.gap
  return gap === undefined ? {} : { words: gap === '' ? 'close' : 'spaced' }
}

function statusAlone(piece: string): Omit<StatusToken, 'kind' | 'strength'> | undefined {
  if (isStatus(piece)) return { status: statusOfCell(piece) }
  const { count, all, rest = '', lead = '' } = statusBehind.exec(simplify(piece))?.groups ?? {}
  if (lead !== '' && isStatus(rest)) {
    const among =
      count === undefined
        ? {}
        : { count: Number(count) || '二三四五六七八九十'.indexOf(count.replace('两', '二')) + 2 }
    return {
      status: partOfDay.test(lead) ? 'unclear' : statusOfCell(rest),
      ...among,
      ...(all || count ? { side: 'behind' } : {}),
    }
  }
  const status = statusWordOf(piece)
  const people = countIn(piece)
  return (
    status && {
      status,
      ...(people === undefined ? {} : { count: people }),
      ...(/(?:的|有|是|为|人员|名单)$/u.test(piece) ? { side: 'ahead' } : {}),
    }
  )
}

/** 「实到，甘棠；请假，郑风」: each status stands in front of its names. */
function startsParts(tokens: readonly Token[]): boolean {
  const [first, ...others] = tokens
  if (first?.kind !== 'status' || first.side === 'behind' || others.at(-1)?.kind !== 'name') return false
  const statuses = others.filter(({ kind }) => kind === 'status')
  return (
    statuses.every(status => status.kind === 'status' && status.side !== 'behind') &&
    (statuses.every(({ strength }) => strength === 3) || others.every(({ strength }) => strength < 3))
  )
}

function readAhead(tokens: readonly Token[], headingStatus: PastedStatus): void {
  let heading = headingStatus
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'status') heading = token.status
    else {
      // 「请假，甘棠；柏舟」: whether the word reaches so far, a person knows.
      const isApart = token.strength === 3 && tokens[at - 1]?.kind === 'name'
      if (isApart && heading === 'away') heading = 'unclear'
      if (token.isBare) token.entry.status = heading
    }
  }
}

/** 「甘棠、柏舟，请假；郑风，到」: each status stands behind its names. */
function readBehind(tokens: readonly Token[], headingStatus: PastedStatus): void {
  let names: NameToken[] = []
  let heading = headingStatus
  // With a status first and a name last, each status may be of the names behind it.
  const isOpen = tokens[0]?.kind === 'status' && tokens.at(-1)?.kind === 'name'
  let isLone = isOpen
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'name') {
      if (token.strength === 3 && !isLone) heading = headingStatus
      if (token.isBare) token.entry.status = heading
      names.push(token)
      continue
    }
    // Two words behind one name, as of two days: a person decides.
    const isSecond = names.length === 0 && tokens[at - 1]?.kind === 'status'
    const before = isSecond ? tokens[at - 2] : undefined
    if (before?.kind === 'name' && before.entry.status === 'here' && token.status !== 'here')
      before.entry.status = 'unclear'
    isLone = isOpen || token.strength === 3 || (at === 0 && tokens[1]?.strength === 3)
    const isDoubtful = isOpen && token.status === 'here'
    if (token.side !== 'ahead' && !isDoubtful)
      giveStatus(token, token.strength === 3 ? names : sinceBreak(names))
    const isOnlyAhead = token.side === 'ahead' || at === 0
    heading = headingBehind(token, isOnlyAhead, headingStatus)
    names = []
  }
}

/** For names behind a status that may be theirs. */
function headingBehind({ status, side }: StatusToken, isOnlyAhead: boolean, headingStatus: PastedStatus) {
  if (isOnlyAhead) return status
  return status === 'here' || side === 'behind' ? headingStatus : 'unclear'
}

/** The last names without a 「；」 between. */
function sinceBreak(names: readonly NameToken[]): NameToken[] {
  const from = names.findLastIndex(({ strength }) => strength === 3)
  return names.slice(Math.max(0, from))
}

const isToldHere = ({ isBare, entry }: NameToken) => !isBare && entry.status === 'here'

function giveStatus({ status, strength, side, count }: StatusToken, names: readonly NameToken[]): void {
  const isOfAll = side === 'behind' || names.slice(1).every(name => name.strength < strength)
  const isOfOthers = count !== undefined && names.some(isToldHere)
  const isCounted = !isOfOthers && (count === undefined || count === names.length)
  const last = names.at(-1)
  // 「甘棠、柏舟到，缺3人」: those who lack are others, while 「两人都请假」 may be of them.
  if (isOfOthers && last && isToldHere(last) && (side !== 'behind' || count !== names.length)) return
  for (const [at, { entry, isBare }] of names.entries()) {
    const isLast = at === names.length - 1
    if (status === 'here') {
      if (isBare && entry.status === 'unclear' && (isLast || isOfAll)) entry.status = 'here'
    } else if (isLast || isBare) entry.status = isCounted && (isLast || isOfAll) ? status : 'unclear'
  }
}

/** 「甘棠、柏舟 请假」: whether the word is for both, a person knows. */
function doubtBefore(tokens: readonly Token[]): void {
  const isMixed = tokens.some(({ strength }, at) => at > 0 && strength === 1)
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'name' || !token.words || token.entry.status !== 'away') continue
    if ((tokens[at + 1]?.strength ?? 3) > 1)
      doubtChain(tokens, at, token.words === 'spaced' && !isMixed ? 3 : 1)
  }
}

function doubtChain(tokens: readonly Token[], end: number, most: Strength): void {
  for (let at = end; at > 0 && (tokens[at]?.strength ?? 3) <= most; at--) {
    const before = tokens[at - 1]
    if (before?.kind !== 'name') return
    if (before.isBare && before.entry.status === 'here') before.entry.status = 'unclear'
  }
}
