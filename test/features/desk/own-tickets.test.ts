import { describe, expect, test } from 'vitest'
import { openDeskWorld, unknownQuestion } from './desk-world.ts'

const asks = [
  '我的问题怎么样了',
  '我那个问题几号单',
  '我早上提的问题谁在管',
  '我昨天问的有人回吗',
  '我提的那个问题有没有人理',
  '上次转人工的问题呢',
  '我的单子到哪了',
  '我问的那个事有下文没',
  '何老师回我了没',
  '我上次咨询的，现在谁负责',
  '我的问题解决了吗',
  '工单进度',
]

describe('a maker’s own tickets', () => {
  test('are what such a question is answered from, and it opens none', async () => {
    const { meiAlone, outbox, forward } = await openDeskWorld()
    await meiAlone.says(unknownQuestion, '1 号')
    for (const question of asks) {
      await forward({ minutes: 1 })
      const [reply] = await meiAlone.says(question, '1 号「孩子咳嗽一周了怎么办」')
      expect(reply?.text, question).toContain('转给何国平指导员，还没有答复')
    }
    expect(outbox.toPerson('he')).toHaveLength(1)
  })
  test('where there are none, the answer says so', async () => {
    const { mei, outbox, forward } = await openDeskWorld()
    for (const question of asks) {
      await forward({ minutes: 1 })
      await mei.asks(question, '没有转给指导员、还没结束的问题')
    }
    expect(outbox.posted).toEqual([])
  })
  test('the answer is told again', async () => {
    const { mei, he } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await he.says('答 1 先量体温', '好的')
    await mei.asks('我的问题怎么样了', '何老师今天 14:00 答复：先量体温')
  })
  test('of others are not shown', async () => {
    const { mei, zhang } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await zhang.asks('1 号问题怎么样了', '你没有还没结束的 1 号问题')
  })
  test.each(['撤回提问', '撤回提问 1', '撤回我的问题'])('「%s」 takes it back', async words => {
    const { meiAlone, he, outbox, forward } = await openDeskWorld()
    await meiAlone.says(unknownQuestion, '1 号')
    await meiAlone.says(words, '好的，1 号撤回了，何国平指导员不用再答')
    await he.says('待答', '没有')
    await forward({ hours: 18, minutes: 30 })
    expect(outbox.toPerson('he').at(-1)).toContain('1 号不用答了：小美撤回了')
  })
  test('of several ask which', async () => {
    const { mei } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await mei.asks('阳台上的花怎么浇水', '2 号')
    await mei.says('撤回提问', '要撤回哪个')
    await mei.says('撤回提问 1', '1 号撤回了')
    await mei.says('撤回提问 9', '你没有还在等答复的 9 号问题')
  })
})

describe('a person is meant by', () => {
  test.each(['人工', '真人', '人工服务', '转人工'])('「%s」 alone, also without a mention', async words => {
    const { mei, outbox } = await openDeskWorld()
    await mei.asks('高企怎么报', '依据')
    await mei.says(words, '已转给何国平指导员（1 号）')
    expect(outbox.toPerson('he')[0]).toContain('「高企怎么报」')
  })
  test.each(['我要人工', '能转人工吗', '有真人吗', '找个人来回答'])('「%s」 said to the bot', async words => {
    const { mei } = await openDeskWorld()
    await mei.asks('高企怎么报', '依据')
    await mei.asks(words, '已转给何国平指导员（1 号）')
  })
  test('a maker without an earlier question is asked for it, and the next words are the question', async () => {
    const { mei, meiAlone, outbox } = await openDeskWorld()
    await mei.says('人工', '也可以接着 @ 我把问题发来')
    await mei.says('今天中午吃什么')
    await mei.asks('公司搬到外区，高企要办什么手续', '已转给何国平指导员（1 号）')
    await meiAlone.says('人工', '也可以接着把问题发来')
    await meiAlone.says('公司地址在闽侯，能不能报', '已转给何国平指导员（2 号）')
    expect(outbox.toPerson('he')[0]).toContain('「公司搬到外区，高企要办什么手续」')
  })
  test('no small talk before it is handed on as the question', async () => {
    const { mei, outbox } = await openDeskWorld()
    await mei.asks('哈哈哈哈\n早上好', '你好')
    await mei.asks('好的 收到 谢谢老师', '不客气')
    await mei.says('人工', '也可以接着 @ 我把问题发来')
    expect(outbox.toPerson('he')).toEqual([])
  })
  test('and not by 「人工智能」', async () => {
    const { mei } = await openDeskWorld()
    await mei.says('人工智能企业有什么补贴')
  })
})

describe('a new question is never put to an old ticket', () => {
  test.each([
    '那下次课什么时候',
    '我们公司想报高企要什么条件',
    '还有一次性创业补贴怎么申请',
    '那科小怎么报',
    '我公司注销了社保怎么办',
    '那你是谁',
    '还有周末去哪里钓鱼好',
  ])('「%s」', async question => {
    const { mei } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    const [reply] = await mei.asks(question, '')
    expect(reply?.text).not.toContain('补充给')
    expect(reply?.text).not.toMatch(/已经在.*1 号/u)
  })
  test.each([
    ['高企认定要什么材料', '科小认定要什么材料'],
    ['创业补贴怎么申请', '就业补贴怎么申请'],
    ['2025年高企怎么报', '2026年高企怎么报'],
  ])('「%s」 and 「%s」 are two', async (one, other) => {
    const { mei } = await openDeskWorld()
    await mei.says(`转人工 ${one}`, '1 号')
    await mei.says(`转人工 ${other}`, '已转给何国平指导员（2 号）')
  })
  test.each(['那要什么材料', '还有要多久', '补充：已经发烧了', '我们是三岁的小孩', '具体去哪个科'])(
    '「%s」 belongs to it',
    async words => {
      const { mei } = await openDeskWorld()
      await mei.asks(unknownQuestion, '1 号')
      await mei.asks(words, '补充给何国平指导员了（1 号）')
    },
  )
})

test.each(['你是谁', '你会什么', '机器人你能做什么', '你是真人吗', '谁做的你', '你收费吗'])(
  'a question about the bot, 「%s」, never becomes a ticket',
  async question => {
    const { mei, outbox } = await openDeskWorld()
    await mei.asks(question, '我是创客群的机器人')
    expect(outbox.posted).toEqual([])
  },
)

test.each(['谢谢，转人工', '收到，人工', '好的，请转人工'])('「%s」 asks for a person', async words => {
  const { mei, outbox } = await openDeskWorld()
  await mei.asks(words, '请把要问的一起发给我')
  await mei.asks(unknownQuestion, '1 号')
  expect(outbox.posted).not.toEqual([])
})

test('「谢谢，转人工」 without a mention ends no ticket', async () => {
  const { mei, he } = await openDeskWorld()
  await mei.asks(unknownQuestion, '1 号')
  await he.says('答 1 先去卫生服务中心看一下，别自己吃药', '优空间-林小美')
  await mei.says('谢谢，转人工')
})

test.each(['谢谢，那贷款呢', '明白了谢谢，高企呢'])(
  '「%s」 after an answer asks, and ends no ticket',
  async words => {
    const { mei, he } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await he.says('答 1 先去卫生服务中心看一下，别自己吃药', '优空间-林小美')
    const [reply] = await mei.send(mei.message(words, { mentionsBot: true }))
    expect(reply?.text).not.toMatch(/结束|不客气/u)
  },
)

test.each([
  '谢谢老师，明白了',
  '收到谢谢',
  '谢谢分享',
  '好滴',
  '好嘞',
  '大家晚上好',
  '新年快乐大家',
  '哈哈哈',
  '[捂脸][捂脸]',
  '👍',
  '加油',
  '没有了谢谢',
  '阿里嘎多',
  'okk',
])('「%s」 gets a short human word or silence', async words => {
  const { mei, outbox } = await openDeskWorld()
  const replies = await mei.send(mei.message(words, { mentionsBot: true }))
  for (const { text = '' } of replies) {
    expect([...text].length).toBeLessThan(40)
    expect(text).not.toContain('没有可靠的答案')
    expect(text).not.toContain('12366')
  }
  expect(outbox.posted).toEqual([])
})

describe('「急的话」', () => {
  test('names no office where none fits', async () => {
    const { mei } = await openDeskWorld()
    const [reply] = await mei.asks(unknownQuestion, '1 号')
    expect(reply?.text).not.toMatch(/急的话|12366|12333|科技/u)
  })
})

test('「2通过了吗」 of a maker opens no ticket, and tells what waits and what is told later', async () => {
  const { meiAlone } = await openDeskWorld()
  await meiAlone.says('2通过了吗', '你没有还没结束的 2 号问题。')
  await meiAlone.says(unknownQuestion, '1 号')
  const [reply] = await meiAlone.says('1通过了吗', '还没有答复')
  expect(reply?.text).toContain('问的是身份申请的话，有了结果我会私聊告诉你')
})
