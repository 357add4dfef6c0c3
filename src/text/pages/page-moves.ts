import type { CheerioAPI } from 'cheerio'

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
