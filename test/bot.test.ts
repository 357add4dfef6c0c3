import { describe, expect, test } from 'vitest'
import { apology } from '../src/bot.ts'
import { type Command, type Feature, Refusal } from '../src/feature.ts'
import { restAfter } from '../src/inbound/command-words.ts'
import { passedOn } from '../src/ports/chat.ts'
import { createFixedDirectory, createWorld, play } from './conversation.ts'

const group = '优空间创客群'
const word = (more: Partial<Command>): Command => ({
  words: ['签到'],
  takes: 'nothing',
  role: 'maker',
  where: 'group',
  help: '签到 —— 课上报到',
  run: () => '已签到。',
  ...more,
})

function open(...features: Feature[]) {
  const world = createWorld()
  const played = play(world, createFixedDirectory([group], { org: ['organizer'] }), features)
  return {
    world,
    ...played,
    mei: played.person('mei', '小美', group),
    org: played.person('org', '陈姐', group),
  }
}

describe('what may follow a word', () => {
  test.each([
    ['通过 12', '12'],
    ['通过12', '12'],
    ['通过：１２', '１２'],
    ['通过 #12 好', '#12 好'],
    ['通过', undefined],
    ['通过了', undefined],
    ['通过 这个办法', undefined],
    ['通过2', '2'],
    ['通过２', '２'],
    ['通过第2个', '2'],
    ['通过第二个', '2'],
    ['通过二', '2'],
    ['通过十二号', '12'],
    ['通过，2', '2'],
    ['通过（2）', '2'],
    ['通过2！', '2'],
    ['通过 2👍', '2'],
    ['通过2[OK]', '2'],
    ['通过第3条 金额不对', '3 金额不对'],
    ['通过12 金额不对！', '12 金额不对！'],
    ['通过一下', undefined],
    ['通过一致同意', undefined],
    ['通过！', undefined],
  ])('of a word that takes a number: 「%s」', (text, rest) => {
    expect(restAfter({ words: ['通过'], takes: 'number' }, { text })).toBe(rest)
  })
})

test('of several roles any one will do', async () => {
  const approve: Feature = {
    name: 'approve',
    commands: [word({ words: ['同意'], role: ['organizer', 'reviewer'] })],
  }
  const { org, mei } = open(approve)
  await org.says('同意', '已签到。')
  await mei.says('同意', '只有组织者和审核人能办')
})

describe('in a group the bot speaks only when spoken to', () => {
  const echo: Feature = {
    name: 'echo',
    commands: [word({})],
    listen: async message => `听到：${message.text}`,
  }

  test('a command word is heard without a mention', async () => {
    await open(echo).mei.says('签到', '已签到。')
  })
  test('chatter is not', async () => {
    await open(echo).mei.says('今天签到了吗')
  })
  test('a mention is', async () => {
    await open(echo).mei.asks('今天签到了吗', '听到：今天签到了吗')
  })
  test('a private chat is', async () => {
    await open(echo).person('mei', '小美').says('在吗', '听到：在吗')
  })
  test('an unbound group hears nothing, whatever is said there', async () => {
    const stranger = open(echo).person('mei', '小美', '别的群')
    await stranger.says('签到')
    await stranger.asks('在吗')
  })
  test('an answer that a feature awaits is heard without a mention, and by that feature', async () => {
    const asking: Feature = {
      name: 'asking',
      listen: async message => `选了${message.text}`,
      awaits: ({ text }) => text === '2',
    }
    const { mei } = open(echo, asking)
    await mei.says('2', '选了2')
    await mei.says('3')
  })
  test('but a command may be meant for unbound groups', async () => {
    const bind: Feature = { name: 'bind', commands: [word({ words: ['绑定本群'], inUnboundGroups: true })] }
    await open(bind).person('mei', '小美', '别的群').says('绑定本群', '已签到。')
  })
})

describe('permission, refusals and faults, once for all', () => {
  test('a command for organizers refuses makers', async () => {
    const { mei, org } = open({ name: 'x', commands: [word({ role: 'organizer' })] })
    await mei.says('签到', '只有组织者能办')
    await org.says('签到', '已签到。')
  })
  test('who would be the first organizer is told how', async () => {
    const feature: Feature = { name: 'x', commands: [word({ role: 'organizer' })] }
    const { person } = play(createWorld(), createFixedDirectory([group]), [feature])
    await person('mei', '小美', group).says('签到', '现在还没有组织者')
  })
  test('a command for groups says so in private', async () => {
    await open({ name: 'x', commands: [word({})] })
      .person('mei', '小美')
      .says('签到', '要在群里说')
  })
  test('a refusal is said and not logged', async () => {
    const run: Command['run'] = () => {
      throw new Refusal('现在没有课。')
    }
    const { mei, world } = open({ name: 'x', commands: [word({ run })] })
    await mei.says('签到', '现在没有课。')
    expect(world.log.lines).toEqual([])
  })
  test('a refusal whose cause is a fault is said, and the cause is logged once', async () => {
    const run: Command['run'] = () => {
      throw new Refusal('文件取不到。', { cause: new Error('connection reset') })
    }
    const { mei, world } = open({ name: 'lesson', commands: [word({ run })] })
    await mei.says('签到', '文件取不到。')
    expect(world.log.lines).toEqual([expect.stringMatching(/"feature":"lesson".*connection reset/u)])
  })
  test('a fault is logged once, with the message, and excused', async () => {
    const run: Command['run'] = () => {
      throw new Error('disk on fire')
    }
    const { mei, world } = open({ name: 'lesson', commands: [word({ run })] })
    await mei.says('签到', apology)
    expect(world.log.lines).toHaveLength(1)
    expect(world.log.lines[0]).toContain('disk on fire')
    expect(world.log.lines[0]).toContain('"feature":"lesson"')
  })
})

test('a message that is delivered twice is handled once', async () => {
  let runs = 0
  const { mei, bot } = open({ name: 'x', commands: [word({ run: () => `第${++runs}次` })] })
  const message = mei.message('签到')
  const replies = await Promise.all([bot.answer(message), bot.answer(message)])
  expect(replies.flat().map(({ text }) => text)).toEqual(['第1次'])
  expect(await bot.answer(message)).toEqual([])
})

test('listeners are asked in order until one answers', async () => {
  const asked: string[] = []
  const listener = (name: string, said?: string): Feature => ({
    name,
    listen: async () => {
      asked.push(name)
      return said
    },
  })
  const { mei } = open(listener('a'), listener('b', 'b 答'), listener('c', 'c 答'))
  await mei.asks('问', 'b 答')
  expect(asked).toEqual(['a', 'b'])
})

test.each([
  ['签到', 'nothing', ''],
  [' 签到 ', 'nothing', ''],
  ['签到了吗', 'nothing', undefined],
  ['签到 4827', 'nothing', undefined],
  ['签到 4827', 'text', '4827'],
  ['签到：4827', 'text', '4827'],
  ['签到4827', 'text', undefined],
  ['我要签到', 'text', undefined],
] as const)('%s, taking %s, leaves %s', (text, takes, rest) => {
  expect(restAfter({ words: ['签到'], takes }, { text })).toBe(rest)
})

test('while a long message is read, a message of another conversation is answered', async () => {
  const order: string[] = []
  const reads = (name: string): Feature => ({
    name,
    listen: async ({ text }) => {
      order.push(`${name} ${text.slice(0, 2)}`)
      return undefined
    },
  })
  const { bot, mei, person } = open(...Array.from({ length: 6 }, (_, at) => reads(`第${at}`)))
  await Promise.all([
    bot.answer(mei.message('长'.repeat(20_000), { mentionsBot: true })),
    bot.answer(person('lin', '小林').message('你好')),
  ])
  expect(order.indexOf('第5 你好')).toBeLessThan(order.indexOf('第5 长长'))
})

describe('words that a command took for its own and passes on', () => {
  const guessing = (more: Partial<Command> = {}): Feature => ({
    name: 'guess',
    commands: [word({ words: [], matches: text => (text === '我来不了' ? '' : undefined), ...more })],
  })
  const waiting: Feature = {
    name: 'waiting',
    awaits: ({ text }) => text === '我来不了',
    listen: async message => `等的就是：${message.text}`,
  }
  const asked: Feature = { name: 'asked', takesQuestions: true, listen: async ({ text }) => `问：${text}` }

  test.each([true, false])('reach the feature that waits for them; repeatable: %s', async repeatable => {
    const { mei } = open(guessing({ repeatable, run: () => passedOn }), waiting)
    await mei.says('我来不了', '等的就是：我来不了')
  })
  test.each([true, false])('are a question where the bot is spoken to; repeatable: %s', async repeatable => {
    const { mei } = open(guessing({ repeatable, run: () => passedOn }), asked)
    await mei.asks('我来不了', '问：我来不了')
    await mei.says('我来不了')
  })
  test.each([true, false])(
    'reach the next command that recognizes them; repeatable: %s',
    async repeatable => {
      const passing = guessing({ repeatable, run: () => passedOn })
      const next: Feature = { ...guessing({ repeatable, run: () => '下一个' }), name: 'next' }
      const { mei } = open(passing, { ...passing, name: 'second' }, next, waiting)
      await mei.says('我来不了', '下一个')
    },
  )
  test('are not given to the same command again', async () => {
    let asked = 0
    const run: Command['run'] = () => {
      asked++
      return passedOn
    }
    const both = guessing({ words: ['我来不了'], run })
    await open(both, waiting).mei.says('我来不了', '等的就是：我来不了')
    expect(asked).toBe(1)
  })
  test('go no further where the command did something and says nothing', async () => {
    await open(guessing({ repeatable: true, run: () => undefined }), waiting).mei.says('我来不了')
  })
})
