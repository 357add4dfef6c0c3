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
  [
    /(?:人机|安全|滑动|访问)验证|完成.{0,6}验证|(?:拖动|滑动)滑块|Checking your browser|(?:开启|启用|允许)\s*Cookie|(?:输入|填写)验证码|(?:访问|操作)(?:过于|太)?频繁|(?:请求|访问).{0,8}(?:拦截|阻断)|疑似攻击|触发[^。\n]{0,6}(?:安全|防护|拦截|风控)(?:规则|策略)|(?:网站|安全)防火墙|(?:请先?|需要?)进行身份验证|访问频率过高|(?:访问|请求)(?:可能|疑似|存在)?.{0,8}(?:威胁|攻击|危险)[^\n]{0,20}(?:阻止|拦截|阻断|记录)|请求(?:已)?被(?:拒绝|拦截|阻止)|安全网关|(?:进行|执行)(?:浏览器)?安全(?:检测|检查)|(?:点击|按住|拖动|滑动).{0,10}(?:进行验证|完成拼图|拼图)|您?的?\s*IP.{0,6}(?:已被|被)(?:记录|封禁|限制|拦截)|please (?:enable|allow) cookies|拒绝访问|(?:开启|启用|打开|允许)\s*JavaScript|enable JavaScript|without JavaScript|Just a moment|Access denied/iu,
    '网站要人验证，请手工粘贴正文。',
  ],
  [
    /(?:内容|文章|页面|信息|网页).{0,10}(?:删除|下架|撤[回销]|移除)|(?:违规|侵权|投诉).{0,12}无法查看|[账帐]号已(?:被)?(?:自主)?(?:申请[账帐]号)?(?:注销|封|屏蔽|停止使用)|公众号已被(?:封|屏蔽|停用)|内容(?:不可见|无法查看)[。！!]?$|(?:信息|内容|文章|页面)已(?:经)?下线|(?:发送失败|违规|敏感信息)[^。\n]{0,6}(?:无法查看|$)|(?:文章|内容)(?:包含敏感信息|审核(?:未|没有?)通过)[。！!]?$|文件不存在或已被删除|content has been deleted/mu,
    '原文已被删除。',
  ],
  [
    /^.{0,30}(?:系统|网站|服务器?|平台)(?:正在)?(?:内部)?(?:维护|升级|改造|繁忙|错误|异常)[^\d\n]{0,12}(?:请稍[后候]|暂停访问|暂时无法|稍后再)|^.{0,40}(?:维护|升级)公告.{0,60}(?:进行|停机)(?:维护|升级)(?:[，,。][^\n]{0,12}(?:无法|暂停|停止|不能)(?:访问|浏览|使用|服务))?[。！!]?$|^(?:网站|系统|平台|页面)?(?:正在)?(?:升级|维护|改版|升级维护|系统维护|维护升级)中[，,。]|(?:访问|在线)人数(?:过多|较多)[，,]?\s*请稍[后候]|^(?:该|本)?(?:栏目|网站|页面|网页)正在建设中|尚未备案|服务器内部错误|Bad Gateway|Service (?:Temporarily )?Unavailable|Internal Server Error|Gateway Time-?out/imu,
    '网站正在维护，请过一会儿再试，或者手工粘贴正文。',
  ],
  [
    /浏览器.{0,6}(?:版本|内核).{0,4}(?:过低|太低|过旧|不支持)|(?:建议|请)(?:升级|更换|使用).{0,14}浏览器(?:访问|浏览|打开)?[。！!]?$|不支持\s*PC\s*端?(?:访问|浏览)|(?:使用|用)手机(?:浏览器)?扫描?.{0,4}二维码(?:查看|访问)(?:本页|该页面?|全文|原文|详情)?[。！!]?$|(?:全文|更多).{0,6}下载\s*APP|^(?:页面)?正在跳转|\d+\s*秒后.{0,4}(?:自动)?跳转|^(?:温馨提示\s*[:：]\s*)?(?:您)?即将离开/imu,
    '这一页要在浏览器里才打得开，请手工粘贴正文。',
  ],
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
  [
    /(?:页面|网页|内容|文章|信息|资源|栏目).{0,6}(?:不存在|找不到|走丢|失效)(?!的)|^参数(?:错误|有误|无效)[。！!]?$|参数(?:不合法|非法)|^非法(?:请求|访问|参数)|(?:网址|URL|页面|地址).{0,8}(?:无法获取|无法访问|打不开)|could not be found|requested.{0,30}(?:does not|doesn't|no longer) exist|no longer exists|(?:页面|网页).{0,6}飞走|^(?:没有找到|暂无)(?:相关)?(?:内容|数据|信息|结果|文章|记录)[。！!]?$|找不到.{0,8}(?:页面|网页|文件)|(?<![\d号栋幢楼座层-])404(?![\d室号房元人家项万个名-])|not found/imu,
    '网站说没有这一页。',
  ],
  [closedPage, '网站说没有这一页。'],
  [uncheckedPage, '网站说没有这一页。'],
  [
    /^(?:请先登录|请登录后|用户登录|统一身份认证)|扫码登录|仅对?(?:注册|登录|会员)用户|[，,]\s*请(?:先)?登录(?:后(?:查看|阅读|访问|浏览))?[。！!]?$|^(?:您)?(?:还没有|还未|尚未|没有)登录|登录已(?:经)?(?:失效|过期|超时)(?:[，,\s]*请[^\n]{0,10})?[。！!]?$|(?:关注|订阅|付费|开通会员)后(?:才能|可|即可)?(?:查看|阅读)(?:全文)?|仅限?(?:粉丝|会员|订阅者).{0,4}(?:阅读|查看)/mu,
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
