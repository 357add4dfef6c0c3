import { Refusal } from '../../feature.ts'
import { feedEntries, listedEntries } from '../../parsing/index.ts'
import type { WebPage } from '../../ports/web.ts'
import { isPage } from '../../text/html.ts'
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
    const entries = await listedEntries(page.text, list, page.url).catch(cause => {
      if (cause instanceof Refusal) throw new UnreadableSource(tooComplex, { cause })
      throw cause
    })
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
    return await feedEntries(page.text, page.url)
  } catch (cause) {
    if (cause instanceof Refusal) throw new UnreadableSource(tooComplex, { cause })
    throw new UnreadableSource('RSS 或 Atom 的格式坏了，读不出来，请告诉网站，或换一个来源。', { cause })
  }
}

const tooComplex = '这一页太大或写法太乱，没有读完，请告诉网站，或换一个来源。'

const loginPage = '拿到的是登录页，这个来源要登录才能看，请换一个公开的网址。'
