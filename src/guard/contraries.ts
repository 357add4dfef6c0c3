import { type ParsedText, pairsOf } from './clauses.ts'

/** Words that turn a rule when one takes the place of the other. */
const contraries: readonly [string, string][] = [
  ['前', '后'],
  ['内', '外'],
  ['上', '下'],
  ['高', '低'],
  ['多', '少'],
  ['大', '小'],
  ['增', '减'],
  ['次', '当'],
  ['先', '后'],
  ['继续', '停止'],
  ['书面', '口头'],
  ['口头', '书面'],
  ['全体', '半数'],
  ['全部', '部分'],
  ['整体', '部分'],
  ['境内', '境外'],
  ['线上', '线下'],
]

/**
 * Finds where the entries say one word and the text its contrary, between the same neighbours: 「书面承诺」 become
 * 「口头承诺」, 「次月起」 become 「当月起」, 「规上工业」 become 「规下工业」.
 */
export function contraryFaults(said: ParsedText, source: ParsedText): string[] {
  const pairs = contraries.flatMap(([one, other]) => [
    { there: one, here: other },
    { there: other, here: one },
  ])
  return pairs.flatMap(({ there, here }) =>
    [...said.flat.matchAll(new RegExp(here, 'gu'))]
      .flatMap(({ index }) => seamsAround(said.flat, index, here.length))
      .filter(({ before, after }) => {
        return source.flat.includes(before + there + after) && !source.flat.includes(before + here + after)
      })
      .map(({ before, after }) => `the contrary of ${before}${there}${after}: ${before}${here}${after}`),
  )
}

/** Two Chinese characters on each side of a word. */
function seamsAround(text: string, at: number, length: number): { before: string; after: string }[] {
  const before = text.slice(Math.max(0, at - 2), at)
  const after = text.slice(at + length, at + length + 2)
  return [...(isHan(before) ? [{ before, after: '' }] : []), ...(isHan(after) ? [{ before: '', after }] : [])]
}

const isHan = (text: string) => /^\p{Script=Han}{2}$/u.test(text)

/** 「除高校毕业生外」 excludes people whom the entries may include. */
export function exceptionFaults(said: ParsedText, source: ParsedText): string[] {
  const except = /除(?:了)?\p{Script=Han}{2,12}(?:之外|以外|外)/gu
  return (said.flat.match(except) ?? [])
    .filter(() => !/除(?!外)/u.test(source.flat))
    .map(text => `an exception of its own: ${text}`)
}

/** Words by which an entry or a text says that something is not known. */
const unknown = /没有?核到|没有?核实|未核到|不知道|不确定/u
const reserved =
  /没有?核|未核|不知道|不确定|说不准|不敢|先问|请问|问一?下|问清|咨询|打电话|拨|核实|核对|确认|为准|看[^，。]*通知|能不能|是否|要不要|当时|当年|那时|那会儿|历史|旧/u

/**
 * Statements about what the entries say is not known: 「能展期」 where 「能不能展期没有核到」. What is spoken of in such
 * clauses only may be taken up with the same reservation, and not without.
 */
export function unknownFaults(said: ParsedText, source: ParsedText): string[] {
  const open = new Set<string>()
  const settled = new Set<string>()
  const { clauses } = source
  clauses.forEach((clause, at) => {
    const next = clauses[at + 1]
    const isBare = next !== undefined && next.sentence === clause.sentence && isOnlyUnknown(next.text)
    const isOpen = unknown.test(clause.text) || isBare
    // 「现在的标准请问区里」 settles nothing.
    if (!isOpen && /请问|先问/u.test(clause.text)) return
    for (const pair of pairsOf(clause.words)) (isOpen ? open : settled).add(pair)
  })
  return said.clauses
    .filter(({ sentence }) => !reserved.test(sentence))
    .filter(({ words }) => [...pairsOf(words)].some(pair => open.has(pair) && !settled.has(pair)))
    .map(({ text }) => `speaks of what is not known: ${text}`)
}

/** 「…，没有核到」: what is not known stands in the clause before. */
const isOnlyUnknown = (text: string) => /^(?:现在|目前|都|也|还)*(?:没有?核|未核)/u.test(text)
