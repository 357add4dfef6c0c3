import { expect, test } from 'vitest'
import { faq } from '../../../src/features/faq/index.ts'
import { verbatim } from '../../../src/features/faq/model/rewording.ts'
import { answerer } from '../../shipped-knowledge.ts'
import { openRoom } from './room.ts'

async function openWithQuestions() {
  const handedOver: string[] = []
  const room = await openRoom(undefined, undefined, {
    openBeside: ({ world: { clock }, nearWords }) => [
      faq({
        ...{ answerer, clock, reword: verbatim, asked: async () => {}, whereUnknown: nearWords },
        handOver: async ({ question }) => {
          handedOver.push(question)
          return { kind: 'nobody' }
        },
      }),
    ],
  })
  await room.chen.send(room.chen.message('开课 周末微党课 14:00-15:00 签到码'))
  await room.forward({ minutes: 60 })
  return { ...room, handedOver }
}

test.each([
  ['签三年试用期能多久', '试用期'],
  ['招一个大学生补1500吗', '扩岗补助'],
  ['研发统计迟报要罚多少', '研发统计可以问'],
  ['病假怎么算', '没有可靠的答案'],
  ['双报到怎么弄', '没有可靠的答案'],
  ['惠企平台忘记密码', '没有可靠的答案'],
  ['两个小巨人是一码事不', '小巨人'],
  ['载体现在4200平，够了没', '孵化面积'],
  ['签证被拒还能再签吗', '没有可靠的答案'],
])('while a window is open 「%s」 is a question for the knowledge base', async (text, answer) => {
  const { mei } = await openWithQuestions()
  await mei.asks(text, answer)
})

test('a matter of attendance that the base does not know gets its word, and no person is asked', async () => {
  const { mei, handedOver } = await openWithQuestions()
  await mei.asks('我在电梯里', '人到了发「签到」')
  await mei.asks('怎么没有签到的反应', '签到')
  await mei.asks('上周没来要补学吗', '课后发「补学」')
  expect(handedOver).toEqual([])
})

test.each(['几点', '几点开始', '谁讲', '地点', '在哪', '改时间了吗'])(
  'a question that names nothing is about the lesson of the coming week: %s',
  async text => {
    const { chen, mei, forward } = await openWithQuestions()
    await forward({ hours: 2 })
    await mei.asks(text, '我')
    await chen.send(chen.message('开课 沙龙 明天9:00-10:00 主讲 王老师 地点 二楼'))
    const [reply] = await mei.asks(text, '「沙龙」')
    expect(reply?.text).toContain('主讲 王老师，地点 二楼')
  },
)

test.each(['哪里办', '在哪办理', '什么时候发', '几号截止', '谁办', '去哪领', '网址在哪'])(
  'a question for an act of offices is not about the lesson: %s',
  async text => {
    const { chen, mei } = await openWithQuestions()
    await chen.send(chen.message('开课 沙龙 明天9:00-10:00 主讲 王老师 地点 二楼'))
    const [reply] = await mei.asks(text, '')
    expect(reply?.text).not.toMatch(/沙龙|没看出/u)
  },
)

test('a question that names nothing goes on from the answer before it', async () => {
  const { mei } = await openWithQuestions()
  await mei.asks('高企怎么报', '国科发火〔2016〕32号')
  await mei.asks('要什么材料', '认定申请书')
})
