import { Refusal } from '../../../feature.ts'
import { feedEntries, listedEntries } from '../../../parsing/index.ts'
import type { WebPage } from '../../../ports/web.ts'
import { isPage } from '../../../text/pages/html.ts'
import { wallIn } from '../../../text/pages/walls.ts'
import type { Source } from './sources-file.ts'

/** One entry of a source, as the source writes it; `text` is empty where it gives none. */
export type SourceEntry = { title: string; date: string; link: string; text: string }

/** The response is no such source; the message is one Chinese sentence. */
export class UnreadableSource extends Error {
  override name = 'UnreadableSource'
}

/** A login page asks for a password, whatever else it says. */
const asksToLogIn = /type\s*=\s*["']?password|请(?:先)?登录|用户登录|统一身份认证/iu

/** Content of a source's page: its entries, where to read on instead, or what is odd, in Chinese. */
export type SourceReading = { entries: SourceEntry[]; movesTo: string; remark: string | undefined }

/**
 * The entries of a source's page, in its order.
 * @throws {@link UnreadableSource}
 */
export async function entriesOf({ kind, list }: Source, page: WebPage): Promise<SourceReading> {
  if (kind === 'list' && list) return listOf(list, page)
  if (isPage(page.text)) throw new UnreadableSource(noFeedReason(page.text))
  try {
    const { entries, untitled } = await feedEntries(page.text, page.url)
    const remark =
      untitled > 0 ? `${untitled} 条没有标题` : entries.length === 0 ? '订阅里现在没有条目' : undefined
    return { entries, movesTo: '', remark }
  } catch (cause) {
    if (cause instanceof Refusal) throw new UnreadableSource(tooComplex, { cause })
    throw new UnreadableSource('RSS 或 Atom 的格式坏了，读不出来，请告诉网站，或换一个来源。', { cause })
  }
}

async function listOf(list: NonNullable<Source['list']>, page: WebPage): Promise<SourceReading> {
  const read = await listedEntries(page.text, list, page.url).catch(cause => {
    if (cause instanceof Refusal) throw new UnreadableSource(tooComplex, { cause })
    throw cause
  })
  const { withoutLink, movesTo, frames } = read
  const remark = withoutLink > 0 ? `${withoutLink} 条没有链接` : undefined
  const entries = read.entries.map(entry => ({ ...entry, text: '' }))
  if (entries.length > 0) return { entries, movesTo: '', remark }
  if (asksToLogIn.test(page.text)) throw new UnreadableSource(loginPage)
  if (remark) throw new UnreadableSource(`${remark}，要在网页上点开才知道，程序读不了，请换一个来源。`)
  if (movesTo !== '' && movesTo !== page.url) return { entries, movesTo, remark }
  if (frames.length > 0) throw new UnreadableSource(`这一页只是转到 ${frames.join(' 或 ')}，请填那个网址。`)
  const wall = wallIn({ title: '', text: read.text })
  if (wall) throw new UnreadableSource(`网站挡住了程序：${wall}`)
  if (read.text === '' && scripted.test(page.text))
    throw new UnreadableSource(cookieWall.test(page.text) ? blocked : needsScripts)
  return { entries, movesTo: '', remark }
}

function noFeedReason(markup: string): string {
  if (asksToLogIn.test(markup)) return loginPage
  return markup.length <= longestWallPage && cookieWall.test(markup) ? blocked : noFeed
}

/** Characters; a page of content is longer, whatever its scripts do. */
const longestWallPage = 3000
const scripted = /<script\b/iu
/** Scripts that test the browser, set a cookie and load the page again. */
const cookieWall =
  /document\.cookie|__jsl|acw_sc|_cf_chl|challenge|location\.reload|(?:开启|启用|打开)\s*JavaScript/iu

const blocked = '网站挡住了程序，请手工打开看，或换一个来源。'

const needsScripts = '这一页的内容要运行脚本才出来，程序读不了，请换一个来源。'

const noFeed = '拿到的是一张网页，不是 RSS 或 Atom，请核对网址，或改用 kind: list。'

const tooComplex = '这一页太大或写法太乱，没有读完，请告诉网站，或换一个来源。'

const loginPage = '拿到的是登录页，这个来源要登录才能看，请换一个公开的网址。'
