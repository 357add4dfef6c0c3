import { WorkerLimitError } from '../../lib/worker.ts'
import { WebFault } from '../../ports/web.ts'
import type { Article } from '../../text/html.ts'
import { parseArticle } from '../../text/parser.ts'

/**
 * The article of a page that was read from the web.
 * @throws {@link WebFault} where the page takes too much time or memory
 */
export async function articleFrom(markup: string): Promise<Article> {
  try {
    return await parseArticle(markup)
  } catch (cause) {
    if (!(cause instanceof WorkerLimitError)) throw cause
    throw new WebFault('这个网页太大或太复杂，没有读完。', { cause })
  }
}
