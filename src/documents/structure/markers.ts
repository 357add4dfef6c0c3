import { foldCharacters } from '../../text/characters.ts'
import { numberOf } from '../../text/figures/numerals.ts'

/** The levels of official documents, from the outermost; a 款 is an unnumbered paragraph of a 条. */
export const levels = {
  part: 1,
  chapter: 2,
  section: 3,
  article: 4,
  paragraph: 5,
  topic: 6,
  named: 6.5,
  item: 7,
  number: 8,
  bracketed: 9,
  circled: 10,
  letter: 11,
} as const

/** The number in front of a clause. */
export type Marker = {
  level: number
  /** Numbers of one format count on from each other: 「（1）」 and 「1)」 are two, 「1.」 and 「1.1」 too. */
  format: string
  /** In one way of writing: 「第三条」「一、」「（一）」「1.」「（1）」. */
  label: string
  value: number
  /** Length of the marker in the text, in code units. */
  length: number
  /** White space stands behind it. */
  isSpaced: boolean
}

const han = '[零〇一二三四五六七八九十百]'
const count = `(${han}{1,7}|\\d{1,3})`
const inserted = `(?:\\s*之\\s*(${han}{1,3}))?`
/** 「2.5万元」 begins no clause, 「4.2 人员」 and 「4.2分工」 do. */
const unit =
  '(?:万|亿|元|%|％|倍|个(?![人体])|米|年(?!度)|月|日(?!常)|天(?!使)|家(?!庭)|人(?![员才数力工])|次|级(?!别)|平方|公里|吨|分(?![类工级期配担析段别])|克|以[上下内外]|场(?![所地景馆租内外面合]))'

type Kind = { level: number; pattern: string; label(found: readonly string[]): string }

/** In folded text. */
const kinds: readonly Kind[] = [
  {
    level: levels.part,
    pattern: `第\\s*${count}\\s*(编|部分)(?!的)`,
    label: ([, n, word]) => `第${n}${word}`,
  },
  { level: levels.chapter, pattern: `第\\s*${count}\\s*章(?!的)`, label: ([, n]) => `第${n}章` },
  { level: levels.section, pattern: `第\\s*${count}\\s*节(?!的)`, label: ([, n]) => `第${n}节` },
  {
    level: levels.article,
    pattern: `第\\s*${count}\\s*条${inserted}`,
    label: ([, n, more]) => `第${n}条${more ? `之${more}` : ''}`,
  },
  { level: levels.topic, pattern: `(${han}{1,4})\\s*(?:、|\\.(?!\\d))`, label: ([, n]) => `${n}、` },
  { level: levels.item, pattern: `\\(\\s*(${han}{1,4})\\s*\\)[、.]?`, label: ([, n]) => `（${n}）` },
  {
    level: levels.number,
    pattern: `([A-Z](?:\\.\\d{1,2}){1,3})(?![\\d.]|${unit})`,
    label: ([, n]) => `${n}`,
  },
  {
    level: levels.number,
    pattern: `(\\d{1,2}(?:\\.\\d{1,2}){1,3})(?![\\d.]|${unit})[、.]?`,
    label: ([, n]) => `${n}`,
  },
  {
    level: levels.number,
    pattern: `(\\d{1,2})\\s*[、.](?!\\d(?!\\d{3}年|\\d?场(?![所地景馆租内外面合])))`,
    label: ([, n]) => `${n}.`,
  },
  { level: levels.bracketed, pattern: `\\(\\s*(\\d{1,2})\\s*\\)[、.]?`, label: ([, n]) => `（${n}）` },
  { level: levels.bracketed, pattern: `(\\d{1,2})\\s*\\)[、.]?`, label: ([, n]) => `${n})` },
  { level: levels.circled, pattern: '([①-⑳])', label: ([, char]) => char ?? '' },
  { level: levels.letter, pattern: '([a-zA-Z])\\s*[.)、](?![a-zA-Z])', label: ([, char]) => `${char}.` },
]

const patterns = kinds.map(kind => ({ ...kind, pattern: new RegExp(`^\\s*${kind.pattern}(\\s*)`, 'u') }))

/** 「2．3至9层」: the full-width stop ends a number, as no decimal has it, and a quantity follows. */
const beforeQuantity =
  /^(\s*\d{1,2}．)(?=\d{1,4}(?:至\d|层|周?岁|小时|号|名(?![称单额])|位(?![置])|辆|栋|户(?![籍外])|件|[年月日天人万亿元家个次级]))/u

/** The marker with which a text begins, by its form alone. */
export function markerOf(text: string): Marker | undefined {
  const number = beforeQuantity.exec(text)?.[0]
  const marker = markerIn(number ?? text)
  return marker && number !== undefined ? { ...marker, length: number.length } : marker
}

function markerIn(text: string): Marker | undefined {
  const folded = foldCharacters(text)
  for (const [at, { level, pattern, label }] of patterns.entries()) {
    const found = pattern.exec(folded)
    if (!found) continue
    const depth = (found[1] ?? '').split('.').length - 1
    return {
      level: level + 0.1 * depth,
      format: `${at}.${depth}${/^[a-z]$/u.test(found[1] ?? '') ? 'a' : ''}`,
      label: label([...found].map(part => part ?? '')),
      value: countedBy(found[1] ?? ''),
      length: found[0].length,
      isSpaced: (found.at(-1) ?? '') !== '',
    }
  }
  return undefined
}

function countedBy(said: string): number {
  if (/^[①-⑳]$/u.test(said)) return said.charCodeAt(0) - 0x2460 + 1
  if (/^[a-z]$/iu.test(said)) return said.toLowerCase().charCodeAt(0) - 96
  return numberOf(said.split('.').at(-1) ?? '') ?? Number.NaN
}

/** 「第三条第二款规定的」 at the start of a paragraph cites an article. */
const cites = /^(?:第|规定|所称|所列|所述|的|至|、|和|及|与|或|以外|情形|中(?:的|规定)|\(|之规定)/u

/**
 * Whether an article's number begins that article: it is the next one, or it is set off and further on.
 * @param last the article before, 0 for none
 */
export function beginsArticle(text: string, { value, length, isSpaced }: Marker, last: number): boolean {
  if (isSpaced && value >= last) return true
  return (
    (value === last + 1 || value === last || value === 1) && !cites.test(foldCharacters(text.slice(length)))
  )
}
