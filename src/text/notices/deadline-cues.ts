/** Words by which a day in a narrow text is known for what it is. All are patterns over a clause or around a day. */

const submitting =
  '申报|申请|申领|申兑|申办|报名|报送|报至|报到|报备|上报|补报|网报|提交|递交|递送|送达|送至|送交|送到|送(?=[市区县省我])|报(?=[市区县省我科])|寄送|寄达|寄至|寄到|寄往|邮寄|交至|交到|交(?=[市区县省])|发送|发至|发到|发往|投递|投至|投稿|上传|填报|填写|填好|填完|录入|受理|征集|招募|招聘|选聘|推荐|汇总|反馈|回传|回执|提出|提供|领取|认领|揭榜|参赛|参评|参展|参训|注册|登录|扫码|扫描|备案|兑现|自评|年报|汇算清缴|办理|申购|投标|认购|开放|关闭|截止|截至'
export const submit = new RegExp(submitting, 'u')
/** More than a step on the way to submitting. */
export const registerOnly = /注册(?!申请)/u
export const submitProper = new RegExp(submitting.replace('注册|登录|', ''), 'u')

export const online =
  /网上|网络|线上|在线|系统|平台|网站|官网|小程序|公众号|扫码|扫描|二维码|电子|邮箱|邮件|登录|上传|网报|网申|客户端|https?:|@|e-?mail/iu
export const onPaper =
  /纸质|书面|邮寄|寄送|寄达|寄至|寄到|现场|窗口|递交|送达|送至|送交|一式|线下|原件|复印件|装订|盖章(?:版|件)/u

/** An end: what stands before the day, or behind it. */
export const untilBefore =
  /(?:至|到|截止(?:时间|日期|期限|日|点)?[^,。;\d]{0,8}|截至|不晚于|不迟于|不得(?:晚|迟)于|最(?:晚|迟)[于在]?|止于|(?:[日号时点分起底末)午\d]|即日|今)\s*-{1,2})\s*$/u
export const untilAfter =
  /^\s*(?:\([^()]{0,15}\))?\s*(?:当[天日])?(?:下班|工作时间结束)?\s*(?:之前|以前|前|止|为止|截止|截至|结束|关闭|闭网|到期|终止|停止|锁定|届满)/u
/** 「请于12月15日报送」. */
export const onTheDay = /(?:于|在)\s*$/u
export const thenSubmits = /^\s*(?:将|把|向|报送|提交|送达|报名|申报)/u
/** 「自16日起不再受理」: the day before is the last one. */
export const noLongerAfter = /^\s*起(?:停止|不再)/u

/** The end was moved: what is before the verb is no longer true, what is behind it is. */
export const moved =
  /(?:延长|延期|延迟|延后|延|推迟|顺延|调整|更正|变更|修改|修订|改|展期|放宽)[^,。;\d]{0,10}?(?:为|至|到|成)[^,。;\d]{0,16}$/u
export const movedBy =
  /(?:延长|延期|推迟|顺延)\s*(?<count>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?<unit>个?工作日|[天日]|个?月|周)/u

/** The day belongs to something that nobody submits: said before the day, in the same clause or its heading … */
export const elsewhereBefore =
  /(?:有效期限?|执行期限?|实施期限?|实施周期|项目期|合同期|建设期|研发期|服务期|统计期|所属期|试行期?|公示期?|公示时间|异议|(?:活动|举办|比赛|大赛|赛事|培训|会议|展会|路演|开班|考试|面试|讲座|授课|放假|营业|咨询|对接)(?:时间|日期)?|评审|答辩|发生|(?:补助|支持|补贴|认定|奖励)(?:范围|期间)|执行|施行|生效|免征|减按|拨付|发放|联审|竣工|验收|结题)(?:时间|期限|期间)?(?:为|是|:|\(|从|自|在|于|\s|至|到|即日起|发布之日起|印发之日起|今年|\d{4}年?|[\d年月日./-])*$/u
/** Who objects to a list does not apply. */
export const objection = /(?:有|提出|反映)[^,。;]{0,6}异议|公示期/u
/** … or behind it, before any word of submitting. */
const elsewhere =
  '注册成立|成立|登记注册|设立|取得|获得|获评|获批|被?认定|投产|建成|竣工|开工|上市|签订|签约|入库|纳统|发生|购置|购买|采购|立项|授权|迁入|落户|入驻|毕业|出生|发放|兑付|结题|验收|召开|举办|举行|开幕|开赛|开班|公布|公示|施行|实施|执行|生效|评审|答辩|拨付|缴清|缴纳|入选|投入|初赛|复赛|决赛|发布|到位|在职|首次'
export const elsewhereAfter = new RegExp(`(?:${elsewhere})(?!申报|申请|材料|的?申|书)`, 'u')
/** 「截至2025年12月31日，成立满一年」. */
export const asOfBefore = /截至\s*$/u
export const conditionAfter =
  /^\s*,?[^。;]{0,28}(?:满|以上|以下|累计|未|已|成立|正常|存续|资产|从业|从事|拥有|注册)/u

/** Who passes on and checks, not who applies. */
const office =
  '(?:推荐|主管|归口|依托|保荐|审核|管理)(?:单位|部门|机构)|(?:设区市|地市|县级|市级|省级|县区|区县|县\\(市\\)区|县、区|县|区|市|省|镇|乡|街道|园区|属地)[^,。;:到向送报至给]{0,12}?(?:局|办|委|厅|部门|政府|街道)|设站单位|部门|科技办|合作银行(?!和)|银行|省局'
export const officeIsSubject = new RegExp(
  `(?<![至向到送报给寄交往经由]|组织)(?:${office})(?=应|须|需|要|可|请|于|在|将|对|负责|审核|初审|推荐|汇总|完成|组织|出具|做好|统一|网络|行文|上报|\\d|第|最|并|\\s|$)`,
  'u',
)
export const officeAction =
  /审核|初审|复审|联审|推荐(?!表|材料|申报|单位名)|汇总(?!表|装订)|核查|复核|审定|确认|核实|形式审查|资格审查|出具|行文|遴选|对接|公示|拨付|下达|整理|考察|评审|清算/u
export const applicant =
  /(?<!组织[^,]{0,8})(?:企业|申报(?:单位|人|主体|者)|申请(?:单位|人|主体|者)|项目单位|承担单位|用人单位|见习单位|主办单位|建设单位|纳税人|借款人|创业者|参赛者|团队|揭榜方|运营(?:单位|主体|方)|各单位|个人|有意者|成果持有|持有单位)/u

/** One may apply at any time. */
export const continuous =
  /(?:^|[,。;]|(?:本|该)?(?:通知|公告|事项|指南|政策|申报|受理|项目))\s*长期有效|(?:常年|全年|长年|长期|随时|常态化|全天候|敞开)(?:均?可|都可|集中|接受|开放)?[^,。;\d]{0,6}(?:受理|申报|申请|申领|办理|提交|接受|征集|开放|报名|提出)|(?:受理|申报|申请|申领|办理|报名)[^,。;\d]{0,6}不(?:限|设)(?:时间|期限|截止|时限|申请|申报)?|不[设限][^,。;\d]{0,4}(?:截止|申报|申请|受理)?(?:时间|期限|日期)|随报随审|即报即审|即来即办/u
export const explicitEnd = /截止|最后期限|逾期/u
