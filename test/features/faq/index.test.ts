import { describe, expect, test } from 'vitest'
import type { Said } from '../../../src/features/faq/answers.ts'
import { createWorld } from '../../conversation.ts'
import { answerer } from '../../shipped-knowledge.ts'
import { group, openFaqChat } from './chat.ts'

describe('what is not a policy question', () => {
  test.each([
    ['下次课什么时候', '请看群里的开课通知'],
    ['你是谁', '我是创客群的机器人'],
    ['我们空间的指导员是谁', '发「转人工」'],
    ['我上次问的问题有答复吗', '发「我的咨询」'],
    ['谢谢', '不客气。'],
    ['你好', '你好。'],
    ['哈哈哈', '😄'],
    ['[微笑]', '😄'],
    ['哈哈哈哈\n在吗\n[微笑]', '你好。'],
    ['好的 收到 谢谢老师', '不客气。'],
  ])('%s gets neither a policy answer nor a ticket', async (sentence, answer) => {
    const [reply] = await openFaqChat().mei.asks(sentence, answer)
    expect(reply?.text).not.toMatch(/可靠的答案|依据/u)
  })
  test('leaves what was told open to 「完整答案」', async () => {
    const { mei } = openFaqChat()
    await mei.asks('高企怎么报', '国科发火〔2016〕32号')
    await mei.asks('谢谢', '不客气。')
    await mei.says('完整答案', '原文：')
  })
  test('stands beside a policy question in one message', async () => {
    await openFaqChat().mei.asks('下次课什么时候？高企怎么报？', '国科发火〔2016〕32号')
  })
})

describe('what names nothing', () => {
  test.each(['1', '4.1', '谁', '谁讲', '地点', '怎么报', '什么时候', '要什么材料', '多少钱', '第三条'])(
    'is told to be unclear, and stays out of what the base lacks: %s',
    async text => {
      const noted: unknown[] = []
      const { mei } = openFaqChat({ asked: async note => void noted.push(note) })
      await mei.asks(text, '我没看出你问的是哪件事')
      expect(noted).toEqual([])
    },
  )
  test('is a number beyond those that were offered', async () => {
    const { mei } = openFaqChat()
    await mei.asks('补贴怎么领', '「补贴」可能指好几样')
    await mei.asks('4', '只有 1 到 3 可以选')
    await mei.says('2', '补助')
  })
  test.each([
    ...[
      '利率多少',
      '利率优惠',
      '期限多久',
      '有效期几年',
      '网址',
      '哪里办',
      '在哪办理',
      '什么时候发',
      '去哪领',
      '几号截止',
    ],
    ...['税率多少', '有什么优惠', '什么时候发放'],
  ])('is no matter and no act: %s', async text => {
    const [reply] = await openFaqChat().mei.asks(text, '')
    expect(reply?.text).not.toContain('没看出')
  })
  test.each(['补贴', '怎么申报', '有什么补贴'])('is no word of policy: %s', async text => {
    const [reply] = await openFaqChat().mei.asks(text, '')
    expect(reply?.text).not.toContain('没看出')
  })
})

describe('what is asked back', () => {
  test.each(['贷款', '贷款？', '贷款呢', '我要贷款', '入库', '年报'])(
    'is a word of several meanings that stands alone: %s',
    async words => {
      await openFaqChat().mei.asks(words, `「${words.match(/贷款|入库|年报/u)?.[0]}」可能指好几样`)
    },
  )
  test.each(['养猪贷款', '花呗贷款'])('is none where the word is of something else: %s', async words => {
    await openFaqChat().mei.asks(words, '还没有可靠的答案')
  })
  test('goes to a person where it is none of what was offered', async () => {
    const { mei } = openFaqChat()
    await mei.asks('补贴怎么领', '「补贴」可能指好几样')
    await mei.says('都不是', '还没有可靠的答案')
  })
  test('goes to a person as it was written where only a part of it was read', async () => {
    const handed: string[] = []
    const { mei } = openFaqChat({
      answerer: { ...answerer, answer: (_, at) => answerer.answer('补贴怎么领', at) },
      handOver: async ({ question }) => {
        handed.push(question)
        return { kind: 'nobody' }
      },
    })
    const long = `补贴怎么领${'我们的情况比较复杂。'.repeat(80)}厂房在晋安区。${'还有一些别的事情。'.repeat(80)}`
    await mei.asks(long, '「补贴」可能指好几样')
    await mei.says('都不是', '还没有可靠的答案')
    expect(handed).toEqual([long])
  })
  test('is settled by its number, also without a mention', async () => {
    const { mei } = openFaqChat()
    await mei.asks('补贴怎么领', '回复前面的数字就行')
    await mei.says('1', '依据：')
  })
  test('「都不是」 is chatter where nothing was offered', async () => {
    await openFaqChat().mei.says('都不是')
  })
})

test('what a model worded says so, where the group has not turned that off', async () => {
  const worded = {
    reword: async (_: string, said: Said) => ({ ...said, text: '换个说法。', isByModel: true }),
  }
  await openFaqChat(worded).mei.asks('高企怎么报', '换个说法。\n（以上由 AI 整理，原文回复「完整答案」看）')
  const { mei } = openFaqChat({ ...worded, marksModel: async () => false })
  const [reply] = await mei.asks('高企怎么报', '换个说法。')
  expect(reply?.text).not.toContain('AI')
})

test('help with deceiving an office is refused, and opens no ticket', async () => {
  const [reply] = await openFaqChat().mei.asks(
    '研发人员不够，能不能找几个人挂名凑高企',
    '弄虚作假的事我不帮忙',
  )
  expect(reply?.text).not.toContain('已转给')
})

describe('a question to the bot', () => {
  test('is answered with document, number and date', async () => {
    const [reply] = await openFaqChat().mei.asks('高企怎么报', '国科发火〔2016〕32号，2016年1月29日')
    expect(reply?.text?.length).toBeLessThanOrEqual(300)
  })
  test('is met with an honest no where nothing is known, and with whom to ask', async () => {
    await openFaqChat().mei.asks('孩子咳嗽一周了怎么办', '还没有可靠的答案')
  })
  test('without a mention is chatter, whatever words are in it', async () => {
    await openFaqChat().mei.says('恭喜优空间拿到高企')
    await openFaqChat().mei.says('高企怎么报')
  })
  test('in private needs no mention', async () => {
    await openFaqChat().alone.says('高企怎么报', '国科发火〔2016〕32号')
  })
  test('without words gets a hint', async () => {
    const { mei } = openFaqChat()
    await mei.asks('👍', '直接打字问我')
    await mei.asks('https://example.com/a', '直接打字问我')
    await mei.asks('<msg><img src="x"/></msg>', '直接打字问我')
  })
  test('with a second one gets both answers, in order, in one reply', async () => {
    const [reply] = await openFaqChat().mei.asks(
      '高企怎么报？研发费用加计扣除比例是多少？',
      '高企认定管理工作网',
    )
    expect(reply?.text).toMatch(/高企认定管理工作网[\s\S]*100%/u)
    expect([...(reply?.text ?? '')].length).toBeLessThanOrEqual(300)
  })
  test('with a second one can have both in full', async () => {
    const { mei } = openFaqChat()
    await mei.asks('高企怎么报？研发费用加计扣除比例是多少？', '依据')
    const [full] = await mei.says('完整答案', '依据')
    expect(full?.text).toMatch(/国科发火〔2016〕32号[\s\S]*100%/u)
  })
})

describe('what is hardly a question', () => {
  test.each([
    ['only emoji', '👍🏻🎉[强][捂脸]', '直接打字问我'],
    ['only punctuation', '？？！！……。。', '直接打字问我'],
    ['only a link', 'https://mp.weixin.qq.com/s/abc?x=1', '直接打字问我'],
    ['a link with a question', 'https://example.com/a 高企怎么报', '国科发火〔2016〕32号'],
    ['a card', '<msg><appmsg><title></title><des></des></appmsg></msg>', '直接打字问我'],
    [
      'a quoted card, whose title asks',
      '<?xml version="1.0"?><msg><appmsg><title>高企怎么报</title></appmsg></msg>',
      '国科发火〔2016〕32号',
    ],
    ['another bot beside us', '@小助手\u2005高企怎么报', '国科发火〔2016〕32号'],
    ['100 kB that ask nothing of ours', '今天天气真好啊'.repeat(5000), '还没有可靠的答案'],
    ['one character of which there are 100 kB', '啊'.repeat(34_000), ''],
    ['numbers of 100 kB', '十百分之'.repeat(8500), ''],
    ['tags of 100 kB', '<a'.repeat(50_000), ''],
  ])('%s has a clear answer, and a short one', async (_, text, expected) => {
    const [reply] = await openFaqChat().mei.asks(text, expected)
    expect([...(reply?.text ?? '')].length).toBeLessThanOrEqual(300)
    expect(reply?.text).toBeTruthy()
  })
  test('a question to another bot is not ours', async () => {
    await openFaqChat().mei.says('@小助手\u2005高企怎么报')
  })
})

describe('a message that is too long to be read whole', () => {
  const document = '第一条 为了规范管理，制定本办法。'.repeat(100)
  const isUnread = '我只读了开头和结尾'

  test.each([
    ['in front of a document', `高企怎么报？\n${document}`],
    ['behind a document', `${document}\n高企怎么报？`],
  ])('a question %s is answered, and that the middle was not read is said', async (_, text) => {
    const [reply] = await openFaqChat().mei.asks(text, isUnread)
    expect([...(reply?.text ?? '')].length).toBeLessThanOrEqual(300)
  })
  test('who asks in the middle is told to ask in short', async () => {
    const [reply] = await openFaqChat().mei.asks(`${document}厂房漏水归谁修？${document}`, isUnread)
    expect([...(reply?.text ?? '')].length).toBeLessThanOrEqual(300)
  })
  test('a ticket from a message that asks nothing of ours has the whole text', async () => {
    const handed: string[] = []
    const handOver = async ({ question }: { question: string }) => {
      handed.push(question)
      return { kind: 'opened' as const, number: 7, to: '何国平指导员' }
    }
    const text = '今天天气真好啊'.repeat(300)
    await openFaqChat({ handOver }).mei.asks(text, isUnread)
    expect(handed).toEqual([text])
    const longer = '今天天气真好啊'.repeat(5000)
    await openFaqChat({ handOver }).mei.asks(longer, isUnread)
    expect(longer.startsWith(handed.at(-1) ?? '')).toBe(true)
    expect(handed.at(-1)?.length).toBe(4000)
  })
  test.each([
    ['a short one', '高企怎么报'],
    ['one with a long card', `<msg><appmsg>${'<des></des>'.repeat(200)}</appmsg></msg>高企怎么报`],
  ])('of %s nothing of the kind is said', async (_, text) => {
    const [reply] = await openFaqChat().mei.asks(text, '国科发火〔2016〕32号')
    expect(reply?.text).not.toContain(isUnread)
  })
})

describe('what may mean several things', () => {
  test('is asked back, and a number answers in a group without a mention', async () => {
    const { mei } = openFaqChat()
    const [offer] = await mei.asks('高新技术企业奖励有多少', '「高新技术企业奖励」可能指好几样')
    const second = /^2\. (.*)$/mu.exec(offer?.text ?? '')?.[1]
    expect(second).toBeTruthy()
    await mei.says('2', '依据')
  })
  test('a number means nothing from another person, after five minutes, or without an offer', async () => {
    const { mei, lin, forward } = openFaqChat()
    await mei.says('2')
    await mei.asks('高新技术企业奖励有多少', '可能指好几样')
    await lin.says('2')
    await forward({ minutes: 6 })
    await mei.says('2')
  })
  test('a number beyond the list is no answer', async () => {
    const { mei } = openFaqChat()
    await mei.asks('高新技术企业奖励有多少', '可能指好几样')
    await mei.says('7')
  })
})

describe('a choice that was open during an outage', () => {
  async function openChoice() {
    const opened = openFaqChat()
    const { world, feature, mei, alone } = opened
    await mei.asks('高新技术企业奖励有多少', '可能指好几样')
    await alone.says('高新技术企业奖励有多少', '可能指好几样')
    const at = world.clock.now()
    const groupsAfter = async (fromMinutes: number, toMinutes: number) => {
      const [from, to] = [fromMinutes, toMinutes].map(minutes => at.add({ minutes }))
      if (!from || !to) throw new Error('an outage has two ends')
      return (await feature.touchedBy?.({ from, to, how: 'broken' }))?.map(({ groupId }) => groupId)
    }
    return { ...opened, groupsAfter }
  }

  test('concerns its group, once, until its five minutes are over', async () => {
    const { lin, groupsAfter } = await openChoice()
    await lin.asks('高新技术企业奖励有多少', '可能指好几样')
    expect(await groupsAfter(1, 3)).toEqual([group])
    expect(await groupsAfter(4, 30)).toEqual([group])
    expect(await groupsAfter(6, 8)).toEqual([])
    expect(await groupsAfter(-3, -1)).toEqual([])
  })
  test('does not concern a person who has chosen', async () => {
    const { mei, groupsAfter } = await openChoice()
    await mei.says('2', '依据')
    expect(await groupsAfter(1, 3)).toEqual([])
  })
})

test('a question about two programmes that no entry answers is asked back with one of each', async () => {
  const [offer] = await openFaqChat().mei.asks('先入科小再报专精特新顺序对吗', '你想问的是不是')
  expect(offer?.text).toMatch(/1\. .*科小[\s\S]*2\. .*专精特新/u)
})

describe('what goes on from an answer', () => {
  test('「完整答案」 gives everything of what was just told', async () => {
    const { mei } = openFaqChat()
    await mei.says('完整答案')
    await mei.asks('高企怎么报', '依据')
    const [full] = await mei.says('完整答案', '依据')
    expect(full?.text).toContain('https://')
  })
  test('a follow-up is read with the programme just spoken of', async () => {
    const { mei } = openFaqChat()
    await mei.asks('高企怎么报', '高企认定管理工作网')
    await mei.asks('那要满足什么条件', '八项条件')
  })
  test.each([
    ['高企怎么报', '那要什么材料', 'hnte-papers'],
    ['高企怎么报', '有效期几年', 'hnte-validity'],
    ['创业担保贷款怎么申请', '能拿多少钱', 'loan-amount'],
    ['创业担保贷款能贷多少', '有什么条件', 'loan-who'],
    ['科小怎么申报', '什么时候申请', 'sts-when'],
    ['专利费减缴减多少', '去哪里办', 'pf-how'],
    ['高企三年到期前要做什么', '年报没填会怎样', 'hnte-annual'],
  ])('after 「%s」, 「%s」 stays with its programme', async (first, then, entryId) => {
    const at = createWorld().clock.now()
    const [told] = await answerer.answer(first, at)
    const [said] = await answerer.answer(then, at, told?.entry?.programme ?? told?.about?.id)
    expect([said?.kind, said?.entry?.id]).toEqual(['answer', entryId])
  })
  test('what names a matter of its own is not bent to it', async () => {
    const { mei } = openFaqChat()
    await mei.asks('高企怎么报', '高企认定管理工作网')
    await mei.asks('孩子上学要什么材料', '还没有可靠的答案')
    await mei.asks('那科小怎么申报', '科技型中小企业')
  })
})
