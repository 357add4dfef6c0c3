import { grants, isToolLine, publishedIn } from '../structure/head/head-lines.ts'
import { readLabels } from '../structure/head/labels.ts'
import { titleEnd } from '../structure/head/title.ts'
import { markerOf } from '../structure/markers.ts'
import { numberIn } from '../structure/number-line.ts'
import { officesIn } from '../structure/offices.ts'
import type { LineTest } from './links.ts'
import { fillsIn, ownHeadOf } from './own-head.ts'

type Page = {
  /** As the page gives it to itself; empty where it has none. */
  title: string
  whole: readonly string[]
  /** undefined where the page is read as a whole. */
  article: readonly string[] | undefined
  /** The innermost element that may be the article. */
  innermost: readonly string[]
  isOfLinks: LineTest
}

/**
 * The lines of the document on a page: of those above its title the labels, then title and article without menus. The
 * title is a line that the page calls its own, or one that ends as titles do above a day, a label or addressees.
 */
export function linesOfDocument(page: Page): string[] {
  const around = page.article ?? withoutMenus(page)
  return fromOwnHead(page, around) ?? fromPage(page, around)
}

/**
 * Where the article begins with a head: the lines of the page that fill it in, then the article.
 * @param around the article, or the page without its menus
 */
function fromOwnHead(
  { whole, innermost, title, isOfLinks }: Page,
  around: readonly string[],
): string[] | undefined {
  const start = startOf(around, innermost)
  // The day and the offices that sign, a table or a last sentence may stand beside the element of the clauses.
  const articles = start < 0 || around.length <= innermost.length ? [around] : [around.slice(start), around]
  for (const each of articles.map(lines => withoutAttachedSign([title, ...lines]).slice(1))) {
    const own = ownHeadOf(each, title)
    const above = whole.slice(0, Math.max(0, startOf(whole, each)))
    if (own) return withoutTail([...above.filter(line => fillsIn(line, own) && !isOfLinks(line)), ...each])
  }
  return undefined
}

function fromPage(page: Page, paragraphs: readonly string[]): string[] {
  const { whole, article, title } = page
  const labelled = whole.map(line => readLabels(line)?.title).find(text => text !== undefined)
  const named = [...(isNameOfSite(title) ? [] : [title]), ...(labelled ? [labelled] : [])]
  const start = article ? Math.max(0, startOf(whole, article)) : 0
  const at = headlineAt(page, { start, names: named.filter(name => name.length >= shortestTitle) })
  if (at >= 0) return withoutTail(fromRepostedHead(withoutAttachedSign(fromHeadline(page, start, at))))
  const above = article ? linesAbove(page, article) : []
  const lines = withoutTail([...above, ...paragraphs])
  if (labelled && saysMatter(labelled)) return withTitle(lines, labelled)
  return hasTitle(title, lines) ? lines : withoutTail([...above, title, ...paragraphs])
}

/** A page may show what is attached alone: 「附件」 between its headline and the same title is none of the text. */
function withoutAttachedSign(lines: readonly string[]): string[] {
  const at = lines.slice(0, mostTitledLines).findIndex(line => /^附\s*件\s*\d{0,2}[:：]?$/u.test(line))
  const isAgain = at > 0 && lines.slice(0, at).some(line => line === lines[at + 1])
  return lines.filter((_, place) => place !== at || !isAgain)
}

/**
 * A repost has a headline and words of its own above the document: its lines begin with the title and number of that,
 * below the bylines and sentences of the page. A page that grants something itself is read as it stands.
 */
function fromRepostedHead(lines: readonly string[]): string[] {
  const [headline = ''] = lines.filter(line => readLabels(line) === undefined)
  if (isTitle(headline) && !/^转发[:：]/u.test(headline)) return [...lines]
  const above = lines.slice(0, mostTitledLines)
  const number = above.findIndex((line, place) => place > 0 && numberIn(line) !== undefined)
  if (number < 0 || above.slice(0, number).some(line => markerOf(line) !== undefined)) return [...lines]
  let first = number
  while (first > 0 && (isRightAbove(lines[first - 1] ?? '') || isTitle(lines[first - 1] ?? ''))) first -= 1
  const end = lines.slice(first, number).join('') || (lines[number + 1] ?? '')
  if (!titleEnd.test(unspaced(end)) || lines.indexOf(headline) >= first) return [...lines]
  const own = lines.slice(0, first).filter(line => line !== headline)
  if (own.some(line => !isByline(line) && grants.test(line))) return [...lines]
  return [...own.filter(line => isByline(line) || line.includes('。')), ...lines.slice(first)]
}

/** Below the labels that name it. */
function withTitle(lines: readonly string[], title: string): string[] {
  const last = lines.slice(0, mostTitledLines).findLastIndex(line => readLabels(line) !== undefined)
  return [...lines.slice(0, last + 1), title, ...lines.slice(last + 1)]
}

const tail =
  /^(?:(?:相关|推荐|延伸|猜你|为你|热门|最新|近期|更多)(?:政策|文件|推荐|阅读|链接|内容|文章|新闻|信息|解读|评论|资讯|喜欢|附件)|友情链接|上一[篇条].*|下一[篇条].*|返回(?:顶部|列表|首页))[:：]?$/u
/** The mark that ends an article; what is attached to that, and whom to ask, may stand behind it. */
const endMark = /^[-—–·\s]*(?:the\s+)?end[-—–·\s]*$/iu

/** Without the mark of the end, and without names of other pages below the document, which hold no sentence. */
function withoutTail(lines: readonly string[]): string[] {
  const last = lines.findLastIndex(line => line.includes('。'))
  const at = lines.findIndex((line, place) => place > last && tail.test(line))
  return (at < 0 ? lines : lines.slice(0, at)).filter(line => !endMark.test(line))
}

/** Where the first lines of the article stand: its title alone may stand in a table above it too. */
function startOf(whole: readonly string[], article: readonly string[]): number {
  const first = article.filter(line => line !== '').slice(0, mostSame)
  const places = whole.flatMap((line, at) => (line !== '' && line === first[0] ? [at] : []))
  return places.find(at => first.every((line, count) => whole[at + count] === line)) ?? places[0] ?? -1
}
const mostSame = 3

/** Lines of an article that may stand above its title: mark, number, bylines. */
const mostTitledLines = 15
/** Lines of menus and tools above a document. */
const mostTopLines = 300
/** Lines below a title that show that it is one. */
const mostShowing = 3

/** The line of the title, -1 where none tells that it is; the lines of the article above it are no sentences. */
function headlineAt(
  { whole, isOfLinks }: Page,
  { start, names }: { start: number; names: readonly string[] },
): number {
  const end = Math.min(whole.length, start === 0 ? mostTopLines : start + mostTitledLines)
  const sentence = whole.findIndex((line, at) => at >= start && line.includes('。'))
  const places = [...whole.keys()].filter(
    at =>
      at >= start - mostTopLines &&
      at < end &&
      (sentence < 0 || at < sentence) &&
      !isOfLinks(whole[at] ?? ''),
  )
  const called = (name: string) => places.filter(at => isSaidFrom(whole, at, unspaced(name)))
  const bare = names
    .flatMap(name => /^[^丨|｜】]{2,8}[丨|｜】](.{8,})$/u.exec(name)?.[1] ?? [])
    .flatMap(called)
  const exact = names.flatMap(called)
  const isShown = (at: number) =>
    whole.slice(at + 1, at + 1 + mostShowing).some(line => isByline(line) || isCalling(line))
  const shown = places.filter(
    at => isTitle(whole[at] ?? '') && readLabels(whole[at] ?? '') === undefined && isShown(at),
  )
  return (
    [bare[0], exact.filter(at => at <= start).at(-1), exact[0], shown[0]].find(at => at !== undefined) ?? -1
  )
}

/** Whether a title begins in this line and ends with one of the next. */
function isSaidFrom(lines: readonly string[], at: number, title: string): boolean {
  let said = ''
  for (const line of lines.slice(at, at + mostTitleLines)) {
    said += unspaced(line)
    if (said === title) return true
    if (said === '' || !title.startsWith(said)) return false
  }
  return false
}
const mostTitleLines = 5

const isByline = (line: string) =>
  readLabels(line) !== undefined || publishedIn(line) !== undefined || isToolLine(line)
const isCalling = (line: string) => /^各.{2,60}[：:]$/u.test(line)

/** Labels, then the mark and number right above the title, then the title and what follows without links. */
function fromHeadline({ whole, article, isOfLinks }: Page, start: number, at: number): string[] {
  let first = at
  while (first > 0 && isRightAbove(whole[first - 1] ?? '') && !isOfLinks(whole[first - 1] ?? '')) first -= 1
  const labels = whole
    .slice(0, first)
    .filter(
      (line, place) =>
        (readLabels(line) !== undefined ||
          (first - place <= nearestBylines && publishedIn(line) !== undefined)) &&
        !isOfLinks(line),
    )
  if (!article) return [...labels, ...whole.slice(first)]
  if (first >= start) return [...labels, ...article.slice(first - start)]
  const between = whole.slice(first, start).filter(line => !isOfLinks(line) && !isAbstract(line))
  return [...labels, ...between, ...article]
}
const nearestBylines = 6
/** 「为鼓励购买科技服务……」, the beginning of the text or a word about it, cut by the site. */
const isAbstract = (line: string) => /(?:…|\.{3})$/u.test(line)

const isRightAbove = (line: string) =>
  numberIn(line) !== undefined ||
  officesIn(line).length > 0 ||
  /文\s*件$/u.test(line) ||
  (beginsTitle.test(line) && !titleEnd.test(unspaced(line)))

const mostOpeningLines = 30

/**
 * Whether the lines say the title of the page, or have one of their own where the page has
 * none or is called by its office.
 */
function hasTitle(title: string, lines: readonly string[]): boolean {
  if (title === '' || officesIn(title).length > 0) return true
  const isSaid = unspaced(lines.slice(0, mostOpeningLines).join('')).includes(unspaced(title))
  const titled = lines.findIndex(isTitle)
  return isSaid || titled === 0 || (titled > 0 && titled < mostTitledLines && !saysMatter(title))
}

const unspaced = (text: string) => text.replaceAll(/\s/gu, '')

const shortestTitle = 8
const isTitle = (line: string) =>
  line.length >= shortestTitle && !/[:：>›»]/u.test(line) && titleEnd.test(unspaced(line))
/** No name of a site or of a list of documents: 「某某区人民政府-部门文件」. */
const isNameOfSite = (title: string) =>
  /[-_|]|(?:部门|政策|政府|规范性)文件$/u.test(title) || officesIn(title).length > 0
const saysMatter = (title: string) => isTitle(title) && !isNameOfSite(title)
const mostLinesAbove = 10

/** The lines of a page that is read as a whole, without those of links above its head. */
function withoutMenus({ whole, isOfLinks }: Page): string[] {
  const first = whole.findIndex(
    line => (beginsHead(line) || readLabels(line) !== undefined) && !isOfLinks(line),
  )
  return whole.filter((line, at) => at > first || !isOfLinks(line))
}

/**
 * The lines outside the article, above it, that belong to the document: labels as 「发文字号：……」, and from the first
 * title, office or number on all that are no links.
 */
function linesAbove({ whole, title, isOfLinks }: Page, article: readonly string[]): string[] {
  const above = whole.slice(0, Math.max(0, startOf(whole, article)))
  const last = above.length - mostLinesAbove
  const isTop = (line: string) => line.length >= shortestTitle && unspaced(title).startsWith(unspaced(line))
  const top = !saysMatter(title) ? -1 : above.findIndex((line, at) => at >= last && isTop(line))
  const titled =
    top >= 0 ? top : above.findIndex((line, at) => at >= last && beginsHead(line) && !isOfLinks(line))
  return above.filter(
    (line, at) => readLabels(line) !== undefined || (titled >= 0 && at >= titled && !isOfLinks(line)),
  )
}

/** 「某某市人民政府关于印发」, whose title goes on in the next line. */
const beginsTitle = /^[^:：>›»。，；]{0,40}(?:关于|印发|转发)[^:：>›»。，；]{0,40}$/u
const beginsHead = (line: string) =>
  isTitle(line) ||
  beginsTitle.test(line) ||
  numberIn(line) !== undefined ||
  (officesIn(line).length > 0 && /局|厅|政府|委员会/u.test(line))
