import { describe, expect, test } from 'vitest'
import { EntryDraft } from '../../../src/features/faq/editing/changes/records.ts'
import { group, openDeskWorld, otherGroup, unknownQuestion } from './desk-world.ts'

const said = '可以报，但要先做完年度审计，每年三月底前交到街道'

describe('an answer as the draft of an entry', () => {
  async function answered() {
    const world = await openDeskWorld()
    await world.mei.asks(unknownQuestion, '1 号')
    const [reply] = await world.he.says(`答 1 ${said}`, '@ 优空间-林小美（1 号）')
    const draft = () => world.world.store.collection('entry-drafts', EntryDraft).get('drafts/ticket-1')
    return { ...world, reply, draft }
  }
  test('is kept without a word going live, and the source is asked for', async () => {
    const { reply, draft, zhang } = await answered()
    expect(reply?.text).toContain('存成了知识条目的草稿')
    expect(reply?.text).toContain('回「出处 1 文件名或网址」')
    expect((await draft())?.fields).toEqual({ question: unknownQuestion, short: said })
    expect((await draft())?.by).toEqual({ id: 'he', name: '何国平' })
    await zhang.asks(unknownQuestion, '2 号')
  })
  test('takes its source in a word', async () => {
    const { he, draft } = await answered()
    await he.says('出处 1 榕科〔2024〕12号', '写上了出处')
    expect((await draft())?.fields).toMatchObject({ short: said, 'doc..title': '榕科〔2024〕12号' })
    await he.says('出处 1 https://www.fuzhou.gov.cn/a.htm', '写上了出处')
    expect((await draft())?.fields).toMatchObject({ 'doc..url': 'https://www.fuzhou.gov.cn/a.htm' })
  })
  test('an edit on the console is not overwritten by a second answer', async () => {
    const { he, draft } = await answered()
    const [reply] = await he.says(`答 1 还要带上营业执照的复印件和${said}`, '@ 优空间-林小美')
    expect(reply?.text).not.toContain('草稿')
    expect((await draft())?.fields.short).toBe(said)
  })
  test('holds neither the asker’s name nor phone numbers', async () => {
    const { zhang, he, world } = await openDeskWorld()
    await zhang.asks('我叫张唯，孩子咳嗽一周了怎么办', '1 号')
    await he.says('答 1 张唯你好，打 13805911234 找儿科的值班医生就行', '@ 优空间-张唯')
    const draft = await world.store.collection('entry-drafts', EntryDraft).get('drafts/ticket-1')
    expect(JSON.stringify(draft)).not.toMatch(/张唯|13805911234/u)
  })
  test.each(['我问问', '稍等，我查查再回你啊朋友', '你加我微信，我把材料清单都发给你'])(
    '「%s」 is none',
    async text => {
      const { mei, he } = await openDeskWorld()
      await mei.asks(unknownQuestion, '1 号')
      const [reply] = await he.says(`答 1 ${text}`, '@ 优空间-林小美')
      expect(reply?.text).not.toContain('草稿')
    },
  )
})

test('the same answer again is refused with a word, another one is added', async () => {
  const { mei, he, outbox } = await openDeskWorld()
  await mei.asks(unknownQuestion, '1 号')
  await he.says(`答 1 ${said}`, '@ 优空间-林小美（1 号）')
  const told = outbox.toGroup(group).length
  await he.says(`答 1 ${said}`, '刚才已经这样答过')
  expect(outbox.toGroup(group)).toHaveLength(told)
  await he.says('答 1 还要带上营业执照', '@ 优空间-林小美（1 号）')
  expect(outbox.toGroup(group).at(-1)).toContain('补充')
})

describe('the nearest entries of a ticket', () => {
  async function near() {
    const world = await openDeskWorld()
    await world.mei.asks('高企怎么报', '依据')
    await world.mei.says('转人工', '1 号')
    return world
  }
  test.each(['发 1', '发1', '发 1 1', '发 1号 1', '发第1条'])('「%s」 sends the first', async words => {
    const { he, outbox } = await near()
    await he.says(words, '@ 优空间-林小美（1 号）')
    expect(outbox.toGroup(group)[0]).toMatch(/何老师答复（1 号）：「高企.*」\n[\s\S]*依据/u)
  })
  test('are shown with the ticket', async () => {
    const { he, outbox } = await near()
    expect(outbox.toPerson('he')[0]).toContain('回「发 1 1」')
    const [shown] = await he.says('看 1', '1 号（等答复')
    expect(shown?.text).toContain('知识库里最接近的：\n1. 高企')
  })
  test('are found for a question that the maker sends to a person at once', async () => {
    const { mei, he } = await openDeskWorld()
    await mei.says('转人工 高企怎么报', '1 号')
    const [shown] = await he.says('看 1', '1 号（等答复')
    expect(shown?.text).toMatch(/知识库里最接近的：\n1\. 高企/u)
    await he.says('发 1', '@ 优空间-林小美（1 号）')
    await he.says('待答', '现在没有等你答的问题')
  })
  test('that are not there cannot be sent', async () => {
    const { he } = await near()
    await he.says('发 9', '1 号没有第 9 条可发的条目')
  })
  test('of several tickets need the number', async () => {
    const { he, zhang } = await near()
    await zhang.asks(unknownQuestion, '2 号')
    await he.says('发 1', '例如「发 1 1」')
    await he.says('发 1 1', '（1 号）')
  })
  test('a maker who says 「发 1」 or 「看 1」 is answered as ever', async () => {
    const { meiAlone } = await near()
    const [reply] = await meiAlone.says('看 1', '')
    expect(reply?.text).not.toContain('等答复')
  })
})

describe('several tickets at once', () => {
  async function three() {
    const world = await openDeskWorld()
    await world.mei.asks(unknownQuestion, '1 号')
    await world.person('xu', '若云', otherGroup).asks('小孩一直咳嗽要不要紧', '2 号')
    await world.zhang.asks('阳台上的花怎么浇水', '3 号')
    return world
  }
  test('merged ones are answered together, each where it was asked', async () => {
    const { he, outbox } = await three()
    await he.says('合并 1 2', '2 号并到 1 号')
    const [waiting] = await he.says('待答', '等你答的')
    expect(waiting?.text).not.toContain('2 号')
    await he.says('看 1', '一起答复：\n2 号（若云）：小孩一直咳嗽要不要紧')
    await he.says('答 1 去儿科看看', '合并进来的 2 号也一起答复')
    expect(outbox.toGroup(group)).toEqual([expect.stringContaining('何老师答复（1 号）：去儿科看看')])
    expect(outbox.toGroup(otherGroup)).toEqual([expect.stringContaining('何老师答复（2 号）：去儿科看看')])
  })
  test('one that was answered or closed is not merged, as what comes next would reach no other', async () => {
    const { he, outbox } = await three()
    await he.says('答 1 去儿科看看', '（1 号）')
    await he.says('合并 1 2', '1 号已经答复过了，合并不了')
    await he.says('合并 2 1', '1 号已经答复过了，合并不了')
    await he.says('结束 3', '3 号结束了')
    await he.says('合并 2 3', '3 号已经结束了，合并不了')
    await he.says('答 2 先量体温', '（2 号）')
    expect(outbox.toGroup(otherGroup)).toEqual([expect.stringContaining('先量体温')])
  })
  test('what a maker adds to a merged one is answered on its own', async () => {
    const { he, person, outbox } = await three()
    await he.says('合并 1 2', '2 号并到 1 号')
    await person('xu', '若云', otherGroup).asks('补充：已经发烧了', '补充给何国平指导员了（2 号）')
    await he.says('答 1 去儿科看看', '（1 号）')
    expect(outbox.toGroup(otherGroup)).toEqual([])
  })
  test('a merged one is taken out again, and waits for an answer of its own', async () => {
    const { he, outbox } = await three()
    await he.says('合并 1 2', '2 号并到 1 号')
    await he.says('拆开 2', '2 号拆开了，单独来答')
    await he.says('待答', '2 号')
    await he.says('答 1 去问问社区', '（1 号）')
    expect(outbox.toGroup(otherGroup)).toEqual([])
    await he.says('答 2 去儿科看看', '（2 号）')
    expect(outbox.toGroup(otherGroup)).toEqual([expect.stringContaining('去儿科看看')])
    await he.says('拆开 3', '没有可以拆开的')
  })
  test('only those that are merged and unanswered are taken out, and it is said which', async () => {
    const { he, outbox } = await three()
    await he.says('合并 1 2', '2 号并到 1 号')
    await he.says('拆开 1 2', '好的，2 号拆开了，单独来答。1 号没有动')
    await he.says('合并 1 2', '2 号并到 1 号')
    await he.says('答 1 去儿科看看', '合并进来的 2 号也一起答复')
    const before = outbox.toPerson('he').length
    await he.says('拆开 2', '没有可以拆开的')
    expect(outbox.toPerson('he')).toHaveLength(before)
  })
  test('are closed in bulk', async () => {
    const { he, mei } = await three()
    await he.says('结束 1、3', '1 号、3 号结束了')
    const [waiting] = await he.says('待答', '2 号')
    expect(waiting?.text).not.toMatch(/[13] 号（/u)
    await mei.says('我的咨询', '没有')
  })
  test.each([
    ['合并 1', '请写上要合并的号码'],
    ['合并 1 9', '没有 9 号问题'],
    ['结束 9', '没有 9 号问题'],
  ])('「%s」: %s', async (words, expected) => {
    const { he } = await three()
    await he.says(words, expected)
  })
  test('of others cannot be closed or merged', async () => {
    const { lin } = await three()
    const [reply] = await lin.says('结束 1', '')
    expect(reply?.text).not.toContain('结束了')
  })
})
