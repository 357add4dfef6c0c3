import {
  humanCheck,
  missingPage,
  needsBrowser,
  needsLogin,
  removedArticle,
  siteTrouble,
} from './wall-words.ts'

/** A page with a text longer than this is no wall, whatever words stand in it. */
const longestWall = 150

/** A short notice may be about anything that a wall speaks of. */
const shortNotice =
  /^(?:关于.{4,60}的?(?:通知|公告|公示|通报|意见|办法)(?:$|[\s：:])|各.{0,12}(?:单位|企业|区|部门|创客)[：:])/u

/** A day by which, or from which, enterprises are to do something; the date of publication alone says nothing. */
const dayOfNotice =
  /(?:[于自至到]|截止)\s*(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}月\d{1,2}日(?:之?前|截?止|起|开始|[至到~—-]|\d{1,2}[时点])/u
const wordOfNotice = /申报|企业(?!微信)|通知/u

/**
 * A clause that begins with the page or the site itself. A notice speaks of the window of an application that is
 * closed, of flats that are not checked, of a platform for one network.
 */
const ofThisPage = String.raw`(?:^|[，,。！!：:\s])(?:您?(?:要|所)?(?:访问|查看|请求|浏览|打开)的|该|此|本|当前)?(?:页面|网页|文章|内容|链接|网站|站点?|栏目|信息|稿件)`
const network = '(?:内网|外网|专网|政务网|局域网)'

const closedPage = new RegExp(
  `${ofThisPage}(?:尚未审核或)?(?:已经?|现已|暂时|临时)?被?(?:管理员|站长|发布者|作者)?关闭[。！!]?$`,
  'mu',
)
const uncheckedPage = new RegExp(
  `${ofThisPage}(?:还|尚|暂)?未(?:经?(?:过)?审核|发布|通过审核)(?!的|者|前)`,
  'u',
)
const pageOfNetwork = new RegExp(
  `(?:${ofThisPage}|^|本系统|本平台)(?:仅限?|只)(?:对|供|向)?.{0,8}${network}(?:内|用户)?(?:开放|访问|浏览|查看)`,
  'mu',
)

const walls: readonly [RegExp, string][] = [
  [/环境异常|完成验证后即可|请在(?:企业)?微信(?:客户端)?(?:中|里)?打开/u, '微信要人验证，请手工粘贴正文。'],
  [humanCheck, '网站要人验证，请手工粘贴正文。'],
  [removedArticle, '原文已被删除。'],
  [siteTrouble, '网站正在维护，请过一会儿再试，或者手工粘贴正文。'],
  [needsBrowser, '这一页要在浏览器里才打得开，请手工粘贴正文。'],
  [
    /^(?:页面|数据)?(?:正在|努力)*加载中?[,，.。…\s]*(?:请稍[后候].{0,6})?$/mu,
    '这一页要在浏览器里才打得开，请手工粘贴正文。',
  ],
  [
    /(?:没有|无)权限(?:访问|查看|浏览)(?!的)|请使用.{0,6}(?:内网|外网|专网)(?:访问|浏览|查看)|^(?:403\s*)?Forbidden$/imu,
    '网站不允许程序读取，请手工粘贴正文。',
  ],
  [pageOfNetwork, '网站不允许程序读取，请手工粘贴正文。'],
  [
    /(?:公众号|文章|内容|网站|页面).{0,4}已(?:经)?(?:迁移|归档)|链接已(?:经)?(?:过期|失效)[。！!]?$|^(?:该|此)(?:信息|文章|页面|内容)已(?:经)?(?:过期|失效)(?:或未发布)?[，,。]/mu,
    '原文换了地址，请找到新的链接。',
  ],
  [missingPage, '网站说没有这一页。'],
  [closedPage, '网站说没有这一页。'],
  [uncheckedPage, '网站说没有这一页。'],
  [needsLogin, '要登录才能看，请手工粘贴正文。'],
]

/**
 * Recognizes pages that a site shows in place of an article, with status 200: a check for humans, a log-in, a
 * notice that the article is gone.
 * @returns the reason in Chinese; undefined for an article
 */
export function wallIn({ title, text }: { title: string; text: string }): string | undefined {
  if (text.length > longestWall || shortNotice.test(text)) return undefined
  if (dayOfNotice.test(text) && wordOfNotice.test(text)) return undefined
  return walls.find(([words]) => words.test(`${title}\n${text}`))?.[1]
}
