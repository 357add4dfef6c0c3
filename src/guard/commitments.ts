import { alternation } from '../text/alternation.ts'
import type { ParsedText } from './clauses.ts'

const surname =
  '[赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严魏陶姜戚谢邹柏窦章苏潘葛范彭鲁韦马方俞任袁柳鲍史唐费廉薛雷贺倪汤罗郝安常于傅卞康伍余顾孟黄穆萧尹姚邵汪毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾江童颜郭梅林徐邱骆高夏蔡田胡凌霍万卢莫丁邓洪石崔龚程陆翁段侯刘叶黎白赖谭龙曾肖欧阮游]'

/** 「王经理」 */
const titled = `${surname}(?:\\p{Script=Han}{0,2})(?:经理|主任|老师|科长|处长|局长|厅长|书记|女士|先生|小姐|会计|律师|顾问|专员|区长|市长|总监|老板|哥|姐|总(?=[，,。、帮说会可手亲在处]|$))`
/** 「找老王帮」 */
const acquaintance = `(?:找|联系|加|打给|咨询|问|叫|托|请)(?:一下|我们|区里的?|局里的?)?(?:老|小|阿)?${surname}(?:\\p{Script=Han}{0,2})(?=帮|办|就|代|拿|处理|，|。|$)`
const insiders =
  '领导|熟人|专人|(?:内部|里面|上面|上头|局里|区里)的?有?人|有关系|人脉|自己人|关系户|中间人|客户经理|负责人|经办人'
/** Small money and favours. */
const favours = /块钱|毛钱|意思意思|红包|好处|回扣|打点|茶水/u
/** Fees, deposits and shares. */
const fees = /佣金|提成|定金|订金|保证金|服务费|代理费|中介费|咨询费|手续费|会员费|预付|垫付|分成|抽成/u
/** Money that changes hands. */
const payments =
  /收钱|给钱|付款|付钱|缴费|交钱|花钱|送礼|现金|账户|账号|转给我|补发|补偿|退款|退钱|白拿|白给|发钱|到账/u
/** Amounts without a figure. */
const vagueAmounts =
  /几万|几千|几百|几十|上百|上千|上万|百来|好几|(?<!\p{Script=Han})数[百千万]|若干万|一大笔|大笔|丰厚|巨额|封顶|更高|更多|最多的/u
/** Decisions of an office. */
const decided =
  /批准|同意|(?:认定|批|评|证书?|名单|结果|钱|奖|补贴)[都已]?下来了?|到手|已经?(?:通过|受理|立项|入选|审核|确认|备案|核准|认定|拨付|批复|报名|登记|提交|办好|办妥)|(?:审核|审批|评审|验收)(?:都|已|会)?(?:过了|通过了?)|核准|批复/u
/** Exceptions and favours of an office. */
const exceptions = /内定|后门|特批|特事特办|破格|优先|绿色通道|照顾|通融|放宽|从宽|破例/u
/** Faults that an office lets pass, duties that fall away. */
const leniency =
  /默认|默许|走过场|走流程|睁一只|不会查|不查|查不到|查不出|没人查|不追究|不处罚|不罚|没事|没关系|没问题|无所谓|豁免|赦免/u
/** Changes of a rule or a term. */
const changes =
  /延长|延期|取消了|废止了|停办|停止|暂停|恢复|新增|下调|上调|提高|降低|涨到|翻番|加码|决定|宣布/u
/** Assurances that it will be granted. */
const assurances =
  /承诺|保底|名额|指标|直接通过|稳过|必过|[能会可]以?通过|可以假|[不免](?:用|必|需|须)?[报审查]|都能过|就能过|就过|过关|搞定|办成|包办/u
/** Calls to click and to hurry. */
const haste =
  /点击|点开|转发|下载|关注|注册|扫一扫|赶紧|赶快|抓紧|务必|尽快|尽早|速来|快来|快去|快点|别犹豫|错过|忽略|无视/u
/** Ways to deceive an office. */
const deceit =
  /删除|卸载|撒谎|造假|[多少虚瞒漏][报列填摊]|[算报做调填写改][高低多少大小][一点些]|做漂亮|虚报|编造|编一|伪造|仿造|挂靠|冒用|冒充|借壳|买通|买一|凑数|凑够/u
/** Papers and persons put forward for others. */
const forgery =
  /糊弄|蒙混|瞒|作假|做假|假的|假发票|假合同|假材料|虚开|代写|代办|代签|代持|挂名|借名|顶名|挂证/u
/** Persons to find, quarrels and dismissals. */
const quarrels = /我家|你家|家里|找人|托人|托关系|送审|举报|投诉|起诉|闹|曝光|辞退|开除|解雇|裁/u
/** Signatures, money put in, secrets and papers of a person. */
const dealings =
  /签字|盖章|押|抵押|投资|入股|炒|买入|卖出|保密|别说|不要说|别告诉|不要告诉|告诉我|发给我|给我|把你|密码|验证|身份证|银行卡|户口本|人脸|刷脸|授权/u

/**
 * Phrases that commit a person or an office, or call on the reader: each must stand in the entries themselves, whatever
 * was asked.
 */
const commitments: readonly [string, RegExp][] = [
  ['a person of its own', new RegExp([titled, acquaintance, insiders].join('|'), 'gu')],
  [
    'a contact of its own',
    /微信|威信|薇信|[vV]信|扣扣|抖音|支付宝|二维码|群号|私信|私聊|加群|进群|网址|网站|官网|链接|邮箱|热线|短信|手机号|客服|公众号|小程序|app/giu,
  ],
  ['a payment of its own', alternation([favours, fees, payments, vagueAmounts], 'gu')],
  ['a decision of its own', alternation([decided, exceptions, leniency, changes, assurances], 'gu')],
  [
    'a verdict on the reader',
    /(?<!如果|要是|只要|若|是否|看看?|对照|假如)(?:你们?|您|贵)(?:的|家|们)?(?:公司|单位|企业|这边|这种|情况)*(?:就|都|也|是|已经?|完全|基本|肯定|应该)*(?:符合|满足|够得?上|达标|够格|合格|具备)(?!不|吗|的话)/gu,
  ],
  ['a deed of its own', /(?:帮|替|给|为)[你您](?:们|公司)?(?:都|先|已经?)?[报办申填交登预留弄搞做批查]/gu],
  ['a command of its own', alternation([haste, deceit, forgery, quarrels, dealings], 'gu')],
  [
    'an applicant of its own',
    /自然人|个人|个体|学生|外地|境外|海外|农民|合作社|分公司|分支机构|事业单位|社会组织|民办非/gu,
  ],
  [
    'a judgement of its own',
    /骗子|骗人|骗局|垃圾|腐败|黑幕|黑心|无能|傻|笨|蠢|不作为|坑人|圈钱|割韭菜|打水漂|没用|没戏|白搭|浪费|最好的|第一|唯一|世界|国际|习|总书记|总理|主席|政府|党/gu,
  ],
]

/** Digits in any writing, also with characters between them: 「一三八，零零一」. */
const digits = /(?:[0-9〇零○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖①-⑨][ ，,、.。·\-—–~/]*){5,}/gu
const separators = /[ ，,、.。·\-—–~/]+/gu

/** Persons, contacts, payments, decisions, commands and judgements that no entry states. */
export function commitmentFaults(said: ParsedText, source: ParsedText): string[] {
  const found = commitments.flatMap(([what, words]) =>
    (said.flat.match(words) ?? [])
      .filter(word => !source.flat.includes(word))
      .map(word => `${what}: ${word}`),
  )
  return [...found, ...contactDigits(said, source)]
}

function contactDigits(said: ParsedText, source: ParsedText): string[] {
  const known = plainDigits(source.flat)
  return (said.flat.match(digits) ?? [])
    .filter(run => /[^0-9.,\-/ ]/u.test(run) && !known.includes(plainDigits(run)))
    .map(run => `digits of its own: ${run}`)
}

const values: Record<string, string> = Object.fromEntries(
  ['〇零○', '一幺壹①', '二两贰②', '三叁③', '四肆④', '五伍⑤', '六陆⑥', '七柒⑦', '八捌⑧', '九玖⑨'].flatMap(
    (chars, value) => [...chars].map(char => [char, String(value)]),
  ),
)
const plainDigits = (text: string) =>
  text
    .replace(separators, '')
    .replace(/[〇零○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖①-⑨]/gu, char => values[char] ?? char)
