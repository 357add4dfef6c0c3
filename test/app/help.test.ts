import { afterAll, describe, expect, test } from 'vitest'
import { helpWords, pagesToName } from '../../src/app/features/help-words.ts'
import { alertsPage } from '../../src/console/overview/alerts.ts'
import { calendarPage } from '../../src/console/overview/calendar.ts'
import { licencesPage } from '../../src/console/overview/licences.ts'
import { reportPage } from '../../src/console/overview/report.ts'
import { searchPage } from '../../src/console/overview/search.ts'
import { settingsPage } from '../../src/console/overview/settings.ts'
import { answererHelp } from '../../src/features/desk/chat/answerer-words.ts'
import { findTopic } from '../../src/features/help/other-names.ts'
import { sayOverview, sayTopic, topicsOf } from '../../src/features/help/topics.ts'
import type { Role } from '../../src/ports/directory.ts'
import { openAllFeatures } from './features.ts'

const { all, platform } = await openAllFeatures()
afterAll(() => platform.store.close())

const overview = { tip: '问政策', explained: ['签到', '提问', '政策匹配', '统计'] }
const commands = all.flatMap(feature => feature.commands ?? [])
const readers: [string, Role[], boolean][] = [
  ['a maker', ['maker'], false],
  ['an instructor', ['maker'], true],
  ['an organizer', ['maker', 'organizer'], false],
  ['a reviewer', ['maker', 'reviewer'], false],
  ['who is everything', ['maker', 'organizer', 'reviewer'], true],
]

const newcomersWords = [
  ...[
    '问答',
    '政策',
    '补贴',
    '申报',
    '报名',
    '签到',
    '请假',
    '推送',
    '名单',
    '隐私',
    '指令',
    '高企',
    '上课',
    '开课',
  ],
  ...[
    '投票',
    '补学',
    '台账',
    '群',
    '绑定',
    '文件',
    '知识',
    '审核',
    '登录',
    '功能',
    '怎么签到',
    '补贴申请',
    '迟到',
  ],
  ...[
    '签退',
    '指导员',
    '转人工',
    '撤回',
    '我的咨询',
    '企业',
    '公司',
    '信息',
    '删除',
    '取消',
    '退出',
    '提醒',
    '日程',
  ],
  ...[
    '订阅',
    '退订',
    '活动',
    '培训',
    '成员',
    '组织者',
    '关联',
    '投稿',
    '新闻',
    '图片',
    '语音',
    '链接',
    '时间',
    '地址',
  ],
]

describe.each(readers)('the help of %s', (_who, roles, isInstructor) => {
  const more = isInstructor ? [{ name: '答题', lines: answererHelp }] : []
  const topics = (place: 'group' | 'private') => topicsOf(commands, { roles, place, more })

  test.each(['group', 'private'] as const)(
    'has at most ten lines in a %s chat, and so has every topic',
    place => {
      expect(sayOverview(topics(place), overview).split('\n').length).toBeLessThanOrEqual(10)
      for (const topic of topics(place))
        for (const page of [1, 2, 3]) expect(sayTopic(topic, page).split('\n').length).toBeLessThanOrEqual(10)
    },
  )
  test.each(newcomersWords)('has a topic for 「%s」', word => {
    const found = findTopic(topics('private'), word, { ...helpWords, isPartEnough: true })
    expect(found).toBeDefined()
  })
  test('names every topic, and the topics reach every command', () => {
    const said = sayOverview(topics('private'), overview)
    for (const { name } of topics('private')) expect(said).toContain(name)
    const told = topics('private')
      .flatMap(topic => [1, 2, 3].map(page => sayTopic(topic, page)))
      .join('\n')
    for (const { help, role } of commands)
      if ([role].flat().some(one => roles.includes(one))) expect(told).toContain(help)
  })
})

test('every command that the help lists has a topic', () => {
  expect(commands.filter(({ help, topic }) => help !== '' && !topic).map(({ words }) => words[0])).toEqual([])
})

test('every page of the menu has a way that chat can say', () => {
  const none = { settings: { machine: {} } } as never
  const ofConsole = [calendarPage, reportPage, searchPage, alertsPage, settingsPage].map(page => page(none))
  const shown = [...all.flatMap(({ pages = [] }) => pages), ...ofConsole, licencesPage()]
  const told = pagesToName(all)
  for (const { title, section, isUnlisted } of shown.filter(page => !page.isUnlisted))
    expect(
      told.some(one => one.title === title && one.section === section),
      `${title} ${isUnlisted}`,
    ).toBe(true)
})
