import { WorkerLimitError } from '../../lib/worker.ts'
import type { WebPage } from '../../ports/web.ts'
import { isPage } from '../../text/html.ts'
import { parseFeedEntries, parseList } from '../../text/parser.ts'
import type { Source } from './sources-file.ts'

/** One entry of a source, as the source writes it; `text` is empty where it gives none. */
export type SourceEntry = { title: string; date: string; link: string; text: string }

/** What came is no such source, in one Chinese sentence. */
export class UnreadableSource extends Error {
  override name = 'UnreadableSource'
}

/** A login page asks for a password, whatever else it says. */
const asksToLogIn = /type\s*=\s*["']?password|请(?:先)?登录|用户登录|统一身份认证/iu

/**
 * The entries of a source's page, in its order.
 * @throws {@link UnreadableSource}
 */
export async function entriesOf({ kind, list }: Source, page: WebPage): Promise<SourceEntry[]> {
  if (kind === 'list' && list) {
    const entries = await parseList(page.text, list, page.url).catch(refuseTooComplex)
    if (entries.length === 0 && asksToLogIn.test(page.text)) throw new UnreadableSource(loginPage)
    return entries.map(entry => ({ ...entry, text: '' }))
  }
  if (isPage(page.text)) {
    throw new UnreadableSource(
      asksToLogIn.test(page.text)
        ? loginPage
        : '拿到的是一张网页，不是 RSS 或 Atom，请核对网址，或改用 kind: list。',
    )
  }
  try {
    return await parseFeedEntries(page.text, page.url)
  } catch (cause) {
    if (cause instanceof WorkerLimitError) refuseTooComplex(cause)
    throw new UnreadableSource('RSS 或 Atom 的格式坏了，读不出来，请告诉网站，或换一个来源。', { cause })
  }
}

function refuseTooComplex(cause: unknown): never {
  if (!(cause instanceof WorkerLimitError)) throw cause
  throw new UnreadableSource('这个网页太大或太复杂，没有读完，请换一个网址。', { cause })
}

const loginPage = '拿到的是登录页，这个来源要登录才能看，请换一个公开的网址。'
