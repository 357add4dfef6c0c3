/** A page with a text longer than this is no wall, whatever words stand in it. */
const longestWall = 150

/** A short notice may be about anything that a wall speaks of. */
const shortNotice =
  /^(?:关于.{4,60}的?(?:通知|公告|公示|通报|意见|办法)(?:$|[\s：:])|各.{0,12}(?:单位|企业|区|部门|创客)[：:])/u

/** A day by which, or from which, enterprises are to do something; the date of publication alone says nothing. */
const dayOfNotice =
  /(?:[于自至到]|截止)\s*(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}月\d{1,2}日(?:之?前|截?止|起|开始|[至到~—-]|\d{1,2}[时点])/u
const wordOfNotice = /申报|企业(?!微信)|通知/u

const walls: readonly [RegExp, string][] = [
  [/环境异常|完成验证后即可|请在(?:企业)?微信(?:客户端)?(?:中|里)?打开/u, '微信要人验证，请手工粘贴正文。'],
  [
    /(?:人机|安全|滑动|访问)验证|完成.{0,6}验证|(?:拖动|滑动)滑块|Checking your browser|(?:开启|启用|允许)\s*Cookie|(?:输入|填写)验证码|(?:访问|操作)(?:过于|太)?频繁|(?:请求|访问).{0,8}(?:拦截|阻断)|疑似攻击|(?:网站|安全)防火墙|(?:请先?|需要?)进行身份验证|访问频率过高|please (?:enable|allow) cookies|拒绝访问|(?:开启|启用|打开|允许)\s*JavaScript|Just a moment|Access denied/iu,
    '网站要人验证，请手工粘贴正文。',
  ],
  [
    /(?:内容|文章|页面|信息|网页).{0,10}(?:删除|下架|撤[回销]|移除)|(?:违规|侵权|投诉).{0,12}无法查看|[账帐]号已(?:被)?(?:自主)?(?:注销|封|屏蔽|停止使用)|(?:发送失败|违规|敏感信息)[^。\n]{0,6}(?:无法查看|$)|(?:文章|内容)(?:包含敏感信息|审核(?:未|没有?)通过)[。！!]?$|文件不存在或已被删除|content has been deleted/mu,
    '原文已被删除。',
  ],
  [
    /^.{0,30}(?:系统|网站|服务器?|平台)(?:正在)?(?:内部)?(?:维护|升级|改造|繁忙|错误|异常)[^\d\n]{0,12}(?:请稍[后候]|暂停访问|暂时无法|稍后再)|^.{0,40}(?:维护|升级)公告.{0,60}(?:进行|停机)(?:维护|升级)(?:[，,。][^\n]{0,12}(?:无法|暂停|停止|不能)(?:访问|浏览|使用|服务))?[。！!]?$|^(?:该|本)?(?:栏目|网站|页面|网页)正在建设中|尚未备案|服务器内部错误|Bad Gateway|Service (?:Temporarily )?Unavailable|Internal Server Error|Gateway Time-?out/imu,
    '网站正在维护，请过一会儿再试，或者手工粘贴正文。',
  ],
  [
    /浏览器版本(?:过低|太低|不支持)|不支持\s*PC\s*端?(?:访问|浏览)|(?:使用|用)手机(?:浏览器)?扫描?.{0,4}二维码(?:查看|访问)(?:本页|该页面?|全文|原文|详情)?[。！!]?$|(?:全文|更多).{0,6}下载\s*APP|^(?:页面)?正在跳转|\d+\s*秒后.{0,4}(?:自动)?跳转|^(?:温馨提示\s*[:：]\s*)?(?:您)?即将离开/imu,
    '这一页要在浏览器里才打得开，请手工粘贴正文。',
  ],
  [
    /^(?:页面|数据)?(?:正在|努力)*加载中?[,，.。…\s]*(?:请稍[后候].{0,6})?$/mu,
    '这一页要在浏览器里才打得开，请手工粘贴正文。',
  ],
  [/(?:没有|无)权限(?:访问|查看|浏览)|^(?:403\s*)?Forbidden$/imu, '网站不允许程序读取，请手工粘贴正文。'],
  [
    /(?:公众号|文章|内容|网站|页面).{0,4}已(?:经)?(?:迁移|归档)|链接已(?:经)?(?:过期|失效)[。！!]?$/mu,
    '原文换了地址，请找到新的链接。',
  ],
  [
    /(?:页面|网页|内容|文章|信息|资源|栏目).{0,6}(?:不存在|找不到|走丢|失效)|^参数(?:错误|有误|无效)[。！!]?$|could not be found|^(?:没有找到|暂无)(?:相关)?(?:内容|数据|信息|结果|文章|记录)[。！!]?$|找不到.{0,8}(?:页面|网页|文件)|404|not found/imu,
    '网站说没有这一页。',
  ],
  [
    /^(?:请先登录|请登录后|用户登录|统一身份认证)|扫码登录|仅对?(?:注册|登录|会员)用户|[，,]\s*请(?:先)?登录[。！!]?$|登录已(?:经)?(?:失效|过期|超时)(?:[，,\s]*请[^\n]{0,10})?[。！!]?$|(?:关注|订阅|付费|开通会员)后(?:才能|可|即可)?(?:查看|阅读)(?:全文)?|仅限?(?:粉丝|会员|订阅者).{0,4}(?:阅读|查看)/mu,
    '要登录才能看，请手工粘贴正文。',
  ],
]

/**
 * Recognizes pages that a site shows in place of an article, with status 200: a check for humans, a log-in, a notice that the
 * article is gone.
 * @returns the reason in Chinese; undefined for an article
 */
export function wallIn({ title, text }: { title: string; text: string }): string | undefined {
  if (text.length > longestWall || shortNotice.test(text)) return undefined
  if (dayOfNotice.test(text) && wordOfNotice.test(text)) return undefined
  return walls.find(([words]) => words.test(`${title}\n${text}`))?.[1]
}
