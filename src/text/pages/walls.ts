/** A page with a text longer than this is no wall, whatever words stand in it. */
const longestWall = 150

const walls: readonly [RegExp, string][] = [
  [/环境异常|完成验证后即可|请在微信客户端打开/u, '微信要人验证，请手工粘贴正文。'],
  [
    /(?:人机|安全|滑动|访问)验证|(?:输入|填写)验证码|(?:访问|操作)(?:过于|太)?频繁|(?:请求|访问).{0,8}(?:拦截|阻断)|疑似攻击|(?:网站|安全)防火墙|拒绝访问|(?:开启|启用|打开|允许)\s*JavaScript|Just a moment|Access denied/iu,
    '网站要人验证，请手工粘贴正文。',
  ],
  [
    /(?:内容|文章|页面).{0,6}删除|(?:违规|侵权|投诉).{0,12}无法查看|[账帐]号已(?:被)?(?:自主)?(?:注销|封|屏蔽|停止使用)|content has been deleted/u,
    '原文已被删除。',
  ],
  [/(?:公众号|文章|内容|网站|页面).{0,4}已(?:经)?迁移|链接已(?:经)?过期/u, '原文换了地址，请找到新的链接。'],
  [
    /(?:页面|网页|内容|文章).{0,6}(?:不存在|找不到|走丢|失效)|找不到.{0,8}(?:页面|网页|文件)|404|not found/iu,
    '网站说没有这一页。',
  ],
  [/^(?:请先登录|请登录后|用户登录|统一身份认证)/mu, '要登录才能看，请手工粘贴正文。'],
]

/**
 * Recognizes pages that a site shows in place of an article, with status 200: a check for humans, a log-in, a notice that the
 * article is gone.
 * @returns the reason in Chinese; undefined for an article
 */
export function wallIn({ title, text }: { title: string; text: string }): string | undefined {
  if (text.length > longestWall) return undefined
  return walls.find(([words]) => words.test(`${title}\n${text}`))?.[1]
}
