import { recentlyUsed } from '../../lib/recently-used.ts'

export type MentionSetting = {
  /** The bot's names here: its nickname and its alias in this group. */
  botNames: readonly string[]
  /** Known names of other people here: names with spaces are cut off whole only then. */
  otherNames: readonly string[]
  /** The platform says, by id, that the bot is mentioned. */
  isMentionedById: boolean
}

export type ReadMentions = { text: string; mentionsBot: boolean }

/**
 * Reads what was said out of what was written: takes off the quoted part and every mention, and says whether
 * the bot was meant. Gateways that give no ids leave only the text to tell.
 *
 * A name counts when it is followed by U+2005 (phones), a space (PC) or the end (WeCom), so that 「@小创客」 is
 * not 「@小创」. @所有人 mentions no person in particular, even for a gateway that then reports every id.
 */
export function readMentions(written: string, setting: MentionSetting): ReadMentions {
  const { botNames, otherNames, isMentionedById } = setting
  let rest = withoutQuote(written).replaceAll('＠', '@')
  if (!rest.includes('@')) return { text: tidy(rest), mentionsBot: isMentionedById }
  const take = (pattern: RegExp) => {
    const before = rest
    rest = rest.replace(pattern, ' ')
    return rest !== before
  }
  // Others first where their name is the longer one: of 「@小创 客服」 and 「@小创」 only one was meant.
  const beginnings = beginningsIn(rest)
  const names = [...botNames, ...otherNames].filter(name => beginnings.includes(anyCase(firstLetterOf(name))))
  let isNamed = false
  for (const name of names.sort((a, b) => b.length - a.length)) {
    const isBot = botNames.includes(name)
    const isTaken = take(mentionOf(name, isBot && isMentionedById ? '' : nameEnd))
    if (isBot && isTaken) isNamed = true
  }
  // Mostly the bot alone was mentioned, and nothing is left to look for.
  const isForAll = rest.includes('@') && take(mentionOfAll)
  if (rest.includes('@')) {
    take(mentionByPhone)
    take(mentionOfAnybody)
  }
  return { text: tidy(rest), mentionsBot: isNamed || (isMentionedById && !isForAll) }
}

/** Whether this is the XML of a message that quotes another one: its title is what was said. */
export function isQuoteXml(written: string): boolean {
  return /<refermsg[\s>]/.test(written) && /<title>/.test(written)
}

/** Whether this is the XML of a 接龙, which phones send as a card: its title is the list. */
export function isChainXml(written: string): boolean {
  return /<appmsg[\s>]/.test(written) && /^\s*#\s*(?:接[龙龍]|group\s*note)/iu.test(titleIn(written))
}

/** An @ inside an address like 「li@example.com」 is no mention. */
const nameStart = '(?<![A-Za-z0-9._%+-])@'
const nameEnd = '(?=[\\s，,：:]|$)'

/** Patterns are cached for this many names, those of the people who talk now. */
const mostPatterns = 2000
const patterns = recentlyUsed<RegExp>(mostPatterns)

function mentionOf(name: string, end: string): RegExp {
  const key = `${end}${name}`
  const pattern = patterns.get(key) ?? new RegExp(`${nameStart}${patternOf(name)}${end}`, 'giu')
  patterns.set(key, pattern)
  return pattern
}

const mentionOfAll = new RegExp(`${nameStart}(?:所有人|全体成员|all|everyone)${nameEnd}`, 'giu')
/** Phones end a mention with U+2005, so a name with spaces is found even when it is unknown. */
const mentionByPhone = new RegExp(`${nameStart}[^@\\u2005\\n]{1,40}\\u2005`, 'gu')
const mentionOfAnybody = new RegExp(`${nameStart}[^\\s@，,：:]{1,40}`, 'gu')

/** The letters behind each @. */
function beginningsIn(text: string): string[] {
  const letters: string[] = []
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1))
    letters.push(anyCase(String.fromCodePoint(text.codePointAt(at + 1) ?? 0)))
  return letters
}

/** First letter of a name, compared with the one after an @: most of a group's names need no search. */
const firstLetterOf = (name: string) => String.fromCodePoint(name.trim().codePointAt(0) ?? 0)
const anyCase = (letter: string) => letter.toUpperCase().toLowerCase()

/** Names are written with and without the emoji selector U+FE0F, and with any kind of space. */
function patternOf(name: string): string {
  return name
    .trim()
    .replaceAll('\uFE0F', '')
    .split(/\s+/u)
    .map(word => [...word].map(letter => `${RegExp.escape(letter)}\\uFE0F?`).join(''))
    .join('\\s+')
}

const oldQuote = /^\s*[「“][\s\S]*[」”]\s*\n\s*(?:[-–—－]\s*){4,}\n/u

function withoutQuote(written: string): string {
  if (!isQuoteXml(written) && !isChainXml(written)) return written.replace(oldQuote, '')
  return titleIn(written)
}

function titleIn(xml: string): string {
  const title = /<title>([\s\S]*?)<\/title>/.exec(xml)?.[1] ?? ''
  return unescapeXml(title.replace(/^<!\[CDATA\[([\s\S]*)\]\]>$/, '$1'))
}

const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
])

function unescapeXml(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) => characterOf(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});/g, (_, digits: string) => characterOf(Number(digits)))
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities.get(name) ?? '')
}

const characterOf = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : '')

/** The text between mentions, without the gaps that they leave; lines stay lines. */
function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .replace(/^[\s，,：:]+/u, '')
    .trimEnd()
}
