import { expect, test } from 'vitest'
import { matching } from '../../../src/features/matching/index.ts'
import { readMatching } from '../../../src/matching/load.ts'
import { createFixedDirectory, createFixedRoster, createWorld, play } from '../../conversation.ts'

const { rules } = readMatching('data')

function open(startAt = '2026-11-28T13:00:00+08:00') {
  const world = createWorld(startAt)
  const posted: string[] = []
  const directory = createFixedDirectory(['创客群'])
  const feature = matching({
    ...world,
    directory,
    roster: createFixedRoster([{ id: 'm-mei', name: '林小美', space: '优空间', team: '榕云科技' }]),
    outbox: { post: async postings => void posted.push(...postings.map(({ reply }) => reply.text ?? '')) },
    rules,
    aliases: new Map([
      ['高企', 'hnte'],
      ['科小', 'sts_sme'],
      ['小微', 'slpe'],
    ]),
    officesOf: () => ['12366'],
    instructs: async (chatId, space) => chatId === 'he' && ['', '优空间'].includes(space),
  })
  const game = play(world, directory, [feature.feature])
  return {
    ...world,
    ...game,
    feature,
    posted,
    mei: game.person('mei', '小美'),
    inGroup: game.person('mei', '小美', '创客群'),
  }
}

test('in a group it points to the private chat', async () => {
  const { inGroup } = open()
  await inGroup.says('测政策', '私聊我说「测政策」')
})

test('the programme may follow without a space; a question about the interview is none', async () => {
  const { mei } = open()
  expect(await mei.send(mei.message('测政策准不准'))).toEqual([])
  await mei.says('测政策小微', '第 1 问')
})

test('a maker asks for one programme, answers, goes back, and hears why and what is missing', async () => {
  const { mei } = open()
  await mei.says('测政策 小微', '第 1 问')
  for (let asked = 0; asked < 12; asked += 1) {
    const [reply] = await mei.send(mei.message('不知道'))
    if (reply?.text?.includes('按你填的')) break
    expect(reply?.text).toContain('第 ')
  }
  await mei.says('为什么 小微', '小型微利企业所得税优惠：要先问清')
})

test('the verdict follows the answers, and 上一题 takes one back', async () => {
  const { mei } = open()
  await mei.says('测政策 高企', '第 1 问')
  const said: string[] = []
  const answers: Record<string, string> = {
    主体: '公司',
    注册在哪里: '台江区',
    执照: '2023年3月5日',
    核心知识产权: '是',
    八大领域: '是',
    科技人员: '8%',
    近三个会计年度: '6%',
    境内: '100%',
    高新技术产品: '70%',
    事故: '没有',
    营业: '1200万',
  }
  let [reply] = await mei.send(mei.message('结果'))
  reply = (await mei.send(mei.message('上一题')))[0]
  for (let turn = 0; turn < 14; turn += 1) {
    const text = reply?.text ?? ''
    said.push(text)
    if (text.includes('按你填的')) {
      if (!text.includes('「继续」')) break
      reply = (await mei.send(mei.message('继续')))[0]
      continue
    }
    const key = Object.keys(answers).find(word => /^第 .*/mu.exec(text)?.[0].includes(word))
    expect(key, text).toBeDefined()
    reply = (await mei.send(mei.message(answers[key ?? ''] ?? '')))[0]
  }
  expect(said.at(-1)).toContain('还差 1 项：国家高新技术企业认定（1 条）')
  await mei.says('为什么 高企', '科技人员占当年职工总数不低于10%〔第十一条〕：差')
  await mei.says('怎么补 高企', '国家高新技术企业认定还差 1 条')
})

test('half an hour later everything is forgotten, and what is not saved is nowhere', async () => {
  const { mei, clock, store } = open()
  await mei.says('测政策 小微', '第 1 问')
  clock.forward({ minutes: 31 })
  await mei.says('继续', '已经不在了')
  expect(await store.collection('matching-companies', (await import('zod')).z.any()).list('')).toEqual([])
})

test('figures are kept as bands after a yes, and go with 删除我的企业信息', async () => {
  const { mei, store } = open()
  await mei.says('测政策', '先说想看哪一类')
  await mei.says('1', '第 1 问')
  let text = ''
  for (let turn = 0; turn < 6 && !text.includes('按你填的'); turn += 1) {
    const [reply] = await mei.send(mei.message(text.includes('所得额') ? '295万' : '1'))
    text = reply?.text ?? ''
  }
  await mei.says('保存', '只留档位，不留准数')
  await mei.says('确认保存', '保存好了')
  const kept = await store.collection('matching-companies', (await import('zod')).z.any()).list('')
  expect(kept.length).toBe(1)
  expect(JSON.stringify(kept)).not.toMatch(/\b295\b/)
  await mei.says('删除我的企业信息', '删掉了')
  expect(await store.collection('matching-companies', (await import('zod')).z.any()).list('')).toEqual([])
})

test('an instructor of the space sees a company only with its yes', async () => {
  const { mei, person } = open()
  const he = person('he', '何老师')
  await mei.says('测政策 公司设立登记', '第 1 问')
  await mei.says('公司', '按你填的')
  await mei.says('确认保存', '谁看得到：只有你自己')
  await mei.says('确认保存', '保存好了')
  await he.says('企业情况', '还没有同意给指导员看的企业')
  await mei.says('测政策 公司设立登记', '你上次保存了 1 项')
  await mei.says('保存', '确认保存并给指导员看')
  await mei.says('确认保存并给指导员看', '保存好了')
  await he.says('企业情况', '林小美（榕云科技）')
  await mei.says('企业情况', '是给空间的指导员看的')
})

test.each([
  ['资产4800万、290人、利润295万，算小微吗', '说到的都对得上，还有'],
  ['我们公司资产5001万、290人、利润295万，能算小微吗', '不够，差 1 条'],
  ['公司，从业人数300人，资产总额5000万元，应纳税所得额300万元，不属于限制行业，算小微吗', '说到的都对得上'],
])('a question with its own figures gets a verdict first: %s', async (question, expected) => {
  const { mei } = open()
  await mei.asks(question, expected)
})

test('a question about the rule is left to the answers', async () => {
  const { mei } = open()
  await mei.asks('小微的资产不能超过多少')
  await mei.asks('高企怎么报')
})

test('a day that is only known to be early is saved and taken up again', async () => {
  const { mei } = open()
  await mei.says('测政策 高企', '第 1 问')
  await mei.says('公司', '执照是哪天发的')
  await mei.says('1', '第 3 问')
  await mei.says('保存', '执照是哪天发的：2025年11月28日或更早')
  await mei.says('确认保存', '保存好了')
  await mei.says('测政策 高企', '你上次保存了 2 项')
})

test.each(['1.2个亿吧', '税费', '去年吧', '差不多三百来号', '[捂脸]', '<script>alert(1)</script>', '　'])(
  'what is typed to an open question goes to nobody else: %s',
  async typed => {
    const { mei } = open()
    await mei.says('测政策 高企', '第 1 问')
    await mei.says('公司', '第 2 问')
    await mei.says(typed, '没看懂这个答案')
  },
)

test('another question goes to those who answer it, and the next answer counts again', async () => {
  const { mei } = open()
  await mei.says('测政策 高企', '第 1 问')
  await mei.says('高企有什么好处？')
  await mei.says('为什么要交税')
  await mei.says('1', '第 2 问')
})

test.each([
  ['税费优惠', '第 1 问'],
  ['都看看', '第 1 问'],
  ['①、③', '第 1 问'],
  ['高企', '第 1 问'],
  ['8', '没看懂'],
  ['随便', '没看懂'],
])('the kinds are named by number or word: %s', async (typed, expected) => {
  const { mei } = open()
  await mei.says('测政策', '先说想看哪一类')
  await mei.says(typed, expected)
})

test('after the result a number is told that nothing is asked, and 结束 forgets', async () => {
  const { mei } = open()
  await mei.says('测政策 公司设立登记', '第 1 问')
  await mei.says('公司', '按你填的')
  await mei.says('3', '没有在问的题')
  await mei.says('上一步', '第 1 问')
  await mei.says('结束', '没有留')
  await mei.says('结果', '已经不在了')
})

test('an erasure and 删除我的企业信息 end the interview too', async () => {
  const { mei, feature } = open()
  await mei.says('测政策 公司设立登记', '第 1 问')
  await mei.says('公司', '按你填的')
  await mei.says('删除我的企业信息', '没有保存过')
  await mei.says('保存', '已经不在了')
  await mei.says('测政策 公司设立登记', '第 1 问')
  await feature.feature.personal?.forget({ memberId: 'm-mei', chatIds: ['mei'], names: [] }, 'x')
  await mei.says('保存', '已经不在了')
})

test.each([
  ['去年3月', '2025年3月1日到2025年3月31日'],
  ['前年', '2024年1月1日到2024年12月31日'],
  ['今年十月', '2026年10月1日到2026年10月31日'],
])('years are also told from today: %s', async (typed, kept) => {
  const { mei } = open()
  await mei.says('测政策 高企', '第 1 问')
  await mei.says('公司', '执照是哪天发的')
  await mei.says(typed, `记下了：${kept}。\n`)
})

test('what cannot be made up is told as 不符合, and not as something still missing', async () => {
  const { mei } = open()
  await mei.says('测政策 首台（套）重大技术装备', '第 1 问')
  const results: string[] = []
  for (const said of ['否', '不是装备', '结果'])
    results.push((await mei.send(mei.message(said)))[0]?.text ?? '')
  expect(results.at(-1)).toContain('不符合 1 项：首台（套）重大技术装备')
  expect(results.at(-1)).not.toMatch(/还差|怎么补/u)
  await mei.says('怎么补 首台（套）重大技术装备', '首台（套）重大技术装备不符合')
})
