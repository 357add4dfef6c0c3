import { afterAll, expect, test } from 'vitest'
import { createBot } from '../../src/bot.ts'
import type { Feature, Listener } from '../../src/feature.ts'
import type { Message } from '../../src/ports/chat.ts'
import { ProcessedMessage } from '../../src/processed-messages.ts'
import { createWorld } from '../conversation.ts'
import { openAllFeatures } from './features.ts'

// The day decides which entries are in force, and which pushes come.
const opened = await openAllFeatures(undefined, createWorld().clock)
await opened.people.setUpFirst({
  organizer: { id: 'chenjing', name: '陈静' },
  group: { id: 'youkongjian', name: '优空间创客群' },
})
afterAll(() => opened.platform.store.close())

let answered: string[] = []

/** The feature, which notes its name when its listener answers. */
function noted(feature: Feature): Feature {
  const { listen } = feature
  if (!listen) return feature
  const noting: Listener = message => {
    const note = (answer: Awaited<ReturnType<Listener>>) => {
      if (answer !== undefined) answered.push(feature.name)
      return answer
    }
    const answer = listen(message)
    return answer instanceof Promise ? answer.then(note) : note(answer)
  }
  return { ...feature, listen: noting }
}

const { clock, log, store } = createWorld()
const bot = createBot({
  features: opened.all.map(noted),
  directory: opened.people.directory,
  seen: store.collection('processed', ProcessedMessage),
  clock,
  log,
})

const names = { chenjing: '陈静', linxiaomei: '林小梅' }
let number = 0

/** Sends a private message half an hour after the last. @returns who answered, and the words */
async function said(senderId: keyof typeof names, text: string): Promise<[string, string]> {
  clock.forward({ minutes: 30 })
  answered = []
  const at = clock.now()
  const id = `private-${++number}`
  const message = {
    id,
    senderId,
    senderName: names[senderId],
    text,
    mentionsBot: false,
    sentAt: at,
    receivedAt: at,
  }
  const replies = await bot.answer(message as Message)
  const words = replies.map(reply => reply.text ?? '').join('\n')
  return [words.includes('—— 手册「') ? 'manual' : (answered[0] ?? 'command'), words]
}

/** Questions by the feature that answers an organizer, and by the one that answers a maker. */
const phrases: readonly (readonly [string, string, string])[] = [
  ['attendance', 'attendance', '怎么请假 课在哪里上 我的出勤怎么看 怎么看我的出勤 下次课在哪里 我怎么请假'],
  ['desk', 'desk', '怎么联系指导员 指导员在哪里 我的问题怎么样了'],
  [
    'help',
    'help',
    '怎么报名 怎么补学 怎么签到 政策匹配怎么用 怎么提问 怎么投票 怎么删除我的信息 怎么导出我的信息',
  ],
  ['help', 'help', '怎么取消报名 怎么转人工 怎么签退 怎么查我的咨询 统计怎么看'],
  [
    'help',
    'faq',
    '补签怎么弄 怎么推送 怎么发推送 台账怎么导出 绑定群怎么弄 怎么登录 月报 月报在哪 日历怎么看 设置怎么改',
  ],
  [
    'help',
    'faq',
    '怎么改课 课怎么取消 怎么开课 签到表怎么导出 推送怎么撤回 群怎么解绑 驳回怎么弄 推送怎么改',
  ],
  [
    'manual',
    'faq',
    '怎么上传文件 名单怎么改 怎么改密码 机器人不说话怎么办 答错了怎么改 怎么导入名单 推送发错了怎么办',
  ],
  ['manual', 'faq', '怎么撤回发错的推送 怎么请一位审核人 怎么给没签到的人补签 怎么关掉欢迎新人 怎么加一个群'],
  ['digest', 'faq', '2发了吗 推送2发了没'],
  ['manual', 'faq', '怎么请审核人'],
  ['faq', 'faq', '怎么恢复 怎么认领 审核怎么看 出勤怎么看'],
  ['help', 'faq', '签到怎么看'],
  ['digest', 'desk', '2通过了吗'],
  [
    'faq',
    'faq',
    '公司怎么开 怎么改地址 活动怎么报名 怎么答复 政策在哪里看 我的信息怎么改 撤回怎么弄 通过怎么看',
  ],
  [
    'faq',
    'faq',
    '我的名字怎么改 怎么改我的名字 怎么不收推送 缺勤怎么办 公示在哪里看 投票怎么改 名单怎么导出 怎么看名单',
  ],
  [
    'faq',
    'faq',
    '15号发吗 2025审核了吗 第3批了吗 高企怎么申请 贷款怎么办 社保怎么交 发票怎么开 营业执照怎么改',
  ],
  [
    'faq',
    'faq',
    '员工请假怎么扣工资 员工怎么请假 补贴怎么领 公司怎么注册 公司怎么注销 失业金怎么领 商标怎么注册 结果在哪里看',
  ],
]
const all = phrases.flatMap(([organizer, maker, words]) =>
  words.split(' ').map((phrase): [string, string, string] => [phrase, organizer, maker]),
)

test.each(all)(
  '%s is answered by %s to an organizer and by %s to a maker',
  async (phrase, organizer, maker) => {
    expect(await said('chenjing', phrase)).toEqual([organizer, expect.any(String)])
    expect(await said('linxiaomei', phrase)).toEqual([maker, expect.any(String)])
  },
)

test.each([
  ['怎么导出我的信息', '导出我的信息 ——'],
  ['设置怎么改', '进去点「运行」→「设置」'],
  ['怎么签到', '签到 —— 上课时报到'],
  ['政策匹配怎么用', '测政策 ——'],
])('%s is told with %s', async (phrase, words) => {
  expect((await said('chenjing', phrase))[1]).toContain(words)
})

test.each(['我想', '想问', '请问', '要', '怎么', '我想要怎么', '在哪里', '2通过了吗', '推送', '月报在哪'])(
  'a private message of many times %s is answered at once',
  async piece => {
    for (const times of [26, 400, 20_000]) await said('linxiaomei', piece.repeat(times))
  },
)
