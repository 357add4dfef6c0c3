import { alternation } from '../alternation.ts'

/** Says who passed a link on, not what it leads to. */
const tracking = alternation(
  [
    // Campaigns and the place of a click.
    /^(?:utm_\w+|from|isappinstalled|scene|share\w*|spm|source|src|srcid|sharer_\w+|tdsourcetag|ascene|mpshare|poc_token)$/iu,
    // WeChat.
    /^(?:wx\w*|nsukey|chksm|clicktime|enterid|devicetype|version|lang|exportkey|pass_ticket|wx_header)$/iu,
    // Sessions, and identifiers of a click.
    /^(?:_t|timestamp|rand|sessionid|jsessionid|clickid|gclid|fbclid)$/iu,
  ],
  'iu',
)
/** An article of an official account is named by these alone. */
const wechatNames = new Set(['__biz', 'mid', 'idx', 'sn'])

/** Characters; what is longer takes long to take apart. */
const longestLink = 8000

/**
 * A link as it is kept and shown: without what tracks and without a fragment. What else it asks for stays letter by
 * letter, in its order: a site may write it in GBK, or sign it.
 * @returns undefined for what is no http or https link, or longer than 8000 characters
 */
export function canonicalLink(text: string): string | undefined {
  const url = text.length > longestLink ? null : URL.parse(text.trim())
  if (!url || !/^https?:$/u.test(url.protocol) || url.username || url.password) return undefined
  url.hash = ''
  url.hostname = url.hostname.replace(/\.$/u, '')
  const isWechat = url.hostname === 'mp.weixin.qq.com'
  const isKept = (name: string) => !tracking.test(name) && (!isWechat || wechatNames.has(name))
  url.search = url.search
    .slice(1)
    .split('&')
    .filter(part => isKept(decodedPath(part.split('=', 1)[0] ?? '')))
    .join('&')
  url.pathname = url.pathname.replaceAll(/\/{2,}/gu, '/').replace(/;jsessionid=[^/]*$/iu, '')
  return url.href
}

/**
 * Key that is equal for links to one page: http and https, `www.`, a slash at the end and the order of parameters do
 * not count.
 */
export function linkKey(link: string): string {
  const kept = canonicalLink(link)
  if (kept === undefined) return link
  const [page = '', query = ''] = kept.split(/\?(.*)/su)
  const place = page
    .replace(/^https?:\/\/(?:www\.)?/iu, '')
    .replace(/\/(?:index\.(?:html?|shtml|jsp|php))?$/iu, '')
  const asked = query
    .split('&')
    .filter(part => part !== '')
    .map(part => decodedPath(part.replaceAll('+', ' ').replace(/=$/u, '')).replaceAll('&', '%26'))
  return [place, ...asked.sort()].join('&')
}

/** A path or a part of one as people write it; as it is where its percent signs are none of an encoding. */
export function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const fileNameDay = (end: string) =>
  new RegExp(`/t?(20\\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])(?:${end})`, 'u')
const folderDay = /\/(20\d{2})[/-]?(0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])\//u
const surePaths = [fileNameDay('_\\d'), folderDay]
const dayPaths = { sure: surePaths, any: [...surePaths, fileNameDay('[_/]|\\.s?html?$')] }

/**
 * The day that the address of a page names: `2024-11-18` for 「/202411/t20241118_12.htm」 and 「/art/2024/11/18/」.
 * @param policy `sure` takes a day that can be nothing else; `any` also 「/20241118.html」, which may be a number
 * @returns ISO 8601; empty where the address names none
 */
export function dayInLink(link: string, policy: keyof typeof dayPaths): string {
  const path = URL.parse(link)?.pathname ?? ''
  const found = dayPaths[policy].map(shape => shape.exec(path)).find(one => one !== null)
  return found
    ? found
        .slice(1)
        .map(part => part.padStart(2, '0'))
        .join('-')
    : ''
}
