import { expect, test } from 'vitest'
import { type Command, type Feature, inTopic } from '../../../src/feature.ts'
import { help } from '../../../src/features/help/index.ts'
import { createFixedDirectory, createWorld, play } from '../../conversation.ts'

const group = '优空间创客群'
const command = (more: Partial<Command>): Command => ({
  words: ['签到'],
  takes: 'nothing',
  role: 'maker',
  where: 'group',
  help: '签到 —— 上课时报到',
  run: () => undefined,
  ...more,
})

function open(more: readonly Feature[] = []) {
  const lessons: Feature = {
    name: 'lessons',
    commands: [
      ...inTopic('签到', [command({}), command({ words: ['#接龙'], help: '' })]),
      ...inTopic('课程', [
        command({ words: ['开课'], role: 'organizer', help: '开课 —— 开一节课' }),
        command({ words: ['以后改课'], role: 'organizer', help: '' }),
        command({ words: ['签到表'], role: 'organizer', where: 'private', help: '签到表 —— 取表格' }),
      ]),
      ...inTopic('审核', [
        command({ words: ['批准'], role: 'reviewer', where: 'private', help: '批准 —— 同意推送' }),
      ]),
      ...inTopic(
        '多',
        Array.from({ length: 18 }, (_, n) =>
          command({ words: [`词${n}`], role: 'reviewer', where: 'anywhere', help: `词${n} —— 做 ${n}` }),
        ),
      ),
    ],
    help: {
      topic: '答题',
      linesFor: async ({ senderId }) => (senderId === 'he' ? ['答 17 你的话 —— 答复'] : []),
    },
  }
  const directory = createFixedDirectory([group], { org: ['organizer'], many: ['reviewer'] })
  const features: Feature[] = [lessons, ...more]
  features.push(
    help({
      features: () => features,
      directory,
      tip: '问政策：@我，直接打问题',
      tipTopic: '审核',
      explained: ['签到'],
      pages: () => [{ title: '月报', section: '运行', read: ['organizer'] }],
      otherNames: {
        overview: ['指令', '怎么用'],
        topics: [
          [['打卡', '到课'], ['签到']],
          [['排课'], ['课程', '签到']],
        ],
      },
    }),
  )
  return play(createWorld(), directory, features)
}

async function read(words: string, id: string, groupId?: string) {
  const [reply] = await open().person(id, '某人', groupId).says(words, '')
  return reply?.text ?? ''
}

test('a maker reads what a maker can do, by topic, and nothing else', async () => {
  expect(await read('帮助', 'mei', group)).toBe(
    '问政策：@我，直接打问题\n签到：签到\n还有：身份\n发「帮助 签到」看怎么用，换成别的类也行。',
  )
})
test('an organizer and an instructor also read their topics', async () => {
  expect(await read('帮助', 'org', group)).toContain('组织者：课程')
  expect(await read('帮助', 'org', group)).not.toContain('审核人')
  expect(await read('帮助', 'he')).toContain('指导员：答题')
  expect(await read('帮助 答题', 'he')).toBe('答题：\n答 17 你的话 —— 答复')
})
test('a topic lists its commands, and where they can be said', async () => {
  expect(await read('帮助 课程', 'org', group)).toBe('课程：\n开课 —— 开一节课\n签到表 —— 取表格（私聊）')
  expect(await read('帮助 课程', 'org')).toBe('课程：\n开课 —— 开一节课（群里）\n签到表 —— 取表格')
  expect(await read('帮助 审核', 'org')).toContain('没有「审核」这一类')
})
test.each(['帮助签到', '帮助 签到', '菜单 签到', '帮助：签到'])('「%s」', async words => {
  expect(await read(words, 'mei', group)).toBe('签到：\n签到 —— 上课时报到')
})
test('a command finds its topic', async () => {
  expect(await read('帮助 签到表', 'org')).toContain('课程：')
})
test('a topic of many commands has pages of ten lines', async () => {
  const first = await read('帮助 多', 'many')
  expect(first.split('\n')).toHaveLength(10)
  expect(first).toContain('多（1/3）')
  expect(first).toContain('更多：发「帮助 多 2」')
  expect(await read('帮助 多 3', 'many')).toBe('多（3/3）：\n词16 —— 做 16\n词17 —— 做 17')
})
test('in a group, words that are no topic and not said to us are left alone', async () => {
  await open().person('mei', '小美', group).says('帮助 大家看看这个')
  await open().person('mei', '小美', group).asks('帮助 天气', '没有「天气」这一类')
})

test('the name of a topic alone, said to the bot, explains it', async () => {
  expect(await read('课程', 'org')).toBe(await read('帮助 课程', 'org'))
  await open().person('mei', '小美').says('课程')
  await open().person('org', '组织者', group).says('课程')
})

test.each([
  ['帮助 打卡', 'mei', '签到：'],
  ['帮助 怎么打卡', 'mei', '签到：'],
  ['帮助 排课', 'mei', '签到：'],
  ['帮助 排課', 'org', '课程：'],
  ['帮助打卡', 'mei', '签到：'],
  ['帮助 指令', 'mei', '问政策：@我'],
  ['帮助 怎么用啊', 'mei', '问政策：@我'],
])('another name leads to the topic that the person has: 「%s」 of %s', async (words, id, start) => {
  expect((await read(words, id)).startsWith(start)).toBe(true)
})

test('the topic of the tip begins with it', async () => {
  const lines = (await read('帮助 批准', 'many')).split('\n')
  expect(lines).toEqual(['审核：', '问政策：@我，直接打问题', '批准 —— 同意推送'])
})

test('part of a wording explains nothing to a group that did not ask the bot', async () => {
  await open().person('mei', '小美', group).says('帮助 大家打卡')
  await open().person('mei', '小美', group).says('帮助打卡')
  await open().person('mei', '小美').says('帮助大家打卡')
})

test('「撤回」 alone, said to the bot, lists what this person can take back', async () => {
  const undoes: Feature = {
    name: 'undoes',
    commands: inTopic('撤', [
      command({ words: ['撤回提问'], where: 'anywhere', help: '撤回提问 3 —— 不用答了' }),
      command({ words: ['取消课程'], role: 'organizer', where: 'anywhere', help: '取消课程 —— 不上了' }),
    ]),
  }
  const { person } = open([undoes])
  const [told] = await person('mei', '小美').says('撤回', '撤回提问 3 —— 不用答了')
  expect(told?.text).not.toContain('取消课程')
  await person('org', '陈姐').says('撤销。', '取消课程 —— 不上了')
  const mei = person('mei', '小美', group)
  expect(await mei.send(mei.message('撤回'))).toEqual([])
})

test.each(['开课怎么弄', '怎么开课', '请问开课要怎么弄？', '如何开课'])(
  '%s shows how, to who may',
  async asked => {
    const { person } = open()
    await person('org', '陈姐').says(asked, '开课 —— 开一节课（群里）\n别的发「帮助 课程」看。')
    await person('mei', '小美').says(asked)
    await person('org', '陈姐', group).says(asked)
  },
)

test('a question of other words, or with more than words of the bot, is none about a command', async () => {
  const { person } = open()
  for (const asked of [
    '高企怎么申请',
    '开课补贴怎么申请',
    '营业执照怎么开',
    '公司怎么开课税',
    '签到怎么算迟到',
  ])
    await person('org', '陈姐').says(asked)
})

test.each([
  ['签到表怎么导出', '签到表 —— 取表格'],
  ['怎么签到', '签到 —— 上课时报到（群里）'],
  ['以后改课怎么弄', '课程：\n开课 —— 开一节课（群里）'],
  ['课程怎么弄', '课程：\n开课 —— 开一节课（群里）'],
])('%s is understood in other words too', async (asked, line) => {
  const { person } = open()
  const [reply] = await person('org', '陈姐').send(person('org', '陈姐').message(asked))
  expect(reply?.text).toContain(line)
})

test.each(['月报', '月报在哪里看', '月报怎么看', ' 月报 '])(
  '%s of an organizer in private says where the page is',
  async said => {
    const { person } = open()
    await person('org', '陈姐').says(said, '这在控制台里：发「登录」要链接，进去点「运行」→「月报」')
    await person('mei', '小美').says(said)
    await person('org', '陈姐', group).asks(said)
    await person('org', '陈姐').says('月报里的高企数字在哪里看')
  },
)
