import type { CheerioAPI } from 'cheerio'

const numeral = '[一二三四五六七八九十]{1,3}'
const day = String.raw`(?:(?:20|19)\d{2}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}|[二一][〇零○ＯOo0九][一二三四五六七八九〇零○ＯOo0]{2}\s*年\s*${numeral}\s*月\s*${numeral}日)`
/** Beside a label only: 「20241118」, 「24-11-18」. */
const labelledDay = String.raw`(?:${day}|20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)|(?<!\d)[12]\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))`
const metaNames =
  /^(?:pubdate|publishdate|publish_?time|publication_date|article:published_time|og:published_time|(?:dc|dcterms)\.(?:date|issued|date\.issued|created)|datepublished|apub:time|releasedate|make_?time|firstpublishedtime)$/iu
/** Dates that official accounts and scripts write into the page's source. */
const inScript = [
  /"datePublished"\s*:\s*"([^"]{8,40})"/u,
  /\b(?:createTime|publish_?time|publishDate|pubDate|publishedAt)\b["']?\s*[:=]\s*["']([^"']{8,40})["']/iu,
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
const alone = new RegExp(`^[\\[【(（]?\\s*(${day})(?!\\d)`, 'u')
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

/**
 * The day that stands in the text of a page, see {@link articleDate}.
 * @param around the lines of the page before the article and after it
 * @param inside the lines of the article
 */
export function writtenDate(
  { before, after }: { before: readonly string[]; after: readonly string[] },
  inside: readonly string[],
): string {
  const around = [...before, ...after].join('\n')
  for (const label of labels) {
    const found = label.exec(around)?.[1]
    if (found) return found
  }
  const above = before.map(line => alone.exec(line)?.[1]).findLast(found => found !== undefined)
  if (above) return above
  const head = inside.slice(0, 4).join('\n')
  const labelled = labels.slice(0, 3).map(label => label.exec(head)?.[1])
  const first = inside.slice(0, 4).map(line => (line.length <= 60 ? alone.exec(line)?.[1] : undefined))
  const last = inside.slice(-6).map(line => signature.exec(line)?.[1])
  return [...labelled, ...first, ...last.reverse()].find(found => found !== undefined) ?? ''
}
