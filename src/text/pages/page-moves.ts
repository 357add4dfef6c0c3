import type { CheerioAPI } from 'cheerio'
import { decodedPath } from './links.ts'

/** The address to which a page sends its readers at once, by meta refresh or script; empty where it does not. */
export function moveIn(page: CheerioAPI): string {
  const refresh = page('meta')
    .toArray()
    .find(each => page(each).attr('http-equiv')?.toLowerCase() === 'refresh')
  const content = refresh ? (page(refresh).attr('content') ?? '') : ''
  const byMeta = /^\s*(\d+)[\d.]*\s*[;,]\s*url\s*=\s*["']?([^"']+)/iu.exec(content)
  if (byMeta?.[2] && Number(byMeta[1]) <= 10) return byMeta[2].trim()
  const script = page('script').text()
  return (
    /\blocation(?:\.href)?\s*=\s*["']([^"']+)["']/u.exec(script)?.[1] ??
    /\blocation\.(?:replace|assign)\(\s*["']([^"']+)["']/u.exec(script)?.[1] ??
    ''
  )
}

/** Beside a frame that holds the whole page stands no more than its title. */
const longestBesideFrame = 60
/** Words of pages that ask for something before they show the article. */
const asks = /验证|登录|频繁|拦截|浏览器/u

/** The page that a page without a text of its own shows in its only frame; empty where there is none. */
export function onlyFrame(page: CheerioAPI): string {
  const [frame, ...others] = page('iframe[src]').toArray()
  if (!frame || others.length > 0) return ''
  const own = page('body').clone()
  own.find('script, style, noscript, h1, h2, h3').remove()
  const isBeside = own.text().trim().length > longestBesideFrame || asks.test(page('body').text())
  const source = page(frame).attr('src')?.trim() ?? ''
  return isBeside || /^(?:about|javascript|data):/iu.test(source) ? '' : source
}

const fileName = /\.(?:pdf|ofd|docx?|wps|xlsx?)(?:[?#]|$)/iu

/** The file that a page shows in a frame in place of a text: 「viewer.html?file=/a.pdf」; empty where there is none. */
export function framedFile(page: CheerioAPI): string {
  const places = page('iframe[src], embed[src], object[data]')
    .toArray()
    .map(each => page(each).attr('src') ?? page(each).attr('data') ?? '')
  for (const place of places) {
    const inside = /[?&](?:file|url|src)=([^&#]+)/iu.exec(place)?.[1]
    const file = inside === undefined ? place : decodedPath(inside)
    if (fileName.test(file)) return file
  }
  return ''
}
