import { type CheerioAPI, load } from 'cheerio'
import { Temporal } from 'temporal-polyfill'
import { alternation } from '../alternation.ts'
import { writtenDay } from '../dates/written-day.ts'
import { wordsApart, wordsOutside } from './article-dates.ts'
import { plainText } from './html.ts'
import { moveIn } from './page-moves.ts'
import { inOneRun, isCutTitle, oneLine, withoutMarks, withoutOwnMark } from './page-titles.ts'
import type { PageNode } from './page-tree.ts'
import { markupInScripts } from './script-markup.ts'

/** The places of entries in a list page, as CSS selectors; those of the parts are looked for inside an entry. */
export type ListMapping = {
  item: string
  title: string
  /** Without one the text of the entry beside its title is searched for a date. */
  date?: string | undefined
  link: string
}
type DatedTitle = { title: string; date: string }
export type ListedEntry = DatedTitle & { link: string }

/** A parsed list page. */
export type ListReading = {
  /** As written; those without a title or a link are left out. */
  entries: ListedEntry[]
  /** Number of entries with a title and no link: a script opens them. */
  withoutLink: number
  /** Where a page without entries sends its readers, absolute; empty where it sends them nowhere. */
  movesTo: string
  /** The pages of a frameset, or of frames in a page without a text, absolute. */
  frames: string[]
  /** The first words of the page, where it has no entries. */
  text: string
}

const longestText = 500
/** A page with more words than these beside a frame is more than its frame. */
const longestBesideFrame = 80
/** Any day will do to see whether a text names one. */
const someDay = Temporal.PlainDate.from('2026-06-15')
const dayIn = (text: string) => writtenDay(text, someDay)?.toString()
const namesDay = (text: string) => dayIn(text) !== undefined

/**
 * Reads a list page; a list that stands in a script is read as if it stood in the page.
 * @param base what links are relative to
 * @throws when a selector is none
 */
export function listedEntries(markup: string, mapping: ListMapping, base: string): ListReading {
  const own = readList(load(markup), mapping, base)
  if (own.entries.length > 0 || own.withoutLink > 0) return own
  const hidden = markupInScripts(markup)
  if (hidden !== markup) {
    const inScript = readList(load(hidden), mapping, base)
    if (inScript.entries.length > 0) return inScript
    // The selectors are written for the page as a browser shows it; the records are entries of their own.
    const loose = readList(load(hidden), { item: 'li', title: 'a', link: 'a' }, base)
    if (loose.entries.length > 0) return loose
  }
  return own
}

function readList(page: CheerioAPI, mapping: ListMapping, address: string): ListReading {
  const base = URL.parse(page('base[href]').first().attr('href') ?? '', address)?.href ?? address
  const found = page(mapping.item)
    .toArray()
    .map((each, at) => {
      const entry = page(each)
      const parts = (selector: string) => (selector === '.' ? entry : entry.find(selector))
      const titles = parts(mapping.title)
      const named = titles.eq(
        titlePlace(titles.toArray().map(one => oneLine(page(one).text()) || page(one).attr('title') || '')),
      )
      const written = [named, named.find('[title]').first(), entry]
        .map(one => withoutMarks(one.attr('title') ?? ''))
        .reduce(titleIn, withoutMarks(textBesideMarks(page, named, at + 1)))
      const target = mapping.link === mapping.title ? named : parts(mapping.link).first()
      const dates = mapping.date ? parts(mapping.date).toArray() : []
      const dated =
        dates.length > 0
          ? withoutDay(written, dateIn(dates.map(one => wordsApart(one))))
          : dateBeside(entryWords(page, each, named.get(0)), written)
      const link = linkIn(target.attr(), base, address) || linkIn(entry.attr(), base, address)
      return { ...dated, link }
    })
    .filter(({ title }) => title !== '' && !pageButton.test(title))
  const entries = found.filter(({ link }) => link !== '')
  const hasNone = entries.length === 0
  const text = hasNone ? plainText(page.html()).slice(0, longestText) : ''
  const absolute = (link: string | undefined) => (link && URL.parse(link, base)?.href) || ''
  return {
    entries,
    withoutLink: found.length - entries.length,
    movesTo: hasNone ? absolute(moveIn(page)) : '',
    frames: hasNone ? framesIn(page, text).map(absolute).filter(Boolean) : [],
    text,
  }
}

/** Buttons of a list that look like its entries. */
const pageButton =
  /^[«»<>›‹\s]*(?:[上下后前][一1]?[页篇]|首页|[尾末]页|第\s*\d+\s*页|(?:查看|了解|阅读)?更多.{0,4}|more\b.{0,4}|next|prev(?:ious)?|[.]+|\d{1,3})?[«»<>›‹\s]*$/iu
const longestCategory = 8
const bracketed = /^[[【(（〔][^\]】)）〕]{1,8}[\]】)）〕]$/u

/** Which of several links names the entry: a picture has no words, and a short one before it is a category. */
function titlePlace(texts: readonly string[]): number {
  const first = Math.max(
    0,
    texts.findIndex(text => text !== ''),
  )
  const { length } = texts[first] ?? ''
  if (bracketed.test(texts[first] ?? '') && texts.length > first + 1) return first + 1
  if (length > longestCategory) return first
  const longest = texts.reduce(
    (best, text, at) => (text.length > (texts[best] ?? '').length ? at : best),
    first,
  )
  return (texts[longest] ?? '').length > 2 * length ? longest : first
}

/** Days that only a program reads: 「<time datetime="2026-11-20">上周」. */
const dayMarks = (page: CheerioAPI, of: Parameters<CheerioAPI>[0]): string[] =>
  page(of as never)
    .find('[datetime], [data-time], [data-date]')
    .toArray()
    .map(
      each =>
        page(each).attr('datetime') ?? page(each).attr('data-time') ?? page(each).attr('data-date') ?? '',
    )

function framesIn(page: CheerioAPI, text: string): (string | undefined)[] {
  const inside = text.length <= longestBesideFrame ? page('frame[src], iframe[src]') : page('frame[src]')
  return inside.toArray().map(each => page(each).attr('src'))
}

const mostInLink = 8
function textBesideMarks(page: CheerioAPI, link: ReturnType<CheerioAPI>, place: number): string {
  const inside = [...link.find('*').slice(0, mostInLink)].map(one => page(one).text().trim())
  return inside.reduce((title, words) => withoutOwnMark(title, words, place), link.text())
}

/** A tooltip counts where it says the same, whole: 「查看详情」 does not. */
function titleIn(text: string, tooltip: string): string {
  const start = text.replace(/[…⋯.。·\s]+$/u, '')
  if (text === '') return tooltip
  const isWhole = tooltip.includes(start) && tooltip.length >= start.length && start !== ''
  return isWhole && !(isCutTitle(tooltip) && !isCutTitle(text)) ? tooltip : text
}

/** The first that names a day by itself, else all of them together: day and month may stand apart. */
function dateIn(texts: readonly string[]): string {
  return texts.find(namesDay) ?? oneLine(texts.join(' '))
}

const stamp = alternation([
  /^(20\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?)(?=[^\d日\s])/u,
  /^[[【(（]?\s*((?:20\d{2}[-./年])?\d{1,2}[-./月]\d{1,2}日?)(?:\s+\d{1,2}(?::\d{2}){1,2})?[\]】)）\s]/u,
  /[[【(（\s]((?:20\d{2}[-./年])?\d{1,2}[-./月]\d{1,2}日?)(?:\s+\d{1,2}(?::\d{2}){1,2})?\s*[\]】)）]?$/u,
])
/** A day in an element of its own inside the title's. */
const stuckStamp = /(?<=\p{Script=Han}|[)）》”])(20\d{2}[-./]\d{1,2}[-./]\d{1,2})$/u

type EntryWords = { outside: string; whole: string; marks: string[] }
const entryWords = (page: CheerioAPI, entry: PageNode, title: PageNode | undefined): EntryWords => ({
  outside: title ? wordsOutside(entry, title) : '',
  whole: wordsApart(entry),
  marks: dayMarks(page, entry),
})

/**
 * A day outside the title's element counts first: inside it, the words may be others than those of the title. A day
 * inside the title is its subject, except one at its edge, which is taken out of it.
 */
function dateBeside({ outside, whole, marks }: EntryWords, title: string): DatedTitle {
  const stuck = stuckStamp.exec(title)?.[1]
  const beside = oneLine(inOneRun(whole).replace(inOneRun(title), ' '))
  return withoutDay(title, stuck ?? [outside, beside, ...marks].find(namesDay) ?? '')
}

/** @param date of the entry; empty: that at the edge of its title. Other days of a title are its subject. */
function withoutDay(title: string, date: string): DatedTitle {
  const found = stuckStamp.exec(title) ?? stamp.exec(title)
  const day = found?.slice(1).find(one => one !== undefined) ?? ''
  if (!found || (date !== '' && dayIn(date) !== dayIn(day))) return { title, date }
  return { title: withoutMarks(title.replace(found[0], ' ')) || title, date: date || day }
}

/** @returns empty where only a script knows where the entry leads */
function linkIn(marks: Record<string, string> | undefined, base: string, address: string): string {
  const href = marks?.href?.trim() ?? ''
  const isScript = href === '' || href.startsWith('#') || /^javascript:/iu.test(href)
  const inScript = `${href} ${marks?.onclick ?? ''}`
  const written = isScript ? (marks?.['data-href'] ?? marks?.['data-url'] ?? addressInScript(inScript)) : href
  const link = written ? (URL.parse(written, base)?.href ?? '') : ''
  return /^https?:/u.test(link) && link.split('#')[0] !== address.split('#')[0] ? link : ''
}

/** 「window.open('/a/1.html')」 names its page; 「openDetail(8)」 does not. */
const addressInScript = (script: string) =>
  /["']((?:https?:\/)?\/?[^"'\s<>]*(?:\/|\.(?:s?html?|jspx?|aspx?|php|do)\b)[^"'\s<>]*)["']/iu.exec(
    script,
  )?.[1]
