import type { CheerioAPI } from 'cheerio'
import { elementsIn, type PageElement, type PageNode } from './page-tree.ts'

const numeral = '[一二三四五六七八九十]{1,3}'
const day = String.raw`(?:(?:20|19)\d{2}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}|[二一][〇零○ＯOo0九][一二三四五六七八九〇零○ＯOo0]{2}\s*年\s*${numeral}\s*月\s*${numeral}日)`
/** Beside a label only: 「20241118」, 「24-11-18」. */
const labelledDay = String.raw`(?:${day}|20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)|(?<!\d)[12]\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))`
const metaNames = new RegExp(
  `^(?:${[
    'pubdate|publishdate|publish_?time|publication_date|article:published_time|og:published_time',
    String.raw`(?:dc|dcterms)\.(?:date|issued|date\.issued|created)`,
    'datepublished|apub:time|releasedate|make_?time|firstpublishedtime',
  ].join('|')})$`,
  'iu',
)
/** Names of fields in a page's scripts that hold its day of publishing. */
const scriptFields = [
  'publish_?time(?:Str)?|publishDate(?:Str)?|pubDate(?:Str)?|pub_?time|publishedAt',
  'release_?(?:time|date)|docRelTime|issue_?(?:time|date)',
].join('|')
/** Dates that official accounts and scripts write into the page's source. */
const inScript = [
  /"datePublished"\s*:\s*"([^"]{8,40})"/u,
  new RegExp(String.raw`\b(?:${scriptFields})\b["']?\s*[:=]\s*["']([^"']{8,40})["']`, 'iu'),
  /\b(?:create_?time|create_?date)\b["']?\s*[:=]\s*(?:JsDecode\(\s*)?["']((?!1\d{9})[^"']{8,40})["']/iu,
  /\b(?:var\s+ct|oriCreateTime|create_time|publish_?time|pub_?time|release_?time)\b["']?\s*[:=]\s*["']?(1\d{9}(?:\d{3})?)\b/iu,
]
/** Day of publishing first; a bare 「时间」 that belongs to no other word last. */
const labels = [
  '(?:发布|发表|刊发|上线)(?:的)?(?:时间|日期)?|发表于|发布于',
  '(?:公开|公布|印发|发文)(?:时间|日期)',
  '(?:成文|生成|录入|上传|更新)(?:时间|日期)',
  String.raw`(?<!\p{Script=Han})(?:时间|日期)`,
  // 「来源：某某局 2024-11-18 09:30 字号：大 中 小」
  String.raw`(?:来源|作者|供稿|编辑)\s*[:：][^\n\d]{0,40}[\s|]`,
].map(label => new RegExp(`(?:${label})\\s*[:：]?\\s*[\\[【(（]?\\s*(${labelledDay})`, 'u'))
/** 「2026年11月30日 星期一」 above a page is the day of the visit. */
const alone = new RegExp(`^[\\[【(（]?\\s*(${day})(?!\\d)(?!日?\\s*(?:星期|周)[一二三四五六日])`, 'u')
/** Letters of a label that are spread over its width: 「生 成 日 期」. */
const spreadLabel = /(?<=(?:^|\s)\p{Script=Han})\s(?=\p{Script=Han}(?:\s|$|[:：]))/gmu
const signature = new RegExp(`^(?:.{0,30}\\s)?(${day})\\s*日?$`, 'u')

/**
 * The day on which an article was published, as its page writes it: in a meta mark, in a script, beside a label, alone
 * above the text, or under it as the date of its signature.
 * @param page with its scripts
 * @returns empty where the page names none
 */
export function articleDate(page: CheerioAPI): string {
  for (const each of page('meta').toArray()) {
    const own = page(each)
    const name = own.attr('name') ?? own.attr('property') ?? own.attr('itemprop') ?? ''
    const content = own.attr('content')?.trim() ?? ''
    if (metaNames.test(name) && /\d{4}/u.test(content)) return content
  }
  const scripts = page('script').text()
  for (const form of inScript) {
    const found = form.exec(scripts)?.[1]
    if (found) return found
  }
  const marked = page('time[datetime]').first().attr('datetime')
  if (marked && /\d{4}/u.test(marked)) return marked
  return ''
}

const behindTitle = new RegExp(`[（(【\\[]\\s*(${day})\\s*[)）】\\]]$`, 'u')

/** A title without {@link dayBehindTitle}. */
export const withoutDay = (title: string): string => title.trim().replace(behindTitle, '').trim()

/** The day in brackets at the end of a title: 「…的公告（2025-03-07）」; empty where none stands there. */
export const dayBehindTitle = (title: string): string => behindTitle.exec(title.trim())?.[1] ?? ''

/**
 * The day that stands in the text of a page, see {@link articleDate}.
 * @param around the lines of the page before the article and after it
 * @param inside the lines of the article
 */
export function writtenDate(
  { before, after }: { before: readonly string[]; after: readonly string[] },
  inside: readonly string[],
): string {
  const around = [...before, ...after].join('\n').replaceAll(spreadLabel, '')
  for (const label of labels) {
    const found = label.exec(around)?.[1]
    if (found) return found
  }
  const above = before.map(line => alone.exec(line)?.[1]).findLast(found => found !== undefined)
  if (above) return above
  const head = inside.slice(0, 4).join('\n')
  const labelled = labels.slice(0, 3).map(label => label.exec(head)?.[1])
  const first = inside.slice(0, 4).map(line => (line.length <= 60 ? alone.exec(line)?.[1] : undefined))
  const attached = inside.findLastIndex(line => /^附件\s*[:：\d]?/u.test(line))
  const last = [...inside.slice(0, Math.max(attached, 0)).slice(-6), ...inside.slice(-6)].map(
    line => signature.exec(line)?.[1],
  )
  return [...labelled, ...first, ...last.reverse()].find(found => found !== undefined) ?? ''
}

const dateBoxes =
  'time, [class*="date" i], [class*="time" i], [class*="riqi" i], [class*="meta" i], [id*="date" i], [id*="time" i]'
const onlyDate = /^(?:[\d\s年月日号,，:：./-]|[一二三四五六七八九十]{1,2}月|[a-z]{3,9}\.?(?:\s|(?=\d)))+$/iu
const longestBox = 40
/** A box of more elements holds no day alone. */
const mostInBox = 100

/**
 * A day whose parts stand in elements of their own above the text of an article: 「18」 over 「2024-11」.
 * @param page without scripts
 * @param article the element of the article
 * @returns its words by blanks; empty where there is none
 */
export function dateBox(page: CheerioAPI, article: unknown): string {
  let isInside = false
  for (const each of page('*').toArray()) {
    isInside ||= each === article
    // A title may stand in the element of the article, above its first paragraph.
    if (isInside && page(each).is('p, table, section')) return ''
    const found = page(each)
    if (!found.is(dateBoxes) || found.closest('li, a').length > 0) continue
    const words = wordsApart(each, mostInBox)
    if (words.length <= longestBox && /(?:19|20)\d{2}/u.test(words) && onlyDate.test(words)) return words
  }
  return ''
}

/**
 * The text of an element, its parts by blanks: 「20 2026-11」; the own text of an element
 * comes before that of those in it.
 * @param most elements that are read. Default: all.
 */
export const wordsApart = (of: PageNode, most = Number.POSITIVE_INFINITY): string =>
  textsOf(elementsIn(of).take(most))

/** {@link wordsApart} of an element, without a part of it. */
export function wordsOutside(of: PageNode, part: PageNode): string {
  const inside = new Set(elementsIn(part))
  return textsOf(elementsIn(of).filter(each => !inside.has(each)))
}

const textsOf = (elements: Iterable<PageElement>): string =>
  [...elements]
    .flatMap(({ children }) => children.map(each => (each.type === 'text' ? each.data : '')))
    .join(' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
