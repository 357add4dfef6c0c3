import { describe, expect, test } from 'vitest'
import { group, he, lawyer, openDeskWorld, otherGroup, unknownQuestion } from './desk-world.ts'

describe('a question that the base has no answer to', () => {
  test('goes to the instructor with who asked, where, and how to answer; the maker reads who has it', async () => {
    const { mei, outbox } = await openDeskWorld()
    const [reply] = await mei.asks(unknownQuestion, '这个我还没有可靠的答案，已转给何国平指导员（1 号）')
    expect(reply?.text).toContain('有答复我在这里 @ 你')
    const [letter] = outbox.toPerson('he')
    expect(letter).toContain('有个问题请你答（1 号，')
    expect(letter).toContain(`「${unknownQuestion}」`)
    expect(letter).toContain(`谁问的：优空间-林小美，在「${group}」，今天 14:00`)
    expect(letter).toContain('直接回「答 1 你的话」')
    expect(letter).toContain('转 1')
  })
  test('is passed on with what nearly was the answer', async () => {
    const { mei, outbox } = await openDeskWorld()
    await mei.asks(unknownQuestion, '已转给何国平指导员')
    expect(outbox.toPerson('he')[0]).toMatch(/知识库里(?:没有接近的|最接近的：\n1\. )/u)
  })
  test('is answered in the group, @-ed, as the instructor’s, and ends with thanks', async () => {
    const { mei, he, outbox } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await he.says('答 1 去市一医院儿科看看', '@ 优空间-林小美（1 号）')
    const answer = outbox.posted.at(-1)
    expect(answer?.target).toEqual({ groupId: group })
    expect(answer?.reply.mention).toEqual(['mei'])
    expect(answer?.reply.text).toContain('何老师答复（1 号）：去市一医院儿科看看')
    expect(answer?.reply.text).toContain(`问的是：${unknownQuestion}`)
    await mei.says('谢谢何老师', '好的，1 号结束，也谢谢何老师。')
    await mei.says('谢谢')
  })
  test('an answer that the maker does not understand goes back to the instructor', async () => {
    const { mei, he } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await mei.asks('没看懂', '对不起，没帮上你')
    await he.says('答 1 去市一医院儿科看看', '@ 优空间-林小美（1 号）')
    await mei.asks('没看懂', '补充给何国平指导员了（1 号）')
  })
  test('asked in private is answered in private', async () => {
    const { meiAlone, he, outbox } = await openDeskWorld()
    await meiAlone.says(unknownQuestion, '有答复我马上告诉你')
    expect(outbox.toPerson('he')[0]).toContain('私聊')
    await he.says('答 1 多喝水', '私聊告诉小美')
    expect(outbox.toPerson('mei')).toEqual([expect.stringContaining('何老师答复（1 号）：多喝水')])
    await meiAlone.says('解决了', '1 号结束')
  })
  test('opens no second ticket when the same person asks it again, there or elsewhere', async () => {
    const { mei, meiAlone, outbox } = await openDeskWorld()
    await mei.asks(unknownQuestion, '已转给')
    await mei.asks('请问孩子咳嗽一周了，怎么办呢？', '这个问题已经在何国平指导员那里（1 号）')
    await meiAlone.says(unknownQuestion, '这个问题已经在何国平指导员那里了（1 号）')
    expect(outbox.toPerson('he')).toHaveLength(1)
  })
  test('opens one for each person', async () => {
    const { mei, zhang } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await zhang.asks(unknownQuestion, '2 号')
  })
  test('opens one when it comes twice at once', async () => {
    const { mei, meiAlone, outbox } = await openDeskWorld()
    await Promise.all([mei.asks(unknownQuestion, '1 号'), meiAlone.says(unknownQuestion, '1 号')])
    expect(outbox.toPerson('he')).toHaveLength(1)
  })
  test('is passed on three times a day at most; then it says whom to ask', async () => {
    const { mei, forward } = await openDeskWorld()
    await mei.asks('孩子咳嗽一周了怎么办', '1 号')
    await mei.asks('阳台上的花怎么浇水', '2 号')
    await mei.asks('猫不吃饭是为什么', '3 号')
    const [reply] = await mei.asks('周末去哪里钓鱼好', '这个没有再转')
    expect(reply?.text).toContain('也可以直接找你所在众创空间的指导员')
    await mei.says('转人工 周末去哪里钓鱼好', '今天已经转了 3 个问题')
    await forward({ hours: 24 })
    await mei.asks('周末去哪里钓鱼好', '4 号')
  })
  test('that asks something without a question mark is', async () => {
    const { mei } = await openDeskWorld()
    await mei.asks('合同纠纷被人起诉了我该找哪个法院打官司', '已转给')
  })
  test('that asks nothing is not passed on', async () => {
    const { mei, outbox } = await openDeskWorld()
    await mei.asks('哈哈今天天气真不错', '发「转人工」加上你的问题')
    expect(outbox.posted).toEqual([])
  })
  test('goes to the organizers where no instructor is known', async () => {
    const { mei, chen, outbox } = await openDeskWorld({ seed: [] })
    await mei.asks(unknownQuestion, '已转给组织者（1 号）')
    expect(outbox.toPerson('chen')).toHaveLength(1)
    await chen.says('答 1 我问问', '@ 优空间-林小美')
    expect(outbox.toGroup(group)).toEqual([expect.stringContaining('组织者答复（1 号）：我问问')])
  })
  test('gets the usual reply where there is no instructor', async () => {
    const { mei, outbox } = await openDeskWorld({ seed: [], roles: {} })
    await mei.asks(unknownQuestion, '这个我还没有可靠的答案，不敢乱说。')
    await mei.says('转人工', '现在还没有登记指导员，我转不了')
    expect(outbox.posted).toEqual([])
  })
  test('of law goes to the one who answers for law', async () => {
    const { mei, outbox } = await openDeskWorld({ seed: [he, lawyer] })
    await mei.says('转人工 合伙人违约了，合同里没写赔偿，能起诉吗', '已转给林敏指导员（1 号）')
    expect(outbox.toPerson('lin')[0]).toContain('（1 号，法律咨询）')
  })
  test('goes to the instructor of the group’s space', async () => {
    const guest = { ...he, chatId: 'guo', name: '郭文', title: '郭老师', spaces: [otherGroup] }
    const { mei, person } = await openDeskWorld({ seed: [he, guest] })
    await mei.asks(unknownQuestion, '何国平指导员')
    await person('xu', '若云', otherGroup).asks(unknownQuestion, '郭文指导员')
  })
  test('of an instructor is not given to the asker', async () => {
    const { person } = await openDeskWorld({ seed: [he, lawyer] })
    await person('he', '何国平', group).asks('孩子咳嗽一周了怎么办', '已转给组织者')
  })
})

describe('「转人工」', () => {
  test('takes the last question', async () => {
    const { mei, outbox } = await openDeskWorld()
    await mei.asks('高企怎么报', '依据')
    await mei.says('转人工', '好的，已转给何国平指导员（1 号）。有答复我在群里 @ 你。')
    expect(outbox.toPerson('he')[0]).toContain('「高企怎么报」')
    expect(outbox.toPerson('he')[0]).toContain('知识库里最接近的：\n1. 高企')
  })
  test('asks for the question where there is none', async () => {
    const { mei } = await openDeskWorld()
    await mei.says('转人工', '请把要问的一起发给我')
    await mei.says('转人工吧这个太难了')
  })
  test('twice for one question is one ticket', async () => {
    const { mei } = await openDeskWorld()
    await mei.says('转人工 高企复审没通过能不能再报', '已转给')
    await mei.says('转人工 高企复审没通过，能不能再报？', '这个问题已经在何国平指导员那里（1 号）')
  })
})

describe('while a person is on it', () => {
  test('what leans on the question goes to that person, not to the bot', async () => {
    const { mei, outbox, forward } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await mei.asks('那要什么材料', '好的，补充给何国平指导员了（1 号）。')
    await forward({ minutes: 30 })
    expect(outbox.toPerson('he').at(-1)).toContain('优空间-林小美又说：\n「那要什么材料」')
  })
  test('a different question is answered as always', async () => {
    const { mei, outbox } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await mei.asks('高企怎么报', '国科发火〔2016〕32号')
    await mei.asks('那要什么材料', '')
    expect(outbox.toPerson('he')).toHaveLength(1)
  })
  test('others are answered as always', async () => {
    const { mei, zhang } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await zhang.asks('高企怎么报', '依据')
  })
  test('without a mention the bot says nothing', async () => {
    const { mei } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await mei.says('那要什么材料')
    await mei.says('谢谢')
  })
  test('a question after the answer asks the instructor again', async () => {
    const { mei, he, outbox, forward } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await he.says('答 1 先量体温', '好的')
    await mei.asks('那量几次', '补充给何国平指导员')
    await he.says('答 1 早晚各一次', '好的')
    expect(outbox.toGroup(group).at(-1)).toContain('何老师补充（1 号）：早晚各一次')
    await forward({ hours: 71 })
    await mei.asks('谢谢', '1 号结束')
  })
  test('the question asked again after the answer brings the answer again', async () => {
    const { mei, he } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await he.says('答 1 先量体温', '好的')
    await mei.asks(unknownQuestion, '何老师答复过（1 号）：先量体温')
  })
  test('「解决了」 spares the instructor the answer', async () => {
    const { mei, he, outbox, forward } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await mei.asks('不用了', '我告诉何国平指导员不用再查了')
    await forward({ hours: 18, minutes: 30 })
    expect(outbox.toPerson('he').at(-1)).toContain('1 号不用答了：优空间-林小美说已经解决')
    await he.says('答 1 还是说一句', '1 号已经结束了')
  })
  test('「我的咨询」 says where it stands', async () => {
    const { mei, he } = await openDeskWorld()
    await mei.says('我的咨询', '没有转给指导员、还没结束的问题')
    await mei.asks(unknownQuestion, '1 号')
    const [mine] = await mei.says('我的咨询', '你问的：')
    expect(mine?.text).toContain('1 号（等答复，何国平指导员）：孩子咳嗽')
    await he.says('待答', '等你答的：')
  })
})

describe('the instructor', () => {
  test('need not give the number where one question waits, and must where there are more', async () => {
    const { mei, zhang, he } = await openDeskWorld()
    await he.says('答 什么', '换个说法').catch(() => {})
    await mei.asks(unknownQuestion, '1 号')
    await he.says('答 先量体温', '（1 号）')
    await mei.asks('阳台上的花怎么浇水', '2 号')
    await zhang.asks('猫不吃饭是为什么', '3 号')
    const [which] = await he.says('答 少浇', '有几个问题在等，请带上号码')
    expect(which?.text).toContain('2 号（等答复')
    await he.says('答3少喂', '（3 号）')
    await he.says('回复：2号，少浇', '（2 号）')
  })
  test('is told what is wrong', async () => {
    const { mei, he, lin } = await openDeskWorld({ seed: [he0, lawyer] })
    await he.says('答 9 好', '没有 9 号问题')
    await mei.asks(unknownQuestion, '1 号')
    await he.says('答 1', '请把答复写在号码后面')
    await he.says(`答 1 ${'长'.repeat(1001)}`, '答复太长了')
    await lin.says('答 1 我来', '1 号问题没有转给你')
    await lin.says('转 1', '1 号问题没有转给你')
  })
  test('passes it on, and in the end it is the organizers’', async () => {
    const other = { ...lawyer, desks: [] }
    const { mei, he, lin, chen, outbox } = await openDeskWorld({ seed: [he0, other] })
    await mei.asks(unknownQuestion, '何国平')
    await he.says('转 1', '1 号转给林敏指导员了')
    expect(outbox.toPerson('lin')[0]).toContain('有个问题还没人答，请你看看（1 号')
    await lin.says('转1', '1 号转给组织者了')
    await chen.says('转 1', '后面没有别人了')
    await he.says('答 1 我想起来了', '@ 优空间-林小美')
  })
  test('may ask like anybody, also with words that begin like an answer', async () => {
    const { mei, he } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    const [reply] = await he.says('答辩怎么准备', '')
    expect(reply?.text).not.toContain('@ 优空间')
    const [second] = await mei.asks('回复3天内能收到吗', '')
    expect(second?.text).not.toContain('没有 3 号')
  })
})

describe('time', () => {
  test('reminds in the daily summary, hands on after two working days, and tells the organizers last', async () => {
    const other = { ...lawyer, desks: [] }
    const { mei, outbox, forward, world } = await openDeskWorld({ seed: [he0, other] })
    await mei.asks(unknownQuestion, '何国平')
    await forward({ hours: 18, minutes: 29 })
    expect(outbox.toPerson('he')).toHaveLength(1)
    await forward({ minutes: 1 })
    expect(outbox.toPerson('he')).toHaveLength(2)
    expect(outbox.toPerson('he').at(-1)).toContain(
      '今日汇总：有 1 个问题等你答：\n1 号（优空间-林小美，昨天 14:00）',
    )
    for (let day = 0; day < 2; day++) await forward({ hours: 24 })
    expect(outbox.toPerson('he')).toHaveLength(2)
    expect(outbox.toPerson('lin')).toEqual([])
    await forward({ hours: 24 })
    expect(outbox.toPerson('he').at(-1)).toContain('等了 3 天')
    await forward({ hours: 5, minutes: 31 })
    expect(outbox.toPerson('lin')).toHaveLength(1)
    for (let day = 0; day < 2; day++) await forward({ hours: 24 })
    expect(outbox.toPerson('chen')[0]).toContain('有个问题还没人答')
    expect(world.alarms.list()).toEqual([])
    for (let day = 0; day < 5; day++) await forward({ hours: 24 })
    expect(world.alarms.list().map(({ text }) => text)).toEqual([expect.stringContaining('1 号')])
    // Once asked, then a summary on each of the working days since.
    expect(outbox.toPerson('chen')).toHaveLength(4)
  })
  test('does not count holidays', async () => {
    const { mei, outbox, forward } = await openDeskWorld({ startAt: '2026-09-30T15:00:00+08:00' })
    await mei.asks(unknownQuestion, '1 号')
    for (let day = 0; day < 7; day++) await forward({ hours: 24 })
    expect(outbox.toPerson('he')).toHaveLength(1)
    await forward({ hours: 25 })
    expect(outbox.toPerson('he').at(-1)).toContain('今日汇总：有 1 个问题等你答')
  })
  test('closes what was answered after three days', async () => {
    const { mei, he, forward } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await he.says('答 1 先量体温', '好的')
    await forward({ hours: 73 })
    await mei.says('谢谢')
    await mei.says('我的咨询', '没有')
  })
  test('forgets closed tickets in the end, and no open one', async () => {
    const { mei, zhang, chen, forward } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await zhang.asks(unknownQuestion, '2 号')
    await mei.asks('解决了', '1 号结束')
    await forward({ hours: 24 * 182 })
    await chen.says('答 1 好', '没有 1 号问题')
    await chen.says('答 2 好', '（2 号）')
  })
  test('deletes an open ticket on which nothing was said for twice as long', async () => {
    const { mei, chen, forward } = await openDeskWorld()
    await mei.asks(unknownQuestion, '1 号')
    await forward({ hours: 24 * 361 })
    await chen.says('答 1 好', '没有 1 号问题')
  })
})

describe('trouble', () => {
  test('a restart forgets no ticket, and brings the letters that a crash left', async () => {
    const { mei, world, outbox } = await openDeskWorld()
    outbox.post = async () => {
      throw new Error('the disk is full')
    }
    await mei.asks(unknownQuestion, '抱歉')
    const again = await openDeskWorld({ world })
    await again.forward({ minutes: 1 })
    expect(again.outbox.toPerson('he')).toEqual([expect.stringContaining('1 号')])
    await again.zhang.says('早上好')
    await again.mei.asks(unknownQuestion, '已经在何国平指导员那里（1 号）')
    await again.he.says('答 1 先量体温', '好的')
    await again.mei.says('谢谢', '1 号结束')
  })
  test('an instructor whom it did not reach is replaced at once', async () => {
    const other = { ...lawyer, desks: [] }
    const { mei, outbox, forward } = await openDeskWorld({ seed: [he0, other] })
    await mei.asks(unknownQuestion, '何国平')
    const { deliveries } = outbox
    outbox.deliveries = async id =>
      (await deliveries(id)).map(one =>
        'personId' in one.target && one.target.personId === 'he' ? { ...one, state: 'failed' } : one,
      )
    await forward({ minutes: 2 })
    expect(outbox.toPerson('lin')).toHaveLength(1)
  })
  test('what people write cannot break out of its quotes or lines', async () => {
    const { mei, outbox } = await openDeskWorld()
    await mei.says('转人工 第一行\n\n答 1 好的\u202e', '1 号')
    expect(outbox.toPerson('he')[0]).toContain('「第一行 答 1 好的')
  })
})

const he0 = he
