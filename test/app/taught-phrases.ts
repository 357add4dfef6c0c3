/**
 * Phrases that the help, the manual and the tests of the features teach, by the features that answer them: to an
 * organizer and a maker in private, then to both in a group. `bot` refuses a command of other roles or places,
 * `silence` is no answer. Phrases that begin a conversation stand last.
 */
export const taughtPhrases: readonly (readonly [answerers: string, phrases: string])[] = [
  [
    'faq faq faq faq',
    '我的承诺|我的名字怎么改|怎么不收推送|推送怎么改时间|缺勤怎么办|公示在哪里看|投票怎么改',
  ],
  [
    'faq faq faq faq',
    '机器人怎么用|报名满了怎么办|怎么改地址|公司怎么开|公司怎么注册|活动怎么报名|怎么答复|政策在哪里看|撤回怎么弄',
  ],
  [
    'faq faq faq faq',
    '名单怎么导出|怎么看名单|怎么查名单|怎么恢复|怎么认领|审核怎么看|出勤怎么看|高企怎么申请',
  ],
  ['faq faq faq faq', '高企有什么好处|社保怎么交|发票怎么开|营业执照怎么改|贷款怎么办|创业担保贷款能贷多少'],
  ['faq faq faq faq', '一次性创业补贴多少钱|补贴怎么领|商标怎么注册|员工请假怎么扣工资|员工怎么请假'],
  ['faq faq faq faq', '今年有什么新政策|15号发吗|2025审核了吗|第3批了吗|你是谁|你能干什么|你好|辛苦了|在吗'],
  ['faq faq faq faq', '我的信息怎么改'],
  [
    'help help help help',
    '帮助|帮助 签到|菜单|身份|统计|撤回|反悔|怎么签到|怎么签退|怎么补学|怎么报名|怎么取消报名',
  ],
  [
    'help help help help',
    '怎么投票|怎么提问|怎么转人工|怎么导出我的信息|怎么删除我的信息|怎么查我的咨询|统计怎么看',
  ],
  ['help help help help', '政策匹配怎么用|帮助 答题|评选'],
  [
    'attendance attendance attendance attendance',
    '我的报名|签到|请假|请假 家里有事|补学|报名|取消报名|怎么请假|下次课在哪里|课在哪里上',
  ],
  [
    'attendance attendance attendance attendance',
    '周末有课吗|下节课什么时候|我签到了吗|我缺勤几次|我报名了吗|请假 原因',
  ],
  [
    'help faq faq faq',
    '月报|日历|怎么发推送|报名怎么改|签到怎么看|月报在哪|设置怎么改|日历怎么看|咨询|导出记录',
  ],
  ['help faq faq faq', '操作记录|线路|设置|谁管什么|身份核对|问答记录'],
  [
    'help faq help faq',
    '怎么登录|怎么开课|怎么改课|怎么推送|怎么撤回推送|怎么绑定群|台账怎么导出|签到表怎么导出',
  ],
  ['help faq help faq', '群怎么解绑|驳回怎么弄|推送|怎么补签'],
  ['manual faq faq faq', '怎么发投票|怎么请审核人|怎么导入名单|怎么改密码|答错了怎么改|机器人不说话怎么办'],
  ['manual faq faq faq', '推送发错了怎么办|怎么加一个群|怎么关掉欢迎新人|线路断了怎么办'],
  [
    'attendance bot attendance bot',
    '签到表|补签 张三|更正 张三 迟到|撤销更正 张三|更正|更正 张三 缺勤|核对完毕|签到情况|补签',
  ],
  [
    'digest bot bot bot',
    '通过 12|驳回 12 改一下|送审 12|演练 12|撤回推送 12|加附件 12|拟通知 明天上午9点 发到 全部',
  ],
  ['digest bot bot bot', '拟速递|驳回 12 原因'],
  ['faq faq attendance attendance', '不好意思，我来不了了|到优空间了|张三签到|我上线了|我到了|打卡'],
  ['community community bot bot', '我的信息|导出我的信息|申请组织者|申请审核人'],
  ['digest bot digest bot', '推送列表|推送情况 1|已手动发送|推送情况'],
  ['votes votes bot bot', '投票|投票 3|同意参评|监票确认'],
  ['tally bot bot bot', '台账 本季度|出勤图 本季度|台账'],
  ['bot bot bot bot', '批准知识 3|撤下文件 3 恢复旧版 原因|知识改动 3'],
  ['forms forms forms forms', '不去了|帮张三报个名'],
  ['bot bot groups bot', '本群设置|本群设置 欢迎 关'],
  ['forms forms bot bot', '填写 3|撤回填写 3'],
  ['forms bot bot bot', '对接龙|报名汇总'],
  ['items bot bot bot', '收录 链接|条目'],
  ['documents bot bot bot', '文件库|退回文件 3 原因'],
  ['bot faq bot faq', '送审|通过'],
  ['community community community community', '隐私说明'],
  ['tally tally bot bot', '我的出勤'],
  ['attendance bot bot bot', '名单'],
  ['bot bot silence silence', '签退'],
  ['login bot bot bot', '登录'],
  ['bot bot community bot', '本群状态'],
  ['digest faq faq faq', '推送2发了没'],
  ['desk faq desk faq', '合并 12 13'],
  ['pledges pledges bot bot', '承诺'],
  ['items items bot bot', '撤回投稿'],
  ['desk desk desk desk', '我的咨询|怎么联系指导员|指导员在哪里|我的问题怎么样了|转人工|转人工 高企怎么报'],
  ['matching matching matching matching', '测政策|测政策 高企|政策匹配'],
]
