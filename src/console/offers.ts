import type { Context, MiddlewareHandler } from 'hono'
import type { ConsoleEnv } from '../feature.ts'
import type { Rights } from './access.ts'

/** Forms do not lie within each other, and typed text is escaped: what looks like a tag is one of ours. */
const forms = /<form\b([^>]*)>[\s\S]*?<\/form>/gu
const links = /<a\b([^>]*)>([\s\S]*?)<\/a>/gu

/**
 * Takes forms and links that would be refused out of pages: a button leaves, other links leave their words. So views
 * need not ask who looks at them.
 */
export function offerOnlyAllowed({ may }: Rights): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    const { roles } = c.get('person')
    c.set('may', (method, address) => may(roles, method, pathOf(address, c)))
    await next()
    if (!c.res.headers.get('Content-Type')?.startsWith('text/html')) return
    const isOffered = (method: 'GET' | 'POST', address: string) => may(roles, method, pathOf(address, c))
    c.res = new Response(onlyOffered(await c.res.text(), isOffered), c.res)
  }
}

/** @param isOffered whether a link to the address, or a form sent to it, is of use to the person */
function onlyOffered(
  markup: string,
  isOffered: (method: 'GET' | 'POST', address: string) => boolean,
): string {
  return markup
    .replace(forms, (form, attributes: string) =>
      attributeOf(attributes, 'method') !== 'post' ||
      isOffered('POST', attributeOf(attributes, 'action') ?? '')
        ? form
        : '',
    )
    .replace(links, (link, attributes: string, words: string) => {
      if (isOffered('GET', attributeOf(attributes, 'href') ?? '')) return link
      return attributeOf(attributes, 'role') === 'button' ? '' : `<span>${words}</span>`
    })
}

const attributeOf = (attributes: string, name: string) =>
  new RegExp(`(?:^|\\s)${name}="([^"]*)"`, 'u').exec(attributes)?.[1]

/** The path on the console that an address in a page leads to; that of another site matches no page. */
function pathOf(address: string, c: Context): string {
  const here = new URL(c.req.path, 'http://console')
  const url = URL.parse(address.replaceAll('&amp;', '&'), here.href)
  return url?.host === here.host ? url.pathname : ''
}
