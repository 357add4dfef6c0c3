import { expect, test } from 'vitest'
import type { Feature } from '../../src/feature.ts'
import { createFixedDirectory, createWorld, play } from '../conversation.ts'

const group = '优空间创客群'
const approving: Feature = {
  name: 'approving',
  commands: [
    {
      words: ['通过', '确认推送'],
      takes: 'number',
      role: 'organizer',
      where: 'private',
      help: '通过 12 —— 同意发',
      run: (_, rest) => `通过了 ${rest}。`,
    },
    {
      words: ['关联'],
      takes: 'number',
      lacking: '「关联」后面请写那边收到的六位关联码。',
      role: 'maker',
      where: 'anywhere',
      help: '',
      run: (_, rest) => `关联了 ${rest}。`,
    },
  ],
}
const asking: Feature = {
  name: 'asking',
  takesQuestions: true,
  listen: async message => `问：${message.text}`,
}

function open() {
  const directory = createFixedDirectory([group], { org: ['organizer'] })
  const { person } = play(createWorld(), directory, [approving, asking])
  return { person, org: person('org', '陈姐') }
}

test.each(['通过', '通过！', ' 确认推送 👍'])('「%s」 without a number is no question', async words => {
  const { org } = open()
  const [reply] = await org.says(words, '后面请写编号')
  expect(reply?.text).not.toContain('通过了')
  await org.says('通过 3', '通过了 3。')
})

test('of others, and among other words, it is what it was', async () => {
  const { org, person } = open()
  await person('mei', '小美').says('通过', '问：通过')
  await org.says('通过了吗', '问：通过了吗')
  await person('org', '陈姐', group).says('通过')
})

test('in a group it is asked for where its command is taken', async () => {
  const { person } = open()
  const [chen, mei] = [person('org', '陈姐', group), person('mei', '小美', group)]
  await chen.asks('通过', '这件事请私聊我')
  await mei.asks('通过', '问：通过')
  await mei.asks('关联', '六位关联码')
})

test('a command that takes no number of a list says what it lacks', async () => {
  const { person } = open()
  const [reply] = await person('mei', '小美').says('关联', '六位关联码')
  expect(reply?.text).not.toContain('12')
})
