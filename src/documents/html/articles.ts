import type { CheerioAPI } from 'cheerio'
import { plainText } from '../../text/pages/html.ts'
import { elementsIn } from '../../text/pages/page-tree.ts'
import type { Element } from '../elements.ts'
import { markerOf } from '../structure/markers.ts'

type PageNode = Element['children'][number]
/** Characters in sentences, and lines that begin as clauses do. */
type Text = { sentences: number; clauses: number }

/** Share of the sentences that may stand below the article: comments, notes on the site. */
const mostBelow = 0.15

/**
 * The innermost element that holds all numbered clauses of a page, with no sentence above it and few below it.
 * @returns its lines
 */
export function innermostArticle(page: CheerioAPI): string[] {
  const texts = textsIn(page)
  let article = page('body').toArray()[0]
  for (let next = article; next; ) {
    article = next
    const all = texts.get(article) ?? none
    const first = article.children.find(child => texts.has(child))
    const { sentences, clauses } = (first && texts.get(first)) ?? none
    const holdsAll = clauses === all.clauses && sentences >= all.sentences * (1 - mostBelow)
    next = first && holdsAll && isFrame(first) ? first : undefined
  }
  return article ? plainText(page.html(article)).split('\n') : []
}

const isFrame = (node: PageNode): node is Element =>
  node.type === 'tag' && !/^(?:p|pre|ol|ul|dl|li|h[1-6]|span|font|b|strong|a)$/u.test(node.name)

const none: Text = { sentences: 0, clauses: 0 }

/** The nodes of a page that hold sentences or clauses, those in links left out. */
function textsIn(page: CheerioAPI): Map<PageNode, Text> {
  const texts = new Map<PageNode, Text>()
  const [body] = page('body').toArray()
  const elements = body ? [...elementsIn(body)] : []
  // Each element is counted once, from the innermost ones outwards.
  for (const element of elements.toReversed()) {
    const sum = { ...none }
    for (const child of element.children) {
      const { sentences, clauses } = child.type === 'text' ? textOf(child.data) : (texts.get(child) ?? none)
      sum.sentences += sentences
      sum.clauses += clauses
      if (child.type === 'text' && sentences + clauses > 0) texts.set(child, { sentences, clauses })
    }
    if (element.name !== 'a' && sum.sentences + sum.clauses > 0) texts.set(element, sum)
  }
  return texts
}

const textOf = (text: string): Text => ({
  sentences: /[。；]/u.test(text) ? text.trim().length : 0,
  clauses: markerOf(text) === undefined ? 0 : 1,
})
