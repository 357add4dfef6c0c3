import type { CheerioAPI } from 'cheerio'

const nodesOf = (page: CheerioAPI) => page('*').contents().toArray()
/** Anything on a page: an element, a text, a comment. */
export type PageNode = ReturnType<typeof nodesOf>[number]
export type PageElement = Extract<PageNode, { name: string; children: unknown }>

const isElement = (node: PageNode): node is PageElement => 'name' in node && 'children' in node

/**
 * Walks this element and those in it, as they begin on the page. Each is visited once: a selector looks up every
 * ancestor of each, which nested boxes make grow by the cube.
 */
export function* elementsIn(root: PageNode): Generator<PageElement> {
  const left = [root]
  for (let node = left.pop(); node; node = left.pop()) {
    if (!isElement(node)) continue
    yield node
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at]
      if (child) left.push(child)
    }
  }
}
