import type { CheerioAPI } from 'cheerio'
import { elementsIn, type PageNode } from './page-tree.ts'

export const longestTitle = 120
const titlePlaces =
  '#activity-name, .rich_media_title, .article-title, .article_title, .arti_title, .news_title, .detail-title, .content_title, h1, .tit, .title, #title, h2, h3'
/** Names of a site, of a channel or of any page of one. */
const isSiteName = (text: string) =>
  /(?:网站|门户|政府网|信息网|官网|首页|平台)$/u.test(text) ||
  /^.{0,12}(?:局|委员会|厅|人民政府|办公室|中心|银行|频道|网)$/u.test(text) ||
  /^(?:信息|文章|新闻|内容|公告|政策)?(?:详情|详细信息|正文|内容页|详细页)$|^(?:通知|公示)?公告$|^(?:工作|最新|政务)动态$|^(?:政策|规范性)文件$|^信息公开$/u.test(
    text,
  )
/** A day, a source or a count of readers that stands in the headline's element. */
const behindHeadline =
  /(?<=\p{Script=Han}{4}\S*)\s*(?:(?:发布)?(?:时间|日期)\s*[:：]?\s*)?20\d{2}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\s+\d{1,2}:\d{2}|\s.{0,40}(?:来源|点击|浏览|作者)).*$/u
const shortestTitle = 8
/** A title with what stands behind it; the time to look behind one grows by the square of the length. */
const longestHeadline = 3 * longestTitle

/** The title that a page gives itself; the first headline is often the name of the site. */
export function titleOf(page: CheerioAPI): string {
  const marked = metaOf(page, 'ArticleTitle', 'og:title')
  if (marked) return marked
  const texts = (places: string) =>
    page(places)
      .toArray()
      .map(each => oneLine(page(each).text()).slice(0, longestHeadline).replace(behindHeadline, ''))
      .filter(text => text !== '')
  const fromHead = siteTitles(page)
  const named = comparable(page('title').first().text())
  const begins = (text: string) => text.length >= shortestTitle && named.startsWith(comparable(text))
  const headlines = texts('h1')
  const own = [...headlines, ...texts('h2, h3')].find(begins) ?? headlines.find(text => !isSiteName(text))
  if (own) return own
  const whole = fromHead.find(text => !isSiteName(text))
  if (whole) return whole
  const fits = (text: string) => text.length >= 4 && text.length <= longestTitle && !isSiteName(text)
  return texts(titlePlaces).find(fits) ?? titledLine(page) ?? headlines[0] ?? fromHead[0] ?? ''
}

/** An element whose whole text ends as titles of notices do. */
const titledLine = (page: CheerioAPI): string | undefined =>
  page('div, p, td, span, strong, b, font')
    .toArray()
    .filter(each => page(each).children('div, p, table, ul').length === 0)
    .map(each => oneLine(page(each).text()))
    .find(text => text.length >= shortestTitle && text.length <= longestTitle && titleEnd.test(text))

const cutMark = /(?:[…⋯]+|\.{2,}|。{2,}|·{3,})$/u

/** Whether a list cut this title. */
export const isCutTitle = (title: string) => cutMark.test(title)

const titleEnd =
  /(?:通知|公告|通告|公示|通报|意见|办法|方案|指南|细则|措施|规定|决定|名单|报告|启事|须知|倡议书|邀请函|函)(?:[（(][^（()）]{1,20}[)）])?$/u

/** Whether a title goes on where the list broke off without a mark: it begins alike and ends as titles do. */
export const continuesTitle = (whole: string, listed: string) =>
  [...listed].length >= 8 &&
  !titleEnd.test(listed) &&
  titleEnd.test(whole) &&
  comparable(whole).startsWith(comparable(listed))

/** The whole of a cut title, wherever on its page it stands; empty where nothing begins alike. */
export function longerTitle(page: CheerioAPI, cut: string): string {
  const start = comparable(cut.replace(cutMark, ''))
  if (start.length < 4) return ''
  const isWhole = (text: string) =>
    text.length <= longestTitle && !isCutTitle(text) && comparable(text).startsWith(start)
  const marked = [metaOf(page, 'ArticleTitle'), metaOf(page, 'og:title'), ...siteTitles(page)]
  const placed = page('h1, h2, h3, h4, p, div, span, td, strong, b, font, em, [title]')
    .toArray()
    .flatMap(each => {
      const found = page(each)
      const text = holdsBlock(each) ? '' : found.text()
      return text.length > longestHeadline ? [] : [text, found.attr('title') ?? '']
    })
  return [...marked, ...placed].map(oneLine).find(isWhole) ?? ''
}

const blocks = new Set(['p', 'div', 'table', 'ul'])
function holdsBlock(element: PageNode): boolean {
  for (const each of elementsIn(element)) if (each !== element && blocks.has(each.name)) return true
  return false
}

const comparable = (text: string) => text.normalize('NFKC').replaceAll(/\s+/gu, '')

/** The content of the first of these marks in a page. */
export function metaOf(page: CheerioAPI, ...names: string[]): string {
  const marks = page('meta')
    .toArray()
    .map(each => page(each))
  for (const name of names) {
    const found = marks.find(each =>
      [each.attr('name'), each.attr('property')].some(own => own?.toLowerCase() === name.toLowerCase()),
    )
    const content = found?.attr('content')?.trim()
    if (content) return content
  }
  return ''
}

/** 「通知标题_福州市科学技术局」, 「通知标题-台江区人民政府」: the site's name comes behind, as a rule. */
const siteTitles = (page: CheerioAPI) =>
  page('title')
    .first()
    .text()
    .split(/[_|]|\s[-–—]\s/u)
    .map(oneLine)
    .map(withoutSite)
    .filter(text => text !== '')

/** Names of channels and of the site behind dashes without blanks. */
function withoutSite(title: string): string {
  const found = /^(.{8,}?)[-–—]+([^-–—]{2,20})$/u.exec(title)
  return found?.[1] && isSiteName(found[2] ?? '') ? withoutSite(found[1]) : title
}

const mark = '(?:置顶|最新|新|热点?|热门|推荐|重要|头条|图文?|视频|原创|转载|new|hot|top)'
/** 「-5℃」, 「★级」 and 「（新）版」 are words: such signs are bullets before a blank, such marks stand in 【】. */
const markBefore = new RegExp(
  `^(?:[\\s·•●■◆▪►▶»※|｜:：]|[>*★☆-](?=\\s)|[[【]\\s*${mark}\\s*[\\]】]|[(（〔]\\s*置顶\\s*[)）〕])+`,
  'iu',
)
const markBehind = new RegExp(
  `(?<=[\\p{Script=Han}\\p{P}])(?:[\\s|｜·•]|(?:new|hot)[!！]*(?=\\s|$)|[[【]\\s*${mark}\\s*[\\]】])+$`,
  'iu',
)
/** A mark in an element of its own. */
const ownMark = /^(?:置顶|[热新荐图顶]|new|hot|top)!?$/iu
/** Marks that are no part of any word. */
const sureMark = /^(?:置顶|new|hot)!?$/iu

/**
 * A title without words that stand in an element of their own at its edge and are a mark, 「热」, or its place in the
 * list, 「1」. Most may be a part of a word, 「热处理」, 「1号文件」: those count only where the title surely begins or ends
 * beside them.
 * @param words those of the element
 * @param place of the title in its list, from 1
 */
export function withoutOwnMark(title: string, words: string, place: number): string {
  const text = title.trim()
  const isPlace = words.replace(/^0|[.、]$/gu, '') === String(place)
  if (text === words || !(isPlace || ownMark.test(words))) return text
  const isSure = sureMark.test(words)
  const behind = text.slice(words.length)
  if (text.startsWith(words) && (isSure || /^(?:\s|关于)/u.test(behind))) return behind
  const before = text.slice(0, -words.length)
  const isAtEnd = !isPlace && text.endsWith(words)
  return isAtEnd && (isSure || /\s$/u.test(before) || titleEnd.test(before)) ? before : text
}
/** A line that was broken in the source of a page, and not by its writer. */
const brokenLine = /(?<=\p{Script=Han})[^\S\n]*\n\s*(?=\p{Script=Han})/gu
/** Without blanks between characters, which may be broken lines. */
export const inOneRun = (text: string) => text.replaceAll(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')

/** A title of a list in one line, without bullets and the marks that lists set beside it: 「[置顶]」, 「NEW!」. */
export function withoutMarks(written: string): string {
  const whole = oneLine(written.replaceAll(brokenLine, ''))
  if (whole.length > longestHeadline) return whole
  return whole.replace(markBefore, '').replace(markBehind, '') || whole
}

export const oneLine = (text: string) => text.replaceAll(/\s+/gu, ' ').trim()
