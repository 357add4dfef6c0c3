import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openSite } from '../../adapters/web/site.ts'
import { listPage, notice, openItemsWorld, source } from './world.ts'

const html = { 'Content-Type': 'text/html; charset=utf-8' }
const body =
  '发布日期：2026-11-19\n榕科〔2026〕12号\n各区科技局：\n支持高新技术企业，高新技术企业单个项目补助不超过50万元。\n请企业于12月15日前登录系统提交申请，逾期不候。'
const week = [
  Temporal.Instant.from('2026-11-20T00:00:00+08:00'),
  Temporal.Instant.from('2026-11-27T00:00:00+08:00'),
] as const

test("a link is enough: the page's text is proposed, and told once approved", async () => {
  const site = await openSite({ '/1': { headers: html, body: notice('关于申报研发补助的通知', body) } })
  const { org, items } = await openItemsWorld()
  const [said] = await org.says(`收录 ${site.url}/1?utm_source=wx#top`, '1 号条目，待看，政策')
  for (const words of [
    '关于申报研发补助的通知',
    '榕科〔2026〕12号',
    '截止 2026年12月15日：「请企业于12月15日前',
    '金额：50万元',
    `${site.url}/1\n`,
  ]) {
    expect(said?.text).toContain(words)
  }
  expect(await items.items.approvedBetween('政策', ...week)).toEqual([])
  await org.says('通过条目 1', '1 号条目「关于申报研发补助的通知」通过了')
  const [item] = await items.items.approvedBetween('政策', ...week)
  expect(item).toMatchObject({
    id: '1',
    documentNumber: '榕科〔2026〕12号',
    programmeIds: ['hnte'],
    topics: ['资金补助'],
  })
  expect(item?.deadline?.value.toString()).toBe('2026-12-15')
  await org.says(`收录 ${site.url}/1`, '这一条已经有了')
})

test('what can not be read may be typed, and nothing is half kept', async () => {
  const { org } = await openItemsWorld()
  await org.says('收录', '请在后面写上链接')
  await org.says('收录 http://192.168.1.1/admin', '指向内部网络')
  await org.says('条目', '没有等着看的条目')
  await org.says('收录 科技服务 技术经纪人培训\n请于12月1日前报名。', '1 号条目，待看，科技服务')
  await org.says('条目', '有 1 条等着看')
  await org.says('条目 1', '可能是 2026年12月1日：「请于12月1日前报名。」')
  await org.says('确认截止 1', '请写上编号和日期')
  await org.says('确认截止 1 2月1日', '不在这一条的正文里')
  await org.says('确认截止 1 2026-12-02', '不在这一条的正文里')
  await org.says('确认截止 1 12月1日', '截止日定为 2026年12月1日')
  await org.says('条目 1', '截止 2026年12月1日：「请于12月1日前报名。」')
  await org.says('条目 十二', '请只写数字')
  await org.says('条目 99', '没有 99 号条目')
})

test('an item goes its way: not used, approved, withdrawn', async () => {
  const { org, items, forward } = await openItemsWorld()
  await org.says('收录 甲通知\n请于12月1日前报名。', '1 号条目')
  await org.says('收录 乙通知\n请于12月9日前报名。', '2 号条目')
  await org.says('不用条目 1', '不用了')
  await org.says('不用条目 1', '不用再标')
  await org.says('撤回条目 2 写错了', '没有可撤回的')
  await org.says('确认截止 2 2026-12-09', '截止日定为 2026年12月9日')
  await org.says('通过条目 2', '通过了')
  await org.says('通过条目 2', '已经通过了')
  await org.says('撤回条目 2 文件废止', '撤回了，引用它的推送不会再发')
  expect((await items.items.get('2'))?.state).toBe('withdrawn')
  await forward({ hours: 24 * 30 })
  await org.says('通过条目 2', '截止日 2026年12月9日 已经过了')
})

test('a member sends something in, waits for an organizer and hears what became of it', async () => {
  const { org, mei, pass, said, items } = await openItemsWorld()
  await mei.says('投稿', '请在「投稿」后面写内容')
  await mei.says('投稿 福小智发布新产品\n欢迎试用，前100家免费。', '收到，编号 1：「福小智发布新产品」')
  await mei.says('投稿 福小智发布新产品\n欢迎试用，前100家免费。', '已经收到过了')
  await mei.says('我的投稿', '1  福小智发布新产品：待看')
  await mei.says('通过条目 1', '只有组织者能办')
  expect(await items.feature.chores?.()).toEqual([{ text: '1 条新条目等着看', path: '/items' }])
  await org.says('通过条目 1', '会进「企业动态」的下一期')
  await pass()
  expect(said()).toContain('你的投稿「福小智发布新产品」通过了，会放进「企业动态」的推送里。')
  for (const n of [2, 3, 4, 5, 6]) await mei.says(`投稿 第${n}件事`, '收到')
  await mei.says('投稿 又一件事', '有 5 条投稿在等组织者看')
})

test('a submission that waits is taken back by its sender, and nothing of it stays', async () => {
  const { org, mei, items, world } = await openItemsWorld()
  await mei.says('撤回投稿', '没有还在等着看的投稿')
  const words = '投稿 福小智发布新产品\n欢迎试用，前100家免费。'
  await mei.says(words, '不想投了，发「撤回投稿 1」')
  await org.says('撤回投稿 1', '你没有 1 号投稿')
  await mei.says('撤回投稿', '撤回了，1 号「福小智发布新产品」已经删掉')
  await mei.says('我的投稿', '还没有投过稿')
  expect(await items.feature.chores?.()).toEqual([])
  const kept = await world.store.collection('items', z.looseObject({})).list('')
  expect(JSON.stringify(kept)).not.toMatch(/福小智|前100家|小美/u)
  await mei.says(words, '收到，编号 2')
  await mei.says('投稿 第二件事', '收到，编号 3')
  await mei.says('撤回投稿', '要撤回哪一条？\n2  福小智发布新产品\n3  第二件事')
  await org.says('通过条目 2', '通过了')
  await mei.says('撤回投稿 2', '2 号投稿已经通过了，要收回请找组织者')
  await mei.says('撤回投稿 3', '3 号「第二件事」已经删掉')
  await org.says('恢复条目 3', '3 号投稿已经删掉了，内容没有留下，不能再用')
  await org.says('通过条目 3', '3 号投稿已经删掉了')
})

test('what is kept of a person can be seen and erased; what was told stays', async () => {
  const { org, mei, items } = await openItemsWorld()
  await mei.says('投稿 我们的新产品\n欢迎试用。', '收到')
  await org.says('通过条目 1', '通过了')
  const me = { memberId: 'm-mei', chatIds: ['mei'], names: [] }
  expect(await items.feature.personal?.kept(me)).toEqual([
    '投稿 1 条：「我们的新产品」',
    '· 1 号：我们的新产品\n欢迎试用。',
  ])
  await items.feature.personal?.forget(me, 'alias')
  expect(await items.feature.personal?.kept(me)).toEqual([])
  expect((await items.items.get('1'))?.from).toBe('一位成员')
})

test('an organizer who found an item and chose its day is erased from it', async () => {
  const { org, items, world } = await openItemsWorld()
  await org.says('收录 关于申报研发补助的通知\n请于2026年12月9日前报送。', '来自陈姐')
  await org.says('通过条目 1', '通过了')
  const [{ name } = { name: '' }] = (await items.items.get('1'))?.readers ?? []
  await items.feature.personal?.forget({ memberId: 'm-org', chatIds: ['org'], names: [name] }, 'alias')
  const kept = await world.store.collection('items', z.looseObject({})).list('')
  expect(name).not.toBe('')
  expect(JSON.stringify(kept)).not.toContain(name)
})

test('sources are looked at on their schedule, and only those that are switched on', async () => {
  const site = await openSite({
    '/list': {
      headers: html,
      body: listPage([{ href: '/1', title: '关于申报研发补助的通知', date: '2026-11-19' }]),
    },
    '/1': { headers: html, body: notice('关于申报研发补助的通知', body) },
  })
  const sources = [
    source({ url: `${site.url}/list` }),
    source({ id: 'off', url: `${site.url}/off`, on: false }),
  ]
  const { jobs, forward, org, world } = await openItemsWorld({ sources })
  await jobs.tick()
  expect(site.asked).toEqual([])
  const due = await jobs.upcoming(1)
  expect(due.map(({ job }) => job.title)).toEqual(['采集：某市科技局'])
  await forward({ minutes: 30 })
  await arrived(async () => (await org.send(org.message('条目')))[0]?.text?.includes('有 1 条') ?? false)
  expect(site.asked).toContain('/1')
  expect(site.asked).not.toContain('/off')
  expect(world.log.lines).toEqual([])
})

/** A look begins with the job and goes on by itself. */
async function arrived(isThere: () => Promise<boolean>) {
  while (!(await isThere())) await new Promise(resolve => setImmediate(resolve))
}
