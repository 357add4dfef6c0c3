import { expect, test } from 'vitest'
import { matchNames } from '../../../src/forms/lists/match-names.ts'
import { readPasted } from '../../../src/forms/lists/pasted-list.ts'
import type { RosterMember } from '../../../src/ports/roster.ts'

const names =
  '甘棠、柏舟、郑风、卫淇、子衿、采薇、林小美、陈静、王小明、李娜、张伟、欧阳明月、刘洋、高兴、Kevin Liu'.split(
    '、',
  )
const people = names.map(
  (name, at): RosterMember => ({
    id: `m${at}`,
    name,
    space: at % 2 ? '优空间' : '绿动空间',
    branch: at % 2 ? '一支部' : '二支部',
    team: '',
    isOnRoster: true,
  }),
)

/** The people whom a list names, each with what it says of them. */
function told(text: string): string {
  const found = new Map<string, string>()
  for (const { found: matched, status } of matchNames(readPasted(text), people)) {
    const [only, ...others] = matched
    if (!only || others.length > 0) continue
    const before = found.get(only.name)
    found.set(only.name, before !== undefined && before !== status ? 'unclear' : status)
  }
  return [...found].map(([name, status]) => `${name} ${status}`).join('，')
}

// Lists as apps, offices and people make them. A name that the list does not plainly call present is never `here`.
test.each([
  [
    '成员姓名\t签到状态\t签到时间\n甘棠\t已签到\t13:55\n柏舟\t未签到\t--\n郑风\t迟到\t14:12',
    '甘棠 here，柏舟 away，郑风 here',
  ],
  [
    '【腾讯文档】周末微党课签到\n序号 姓名 是否到场\n1 甘棠 是\n2 柏舟 否\n3 郑风 是',
    '甘棠 here，柏舟 away，郑风 here',
  ],
  ['#接龙\n12月5日周末微党课签到\n\n1. 甘棠\n2. 柏舟\n3. 郑风', '甘棠 here，柏舟 here，郑风 here'],
  ['姓名\t出勤\t请假\t旷课\n甘棠\t1\t0\t0\n柏舟\t0\t1\t0\n郑风\t0\t0\t1', '甘棠 here，柏舟 away，郑风 away'],
  ['姓名\t出勤\t请假\t备注\n甘棠\t是\t否\t\n柏舟\t否\t是\t病假', '甘棠 here，柏舟 away'],
  ['姓名\t签到\t签退\n甘棠\t13:55\t15:30\n柏舟\t\t\n郑风\t14:05\t', '甘棠 here，柏舟 unclear，郑风 here'],
  [
    '#接龙\n12月5日 14:00 优空间二楼\n例：姓名+单位\n\n1. 甘棠+绿动空间\n2. 柏舟+优空间\n3. 林小美 绿动空间',
    '甘棠 here，柏舟 here，林小美 here',
  ],
  [
    '参会人\t入会时间\t退会时间\t参会时长\n甘棠\t13:58:01\t15:30:02\t92\n柏舟(优空间)\t14:03:00\t15:30:00\t87',
    '甘棠 here，柏舟 here',
  ],
  ['昵称\t姓名\t是否参加本次活动\n棠\t甘棠\t参加\n舟\t柏舟\t有事不参加', '甘棠 here，柏舟 away'],
  [
    '#接龙\n周末微党课\n例 张三 到\n\n1. 甘棠 到\n2. 柏舟 请假\n3. 郑风 晚到10分钟',
    '甘棠 here，柏舟 away，郑风 here',
  ],
  ['#接龙\n明天能来的接龙\n1、甘棠 ✅\n2、柏舟 ❌\n3、郑风 ✔️', '甘棠 here，柏舟 away，郑风 here'],
  ['1.您的姓名：甘棠\n2.是否参加：参加', '甘棠 unclear'],
  ['姓名：甘棠\n状态：到\n\n姓名：柏舟\n状态：请假', '甘棠 here，柏舟 unclear'],
  ['甘棠 优空间 13800138000 到\n柏舟 绿动空间 13900139000 请假', '甘棠 here，柏舟 away'],
  ['#Group Note\nSaturday lesson\n1. 甘棠\n2. 柏舟 (leave)\n3. 郑风', '甘棠 here，柏舟 away，郑风 here'],
  ['甘棠 | 柏舟 | 郑风 | 请假：卫淇', '甘棠 here，柏舟 here，郑风 here，卫淇 away'],
  ['第一组\n甘棠 柏舟\n第二组\n郑风 卫淇（病）', '甘棠 here，柏舟 here，郑风 unclear，卫淇 away'],
  ['线上：甘棠、柏舟\n线下：郑风', '甘棠 here，柏舟 here，郑风 here'],
  [
    '甘棠\n柏舟\n郑风\n\n\n以上3人已到，卫淇、子衿未到',
    '甘棠 here，柏舟 here，郑风 here，卫淇 unclear，子衿 away',
  ],
  [
    '【接龙管家】周末微党课\n发起人：陈静\n参与人数：3\n1. 甘棠 11-28 09:10\n2. 柏舟 11-28 09:12\n3. 郑风 11-28 10:01',
    '甘棠 here，柏舟 here，郑风 here',
  ],
  [
    '【群接龙】周末微党课报名\n截止时间：12-04 18:00\n已接龙3人\n1.甘棠（绿动空间）x1\n2.柏舟（优空间）x1\n3.郑风 x2',
    '甘棠 here，柏舟 here，郑风 here',
  ],
  [
    '甘棠、柏舟、郑风（以上已到）；卫淇、子衿（以上请假）',
    '甘棠 here，柏舟 here，郑风 here，卫淇 away，子衿 away',
  ],
  ['甘棠（到） 柏舟（到） 郑风（假） 卫淇（缺）', '甘棠 here，柏舟 here，郑风 away，卫淇 away'],
  ['√甘棠 √柏舟 ×郑风', '甘棠 unclear，柏舟 unclear，郑风 away'],
  ['甘棠√柏舟√郑风×', '甘棠 unclear，柏舟 unclear，郑风 away'],
  ['✓ 甘棠\n✗ 柏舟\n✓ 郑风', '甘棠 here，柏舟 away，郑风 here'],
  ['钉钉接龙：周末微党课\n甘棠：参加\n柏舟：不参加\n郑风：参加', '甘棠 here，柏舟 away，郑风 here'],
  ['周末微党课接龙（小程序）\n① 甘棠\n② 柏舟\n③ 郑风', '甘棠 here，柏舟 here，郑风 here'],
  ['1️⃣甘棠\n2️⃣柏舟\n3️⃣郑风', '甘棠 here，柏舟 here，郑风 here'],
  ['⭐甘棠\n⭐柏舟\n⭐郑风', '甘棠 here，柏舟 here，郑风 here'],
  ['- 甘棠\n- 柏舟\n* 郑风', '甘棠 here，柏舟 here，郑风 here'],
  ['[x] 甘棠\n[ ] 柏舟\n[x] 郑风', '甘棠 here，柏舟 unclear，郑风 here'],
  ['☑甘棠\n☐柏舟\n☑郑风', '甘棠 here，柏舟 unclear，郑风 here'],
  ['到 甘棠\n假 柏舟\n到 郑风', '甘棠 here，柏舟 away，郑风 here'],
  ['1、甘棠；2、柏舟；3、郑风（请假）', '甘棠 here，柏舟 here，郑风 away'],
  ['一、甘棠\n二、柏舟\n三、郑风（出差）', '甘棠 here，柏舟 here，郑风 away'],
  ['(1)甘棠 (2)柏舟 (3)郑风', '甘棠 here，柏舟 here，郑风 here'],
  ['⒈甘棠 ⒉柏舟 ⒊郑风', '甘棠 here，柏舟 here，郑风 here'],
  ['⑴甘棠⑵柏舟⑶郑风', '甘棠 here，柏舟 here，郑风 here'],
  ['01甘棠\n02柏舟\n03郑风 请假', '甘棠 here，柏舟 here，郑风 away'],
  [
    '序号\t姓名\t单位\t签到时间\n1\t甘棠\t绿动空间\t2026/12/5 13:55\n2\t柏舟\t优空间\t\n3\t郑风\t绿动空间\t2026/12/5 14:02',
    '甘棠 here，柏舟 unclear，郑风 here',
  ],
  ['姓名\t是否到场\n甘棠\t是\n柏舟\t否\n郑风\t是', '甘棠 here，柏舟 away，郑风 here'],
  [
    '姓名\t到\t迟\t假\t缺\n甘棠\t√\t\t\t\n柏舟\t\t\t√\t\n郑风\t\t√\t\t\n卫淇\t\t\t\t√',
    '甘棠 here，柏舟 away，郑风 here，卫淇 away',
  ],
  ['姓名,签到\n甘棠,1\n柏舟,0\n郑风,1', '甘棠 here，柏舟 away，郑风 here'],
  ['| 姓名 | 状态 |\n| --- | --- |\n| 甘棠 | 到 |\n| 柏舟 | 请假 |', '甘棠 here，柏舟 away'],
  [
    '提交者\t提交时间\t请填写姓名\t是否参加\n微信用户\t2026-12-04 09:00\t甘棠\t参加\n微信用户\t2026-12-04 09:02\t柏舟\t不能参加\n微信用户\t2026-12-04 09:03\t郑风\t参加',
    '甘棠 here，柏舟 away，郑风 here',
  ],
  [
    '填写人\t姓名（必填）\t联系电话\t备注\nA\t甘棠\t13800138000\t\nB\t柏舟\t13900139000\t请假\nC\t郑风\t13700137000\t',
    '甘棠 here，柏舟 away，郑风 here',
  ],
  [
    '#接龙\n周六上课能来的接一下\n\n1. 甘棠🙋\n2. 柏舟🙅\n3. 郑风 能\n4. 卫淇 不能',
    '甘棠 here，柏舟 away，郑风 here，卫淇 unclear',
  ],
  ['#接龙\n不能来的接龙\n1. 甘棠\n2. 柏舟', '甘棠 away，柏舟 away'],
  ['#接龙 请假的同志请接龙\n1. 甘棠 出差\n2. 柏舟 家里有事', '甘棠 away，柏舟 away'],
  ['请假接龙\n1. 甘棠\n2. 柏舟', '甘棠 away，柏舟 away'],
  ['成员\t12/5\n甘棠\t✓\n柏舟\t✗\n郑风\t✓', '甘棠 here，柏舟 away，郑风 here'],
  ['姓名\t11/28\t12/5\n甘棠\t✓\t✗\n柏舟\t✗\t✓', '甘棠 unclear，柏舟 unclear'],
  ['一支部：甘棠、柏舟\n二支部：郑风、卫淇（请假）', '甘棠 here，柏舟 here，郑风 here，卫淇 away'],
  ['一支部（2人）：甘棠 柏舟\n二支部（1人）：郑风', '甘棠 here，柏舟 here，郑风 here'],
  ['一支部\n1. 甘棠\n2. 柏舟\n二支部\n1. 郑风\n2. 卫淇 请假', '甘棠 here，柏舟 here，郑风 here，卫淇 away'],
  ['一支部\n1. 甘棠\n2. 柏舟\n\n二支部\n1. 郑风\n2. 卫淇', '甘棠 here，柏舟 here，郑风 here，卫淇 here'],
  ['未到人员接龙：\n1. 甘棠\n2. 柏舟', '甘棠 away，柏舟 away'],
  ['以下人员请假\n甘棠\n柏舟', '甘棠 away，柏舟 away'],
  [
    '应到5人，实到3人\n到会人员：甘棠、柏舟、郑风\n缺席人员：卫淇（出差）、子衿（病假）',
    '甘棠 here，柏舟 here，郑风 here，卫淇 away，子衿 away',
  ],
  [
    '参会：甘棠、柏舟\n请假：郑风（事假）；卫淇（公差）\n未到：子衿',
    '甘棠 here，柏舟 here，郑风 away，卫淇 away，子衿 away',
  ],
  ['甘棠 請假\n柏舟 簽到\n鄭風 到', '甘棠 away，柏舟 here，郑风 here'],
  ['签到：甘棠  13:55\n签到：柏舟  13:58\n签退：甘棠 15:30', '甘棠 unclear，柏舟 here'],
  ['甘棠: 签到\n柏舟: 收到\n郑风: 请假，家里有事\n卫淇: 👍', '甘棠 here，柏舟 unclear，郑风 away，卫淇 here'],
  ['甘棠 13:55:01\n签到\n\n柏舟 13:56:10\n签到\n\n郑风 13:57:22\n请假', '甘棠 here，柏舟 here，郑风 away'],
  ['今天来了甘棠、柏舟，郑风请假了，卫淇没来', '甘棠 here，柏舟 here，郑风 away，卫淇 away'],
  ['甘棠：\n签到\n柏舟：\n请假一次\n郑风：\n签到', '甘棠 here，柏舟 away，郑风 here'],
  ['除了郑风都到了\n甘棠、柏舟、郑风', '郑风 unclear，甘棠 here，柏舟 here'],
  ['甘棠到\n柏舟到\n郑风没到\n卫淇迟到', '甘棠 here，柏舟 here，郑风 away，卫淇 here'],
  ['到：甘棠 柏舟 郑风 未到：卫淇 子衿', '甘棠 here，柏舟 here，郑风 here，卫淇 away，子衿 away'],
  [
    '签到名单\n甘棠 柏舟 郑风\n卫淇 子衿 采薇',
    '甘棠 here，柏舟 here，郑风 here，卫淇 here，子衿 here，采薇 here',
  ],
  ['甘棠\t柏舟\t郑风\n卫淇\t子衿\t采薇', '甘棠 here，柏舟 here，郑风 here，卫淇 here，子衿 here，采薇 here'],
  ['1 甘棠  2 柏舟  3 郑风\n4 卫淇  5 子衿', '甘棠 here，柏舟 here，郑风 here，卫淇 here，子衿 here'],
  [
    '今日应到6人，实到4人。未到：卫淇、子衿。\n甘棠、柏舟、郑风、采薇',
    '卫淇 away，子衿 away，甘棠 here，柏舟 here，郑风 here，采薇 here',
  ],
  ['1.甘棠 2.柏舟 3.郑风（请假） 4.卫淇', '甘棠 here，柏舟 here，郑风 away，卫淇 here'],
  ['甘棠13800138000\n柏舟 13900139000\n郑风/13700137000', '甘棠 here，柏舟 here，郑风 here'],
  ['甘　棠\n柏　舟\n林小美', '甘棠 here，柏舟 here，林小美 here'],
  ['甘棠老师\n柏舟书记\n郑风总', '甘棠 here，柏舟 here，郑风 here'],
  ['@甘棠 @柏舟 @郑风', '甘棠 here，柏舟 here，郑风 here'],
  ['甘棠 +1\n柏舟 +1\n郑风 -1', '甘棠 here，柏舟 here，郑风 unclear'],
  ['甘棠（带一人）\n柏舟+家属\n郑风（替卫淇签）', '甘棠 here，柏舟 here，郑风 unclear'],
  ['甘棠 ok\n柏舟 OK\n郑风 no', '甘棠 here，柏舟 here，郑风 away'],
  [
    '甘棠：到\n柏舟：线上\n郑风：请假\n卫淇：待定\n子衿：可能晚到\n采薇：来不了',
    '甘棠 here，柏舟 here，郑风 away，卫淇 unclear，子衿 unclear，采薇 away',
  ],
  [
    '甘棠 已到\n柏舟 在路上\n郑风 堵车，晚10分钟\n卫淇 孩子发烧来不了\n子衿 临时有事',
    '甘棠 here，柏舟 unclear，郑风 here，卫淇 away，子衿 away',
  ],
  ['请假：\n1. 甘棠\n2. 柏舟\n到场：\n1. 郑风\n2. 卫淇', '甘棠 away，柏舟 away，郑风 here，卫淇 here'],
  [
    '到场名单\n甘棠\n柏舟\n——————\n请假名单\n郑风\n——————\n未到名单\n卫淇',
    '甘棠 here，柏舟 here，郑风 away，卫淇 away',
  ],
  ['✅到：甘棠、柏舟\n🈚️请假：郑风\n❌缺席：卫淇', '甘棠 here，柏舟 here，郑风 away，卫淇 away'],
  ['出勤 3：甘棠/柏舟/郑风\n缺勤 2：卫淇/子衿', '甘棠 here，柏舟 here，郑风 here，卫淇 away，子衿 away'],
  [
    '周末微党课签到表\n时间：2026年12月5日\n地点：优空间\n主讲人：陈静\n甘棠\n柏舟\n记录人：李娜',
    '陈静 unclear，甘棠 here，柏舟 here，李娜 unclear',
  ],
  [
    '会议纪要\n主持：陈静\n记录：李娜\n出席：甘棠、柏舟、郑风\n列席：王小明\n请假：卫淇',
    '陈静 unclear，李娜 unclear，甘棠 here，柏舟 here，郑风 here，王小明 unclear，卫淇 away',
  ],
  ['主讲：陈静\n参加人员：甘棠、柏舟等2人', '陈静 unclear，甘棠 here，柏舟 here'],
  ['甘棠、柏舟 2人到，郑风 1人请假', '甘棠 here，柏舟 here，郑风 away'],
  ['12.5签到：甘棠，柏舟，郑风。请假：卫淇。', '甘棠 here，柏舟 here，郑风 here，卫淇 away'],
  ['Kevin Liu\nkevin liu 到\n甘棠', 'Kevin Liu here，甘棠 here'],
  ['1. Kevin Liu\n2. 欧阳明月\n3. 刘洋（高兴代签）', 'Kevin Liu here，欧阳明月 here，刘洋 unclear'],
  ['高兴来了\n刘洋很高兴来了', '高兴 here'],
  ['昨天没来：甘棠\n今天来了：柏舟', '甘棠 away，柏舟 here'],
  ['甘棠（补签）\n柏舟（忘签到，实际在场）\n郑风（早退）', '甘棠 here，柏舟 here，郑风 here'],
  ['甘棠 14:05\n柏舟 14:20 迟到\n郑风 —\n卫淇 /', '甘棠 here，柏舟 here，郑风 unclear，卫淇 unclear'],
  ['甘棠 绿动空间 二支部 到\n柏舟 优空间 一支部 假', '甘棠 here，柏舟 away'],
  ['1. 甘棠\n2. 柏舟\n3. （空）\n4. 郑风（取消）', '甘棠 here，柏舟 here，郑风 away'],
  ['1. 甘棠\n2. ~~柏舟~~\n3. 郑风', '甘棠 here，郑风 here'],
  ['1. 甘棠\n2. 柏舟（退出接龙）\n3. 郑风', '甘棠 here，柏舟 away，郑风 here'],
  ['报名 ：\n1. 甘棠\n2. 柏舟\n候补：\n1. 郑风', '甘棠 here，柏舟 here，郑风 unclear'],
  ['甘棠、柏舟（优空间）、郑风等。其余请假', '甘棠 here，柏舟 here，郑风 here'],
])('%j', (text, wanted) => expect(told(text)).toBe(wanted))
