import type { CheerioAPI } from 'cheerio'

export const longestTitle = 120
const titlePlaces =
  '#activity-name, .rich_media_title, .article-title, .article_title, .arti_title, .news_title, .detail-title, .content_title, h1, .tit, .title, #title, h2'
const isSiteName = (text: string) =>
  /(?:网站|门户|政府网|信息网|官网|首页|平台)$/u.test(text) ||
  /^.{0,12}(?:局|委员会|厅|人民政府|办公室|中心)$/u.test(text)

/** The title that a page gives itself; the first headline is often the name of the site. */
export function titleOf(page: CheerioAPI): string {
  const marked = metaOf(page, 'ArticleTitle', 'og:title')
  if (marked) return marked
  const headlines = page('h1')
    .toArray()
    .map(each => oneLine(page(each).text()))
    .filter(text => text !== '')
  const own = headlines.find(text => !isSiteName(text))
  if (own) return own
  const fromHead = siteTitles(page).find(text => !isSiteName(text))
  if (fromHead) return fromHead
  const placed = page(titlePlaces)
    .toArray()
    .map(each => oneLine(page(each).text()))
    .find(text => text.length >= 4 && text.length <= longestTitle && !isSiteName(text))
  return placed ?? headlines[0] ?? siteTitles(page)[0] ?? ''
}

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
      const text = found.find('p, div, table, ul').length > 0 ? '' : found.text()
      return text.length > 3 * longestTitle ? [] : [text, found.attr('title') ?? '']
    })
  return [...marked, ...placed].map(oneLine).find(isWhole) ?? ''
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

/** 「通知标题_福州市科学技术局」: the site's name comes behind, as a rule. */
const siteTitles = (page: CheerioAPI) =>
  page('title')
    .first()
    .text()
    .split(/[_|]|\s[-–—]\s/u)
    .map(oneLine)
    .filter(text => text !== '')

export const oneLine = (text: string) => text.replaceAll(/\s+/gu, ' ').trim()
