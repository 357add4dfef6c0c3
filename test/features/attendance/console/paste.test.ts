import { describe, expect, test } from 'vitest'
import { matchNames } from '../../../../src/forms/lists/match-names.ts'
import { namesIn, readPasted } from '../../../../src/forms/lists/pasted-list.ts'
import type { RosterMember } from '../../../../src/ports/roster.ts'
import { group, openRoom } from '../room.ts'

const member = (id: string, name: string, more: Partial<RosterMember> = {}): RosterMember => ({
  ...{ id, name, isOnRoster: true, branch: '', space: '', team: '' },
  ...more,
})

describe('names on a pasted list', () => {
  test.each([
    ['#接龙\n周末微党课签到\n例 姓名 空间\n1. 张三 优空间\n2. 李四', ['张三 优空间', '李四']],
    ['#接龙\n\n1、张三✅\n2、李四（迟到）\n3、 王五 已到', ['张三', '李四', '王五']],
    ['张三、李四，王五；赵六', ['张三', '李四', '王五', '赵六']],
    ['张三\t\n李四\n\n张三', ['张三', '李四']],
    ['', []],
  ])('%j', (text, names) => expect(namesIn(text)).toEqual(names))
  test('stay within bounds', () => {
    expect(namesIn(Array.from({ length: 5000 }, (_, n) => `创客${n}`).join('\n')).length).toBe(500)
  })
})

const away = (text: string) =>
  readPasted(text).flatMap(({ name, status }) => (status === 'away' ? [name] : []))
const here = (text: string) =>
  readPasted(text).flatMap(({ name, status }) => (status === 'here' ? [name] : []))

describe('what a list says of each name', () => {
  test.each<[string, string[], string[]]>([
    [
      '1. 甘棠\n2. 柏舟（组长）\n3. 郑风 请假\n4. 卫淇（未到）\n5. 买合木提·艾山 ×',
      ['甘棠', '柏舟'],
      ['郑风', '卫淇', '买合木提·艾山'],
    ],
    ['张三 √\n李四 ✗\n王五 事假\n赵六 x\n钱七 ❌', ['张三'], ['李四', '王五', '赵六', '钱七']],
    ['实到：张三、李四\n请假：王五\n未到（2人）：赵六、钱七', ['张三', '李四'], ['王五', '赵六', '钱七']],
    ['签到\n张三\n李四\n请假\n王五', ['张三', '李四'], ['王五']],
    [
      '序号\t姓名\t单位\t签到\n1\t张三\t优空间\t√\n2\t李四\t恒丰\t请假\n3\t王五\t\t未到',
      ['张三'],
      ['李四', '王五'],
    ],
    ['张三，李四（请假），王五', ['张三', '王五'], ['李四']],
    ['张三：到\n李四：请假', ['张三'], ['李四']],
    ['张三\n共 1 人\n应到 12 人，实到 10 人', ['张三'], []],
    ['姓名\t是否到场\n张三\t是\n李四\t否\n王五\t0\n赵六\t13:58', ['张三', '赵六'], ['李四', '王五']],
    ['| 姓名 | 签到 |\n|---|---|\n| 张三 | √ |\n| 李四 | 请假 |', ['张三'], ['李四']],
    ['张三（线上）\n李四(请)\n王五（假）\n赵六 缺\n钱七（出差）', ['张三'], ['李四', '王五', '赵六', '钱七']],
    ['张三\n以上人员已到\n以下人员请假\n李四', ['张三'], ['李四']],
    ['应到3人，请假1人（李四），缺席1人（王五）\n张三', ['张三'], ['李四', '王五']],
    ['1. 张三\n2. 李四 取消\n3. 王五，木石设计，请假', ['张三'], ['李四', '王五，木石设计，请假']],
    ['张三√ 李四√ 王五×', ['张三', '李四'], ['王五']],
    ['到会：张三、李四 缺席：王五', ['张三', '李四'], ['王五']],
    ['张三、李四\n缺：王五、赵六', ['张三', '李四'], ['王五', '赵六']],
    ['张三\t到\n李四\t请假（出差）', ['张三'], ['李四']],
    ['已签到人员：张三\n未到会：李四', ['张三'], ['李四']],
    ['1 张三 到\n2 李四 公差\n3 王五 leave', ['张三'], ['李四', '王五']],
    ['＃接龙\n1．张三\n2．李四 外出', ['张三'], ['李四']],
    ['#Jielong\n1. 张三', ['张三'], []],
    ['张三\\李四', ['张三', '李四'], []],
    ['张三 13:55\n李四 --\n王五〇', ['张三'], []],
    ['①张三②李四③王五（未到）', ['张三', '李四'], ['王五']],
    ['1、张三，2、李四，3、王五', ['张三', '李四', '王五'], []],
  ])('%j', (text, there, missing) => {
    expect({ here: here(text), away: away(text) }).toEqual({ here: there, away: missing })
  })
  /** Names by what the list says of them: there, away, for a person to decide. */
  const read = (text: string) => {
    const names = (wanted: string) =>
      readPasted(text).flatMap(({ name, status }) => (status === wanted ? [name.slice(0, 2)] : []))
    return [names('here'), names('away'), names('unclear')].map(all => all.join(' '))
  }
  test.each<[string, string, string, string]>([
    ['1、甘棠 ✓\n2、柏舟 ✗\n3、郑风 请假（家里有事）\n4、卫淇 迟到10分钟', '甘棠 卫淇', '柏舟 郑风', ''],
    ['今天没来的：甘棠、柏舟\n来的：郑风', '郑风', '甘棠 柏舟', ''],
    ['甘棠👍\n柏舟🙅\n郑风🤒发烧\n卫淇🏥', '甘棠', '柏舟 郑风 卫淇', ''],
    ['甘棠=到；柏舟=假；郑风=到；卫淇=缺', '甘棠 郑风', '柏舟 卫淇', ''],
    ['#接龙\n微党课\n\n1. 甘棠\n2. 柏舟 可能晚到\n3. 郑风 不一定', '甘棠', '', '柏舟 郑风'],
    ['甘棠 没有来\n柏舟 没能来\n郑风 缺课\n卫淇 在外地\n子衿 隔离', '', '甘棠 柏舟 郑风 卫淇 子衿', ''],
    ['【请假】\n甘棠\n柏舟\n【到场】\n郑风', '郑风', '甘棠 柏舟', ''],
    ['一、到会人员\n甘棠、柏舟\n二、请假人员\n郑风\n三、缺席人员\n卫淇', '甘棠 柏舟', '郑风 卫淇', ''],
    ['請假：甘棠\n到：柏舟\n郑风 未簽到', '柏舟', '甘棠 郑风', ''],
    ['甘棠 0\n柏舟 1\n郑风 旷', '柏舟', '甘棠 郑风', ''],
    ['甘棠 ✔️\n柏舟 ❌️\n郑风 ⭕\n卫淇 ➖\n子衿 /\n采薇 -', '甘棠', '柏舟', '郑风 卫淇 子衿 采薇'],
    ['请假：甘棠（公务）、柏舟\n未反馈：郑风\n现场：卫淇', '卫淇', '甘棠 柏舟', '郑风'],
    ['姓名 甘棠 柏舟 郑风\n签到 √ × √', '甘棠 郑风', '柏舟', ''],
    ['1 甘棠 √ 4 卫淇 ×\n2 柏舟 √ 5 子衿 √\n3 郑风 请假', '甘棠 柏舟 子衿', '卫淇 郑风', ''],
    ['甘棠(到) 柏舟(到) 郑风(假) 卫淇(缺)', '甘棠 柏舟', '郑风 卫淇', ''],
    ['到了的：甘棠，柏舟。没到的：郑风，卫淇。', '甘棠 柏舟', '郑风 卫淇', ''],
    ['实到：甘棠，请假：柏舟、郑风，缺席：卫淇', '甘棠', '柏舟 郑风 卫淇', ''],
    ['- [x] 甘棠\n- [ ] 柏舟\n- [x] 郑风', '甘棠 郑风', '', '柏舟'],
    ['第一支部（应到3，实到2）\n甘棠\n柏舟 未到', '甘棠', '柏舟', ''],
    ['应到：甘棠、柏舟、郑风\n实到：甘棠\n请假：柏舟', '甘棠', '柏舟', '郑风'],
    ['请假：\n\n甘棠\n\n柏舟', '', '甘棠', '柏舟'],
    ['甘棠、柏舟 请假\n郑风、卫淇', '郑风 卫淇', '柏舟', '甘棠'],
    ['甘棠 有事晚到\n柏舟 看回放\n郑风——代签', '', '', '甘棠 柏舟 郑风'],
    ['周末微党课签到名单：甘棠、柏舟\n主持人：郑风\n地点：二楼', '甘棠 柏舟', '', '郑风'],
    ['姓名,是否到场,备注\n甘棠,到,\n柏舟,,家中有事\n郑风,到,替卫淇', '甘棠', '', '柏舟 郑风'],
    ['姓名\t单位\t签到时间\n甘棠\t优空间\t14:02\n柏舟\t优空间\t请假', '甘棠', '柏舟', ''],
    ['甘棠（√）柏舟（×）郑风（√）', '甘棠 郑风', '柏舟', ''],
    ['甘棠(线上)柏舟(请假)郑风(现场)', '甘棠 郑风', '柏舟', ''],
    ['甘棠 出勤\n柏舟 调休\n郑风 年假\n卫淇 轮休', '甘棠', '柏舟 郑风 卫淇', ''],
    ['甘棠 P\n柏舟 A\n郑风 Y\n卫淇：N', '郑风', '卫淇', '甘棠 柏舟'],
    ['甘棠 退群了\n柏舟 离职\n郑风 转走\n卫淇 看直播', '', '', '甘棠 柏舟 郑风 卫淇'],
    ['#接龙\n微党课\n1. 甘棠 +1\n2. 柏舟 -1\n3. 郑风 退', '甘棠', '郑风', '柏舟'],
    ['甘棠 打卡成功\n柏舟 未打卡\n郑风 打卡失败', '甘棠', '', '柏舟 郑风'],
    ['甘棠 全勤\n柏舟 缺一次\n郑风 半天', '甘棠', '', '柏舟 郑风'],
    ['甘棠：参加\n柏舟：不能参加\n郑风：待回复\n卫淇：已读未回', '甘棠', '柏舟', '郑风 卫淇'],
    ['序号,姓名,考勤\n1,甘棠,出勤\n2,柏舟,请假\n3,郑风,缺勤', '甘棠', '柏舟 郑风', ''],
    ['甘棠 勾\n柏舟 叉', '甘棠', '柏舟', ''],
    ['甘棠、柏舟、郑风 3人到；卫淇1人请假', '甘棠 柏舟 郑风', '卫淇', ''],
    ['请假人员：无\n到会人员：甘棠、柏舟', '甘棠 柏舟', '', ''],
    ['到：3人\n甘棠\n柏舟\n假：1人\n郑风\n缺：1人\n卫淇', '甘棠 柏舟', '郑风 卫淇', ''],
    ['应到：4人\n实到：2人\n请假：2人\n甘棠\n柏舟', '', '', '甘棠 柏舟'],
    ['甘棠\n柏舟\n（出差，请假）\n郑风', '甘棠 郑风', '', '柏舟'],
    ['甘棠\n柏舟\n  请假：出差\n郑风', '甘棠 郑风', '', '柏舟'],
    ['1. 甘棠\n   备注：迟到\n2. 柏舟\n   备注：请假\n3. 郑风', '甘棠 郑风', '', '柏舟'],
    ['甘棠,柏舟\n请假,郑风', '甘棠 柏舟', '郑风', ''],
    ['甘棠、柏舟到；郑风请假；卫淇、子衿缺', '甘棠 柏舟', '郑风 子衿', '卫淇'],
    ['甘棠（已请假，后到场）\n柏舟', '柏舟', '', '甘棠'],
    ['甘棠*\n柏舟\n（带*的请假）', '', '', '甘棠 柏舟'],
    ['甘棠\t√\t郑风\t√\n柏舟\t×\t卫淇\t√', '甘棠 郑风 卫淇', '柏舟', ''],
    ['姓名 签到 姓名 签到\n甘棠 √ 卫淇 √\n柏舟 × 子衿 √', '甘棠 卫淇 子衿', '柏舟', ''],
    [
      '序号\t姓名\t签到\t序号\t姓名\t签到\n1\t甘棠\t√\t3\t卫淇\t√\n2\t柏舟\t请假\t4\t子衿\t缺',
      '甘棠 卫淇',
      '柏舟 子衿',
      '',
    ],
    ['姓名\t12月5日\t12月12日\n甘棠\t√\t√\n柏舟\t√\t×', '甘棠', '', '柏舟'],
    ['成员\t入会时间\t退会时间\n甘棠\t14:01\t15:31\n柏舟\t\t', '甘棠', '', '柏舟'],
    ['姓名\t考勤结果\n甘棠\t正常\n柏舟\t旷工\n郑风\t外勤', '甘棠', '柏舟', '郑风'],
    ['甘棠🌸 木石设计\n柏舟同志（请假）\n郑风老师', '甘棠 郑风', '柏舟', ''],
    ['甘棠〔到〕\n柏舟〔请假〕', '甘棠', '柏舟', ''],
  ])('%j, marks and headings', (text, ...wanted) => expect(read(text)).toEqual(wanted))
  test('the last run of numbers in a 接龙 is the list', () => {
    expect(here('#接龙\n12.5 周末微党课\n1、地点二楼\n2、自带水杯\n\n1. 甘棠\n2. 柏舟')).toEqual([
      '甘棠',
      '柏舟',
    ])
    expect(here('#Group Note\nSaturday lesson\n\n1. 甘棠\n2. 柏舟')).toEqual(['甘棠', '柏舟'])
  })
  test('for another is for a person to decide', () => {
    expect(readPasted('甘棠代柏舟')).toEqual([{ name: '甘棠代柏舟', status: 'unclear' }])
    expect(readPasted('1. 甘棠（代柏舟）')).toEqual([{ name: '甘棠', status: 'unclear' }])
  })
  test('an empty cell of a table, or a mark of no plain meaning, is for a person to decide', () => {
    const statuses = (text: string) => readPasted(text).map(({ name, status }) => `${name} ${status}`)
    expect(statuses('姓名\t签到\n张三\t√\n李四\t')).toEqual(['张三 here', '李四 unclear'])
    expect(statuses('张三√ 李四○')).toEqual(['张三 here', '李四 unclear'])
  })
})

describe('names in one line', () => {
  const people = ['甘棠', '柏舟', '郑风', '卫淇'].map(name => member(name, name, { space: '优空间' }))
  const meant = (text: string) =>
    matchNames(readPasted(text), people).map(({ found }) => found.map(({ id }) => id).join())
  test.each<[string, string[]]>([
    ['甘棠 柏舟 郑风', ['甘棠', '柏舟', '郑风']],
    ['甘棠/卫淇', ['甘棠', '卫淇']],
    ['甘棠+柏舟', ['甘棠', '柏舟']],
    ['甘棠 优空间', ['甘棠']],
    ['1. 甘棠 要加班，晚十分钟\n2. 柏舟 带一位同事，吃素\n3. 郑风', ['甘棠', '柏舟', '郑风']],
    ['周末微党课签到名单\n甘 棠\n柏舟', ['甘棠', '柏舟']],
  ])('%j', (text, ids) => expect(meant(text)).toEqual(ids))
  test('a status at the end is of the last name; of those before it a person decides', () => {
    const read = (text: string) =>
      matchNames(readPasted(text), people).map(({ line, status }) => `${line} ${status}`)
    expect(read('甘棠 柏舟 郑风 请假')).toEqual(['甘棠 unclear', '柏舟 unclear', '郑风 away'])
    expect(read('请假：甘棠 柏舟')).toEqual(['甘棠 away', '柏舟 away'])
    expect(read('甘棠 优空间 请假')).toEqual(['甘棠 优空间 away'])
  })
})

describe('whom they mean', () => {
  const people = [
    member('a', '张三', { space: '优空间', branch: '优空间支部' }),
    member('b', '张三', { space: '恒丰' }),
    member('c', '优空间-李四', { isOnRoster: false }),
    member('d', '张三丰'),
  ]
  const found = (line: string) =>
    matchNames([{ name: line, status: 'here' }], people)[0]?.found.map(({ id }) => id)
  test.each([
    ['张三', ['a', 'b']],
    ['张三 优空间', ['a']],
    ['恒丰-张三', ['b']],
    ['李四', ['c']],
    ['优空间-李四', ['c']],
    ['张三丰', ['d']],
    ['张', []],
    ['优空间', []],
    ['王五', []],
  ])('%s', (line, ids) => expect(found(line)).toEqual(ids))
})

test('a name behind an unknown label is for a person to decide', () => {
  const people = [member('a', '甘棠', { space: '优空间' }), member('b', '柏舟', { space: '优空间' })]
  const lines = matchNames(readPasted('缺位：甘棠\n优空间：柏舟'), people)
  expect(lines.map(({ status, found }) => [status, found[0]?.id])).toEqual([
    ['unclear', 'a'],
    ['here', 'b'],
  ])
})

describe('names behind a label that is not known, or with a word between them', () => {
  const people = ['甘棠', '柏舟', '郑风', '欧阳和平', '和平'].map(name =>
    member(name, name, { space: '优空间', team: '木石设计' }),
  )
  const told = (text: string) =>
    matchNames(readPasted(text), people).map(({ line, status, found }) =>
      [found[0]?.name ?? `${line}？`, status].join(' '),
    )
  test.each<[string, string[]]>([
    ['其他人员：甘棠、柏舟', ['甘棠 unclear', '柏舟 unclear']],
    ['其余：甘棠，柏舟、郑风', ['甘棠 unclear', '柏舟 unclear', '郑风 unclear']],
    ['其他人员\n甘棠\n柏舟', ['甘棠 unclear', '柏舟 unclear']],
    ['替补：甘棠、柏舟', ['甘棠 unclear', '柏舟 unclear']],
    ['缺位：甘棠 柏舟', ['甘棠 unclear', '柏舟 unclear']],
    ['缺位：甘棠、柏舟请假', ['甘棠 unclear', '柏舟 away']],
    ['木石设计：甘棠、柏舟', ['甘棠 here', '柏舟 here']],
    ['甘棠：木石设计、柏舟', ['甘棠 here', '柏舟 here']],
    ['甘棠和柏舟请假', ['甘棠 away', '柏舟 away']],
    ['甘棠与柏舟未到，郑风', ['甘棠 away', '柏舟 away', '郑风 here']],
    ['名单：甘棠、柏舟', ['甘棠 here', '柏舟 here']],
    ['参加人员姓名：甘棠、柏舟', ['甘棠 here', '柏舟 here']],
    ['甘棠跟柏舟都请假了', ['甘棠 away', '柏舟 away']],
    ['1. 甘棠和柏舟\n2. 郑风', ['甘棠 here', '柏舟 here', '郑风 here']],
    ['请假：甘棠及柏舟', ['甘棠 away', '柏舟 away']],
    ['甘棠、柏舟和郑风请假', ['甘棠 unclear', '柏舟 away', '郑风 away']],
    ['甘棠和王五请假', ['甘棠 away', '王五？ away']],
    ['欧阳和平请假', ['欧阳和平 away']],
    ['和平和甘棠到了', ['和平 here', '甘棠 here']],
  ])('%j', (text, wanted) => expect(told(text)).toEqual(wanted))
})

describe('an organizer pastes a list', () => {
  async function openLesson() {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 14:00', '开课了')
    await room.forward({ minutes: 60 })
    for (const one of [room.mei, room.zhang]) await one.says('签到情况', '只有组织者能办')
    await room.mei.says('签到')
    await room.forward({ minutes: 2 })
    await room.zhang.says('请假 出差')
    return room
  }
  const list = '名单\n张三\n小美\n钱七'

  test('and sees what matched and what did not before anything is saved', async () => {
    const { boss } = await openLesson()
    const [reply] = await boss.says(list, '名单有 3 个名字')
    expect(reply?.text).toContain('对上 2 人：优空间-张三、优空间-小美')
    expect(reply?.text).toContain('没对上 1 人：钱七')
    await boss.says('签到情况', '实到 1 人，请假 1 人')
    await boss.says('确认名单', '补记为到 1 人，另有 1 人本来就签到了')
    await boss.says('签到情况', '实到 2 人')
    await boss.says('确认名单', '没有等着确认的名单')
  })
  test('is told first where a total disagrees with what was read', async () => {
    const { boss } = await openLesson()
    const [reply] = await boss.says('名单\n实到3人\n张三\n小美', '对上 2 人')
    expect(reply?.text?.split('\n')[0]).toBe('人数对不上：名单写着实到 3 人，我读到 2 人。请对着原件核一遍。')
  })
  test('as a 接龙 in private; in the group it is no sign-in, from an organizer neither', async () => {
    const { boss, chen, mei, person } = await openLesson()
    const chain = '#接龙\n签到\n1. 张三\n2. 小美'
    await chen.says(chain, '接龙不算签到')
    await mei.says(chain, '接龙不算签到')
    await person('mei', '小美').says(chain, '接龙不算签到')
    await boss.says(chain, '对上 2 人')
    await boss.says('签到情况', '实到 1 人')
  })
  test('two of one name are asked apart, by number', async () => {
    const { boss, person, chen } = await openLesson()
    await person('zhang2', '恒丰-张三', group).says('请假 有事')
    const [reply] = await boss.says('名单\n张三', '有重名，分不清 1 人')
    const id = reply?.text?.match(/编号 (\w+)/u)?.[1]
    await chen.says(`补签 ${id}`, '记为到')
  })
  test('keeps who, when and why of each', async () => {
    const { boss, world, lessonsBetween } = await openLesson()
    await boss.says('名单 张三', '对上 1 人')
    await boss.says('确认名单', '补记为到 1 人')
    const [lesson] = await lessonsBetween('2026-11-28', '2026-11-29')
    const { openAttendanceRecords } = await import(
      '../../../../src/features/attendance/lessons/records/records.ts'
    )
    const kept = await openAttendanceRecords(world.store).checkIns.list(`${lesson?.id}/`)
    const corrections = kept.flatMap(({ value }) => value.corrections)
    expect(corrections).toMatchObject([{ to: 'present', byName: '陈姐', why: '补录名单' }])
  })
})
