import type { CheerioAPI } from 'cheerio'
import { decodedPath } from './links.ts'

/** Where a page sends its readers at once, by meta refresh or script; empty where it does not. */
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
