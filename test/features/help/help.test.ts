import { expect, test } from 'vitest'
import type { Command, Feature } from '../../../src/feature.ts'
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

function open() {
  const lessons: Feature = {
    name: 'lessons',
    commands: [
      command({}),
      command({ words: ['开课'], role: 'organizer', help: '开课 —— 开一节课' }),
      command({ words: ['签到表'], role: 'organizer', where: 'private', help: '签到表 —— 取表格' }),
      command({ words: ['批准'], role: 'reviewer', where: 'private', help: '批准 —— 同意推送' }),
      command({ words: ['#接龙'], help: '' }),
    ],
  }
  const directory = createFixedDirectory([group], { org: ['organizer'] })
  const features: Feature[] = [lessons]
  features.push(help({ features: () => features, directory, tips: ['问政策：@我，直接打问题'] }))
  return play(createWorld(), directory, features)
}

async function read(id: string, groupId?: string) {
  const [reply] = await open().person(id, '某人', groupId).says('帮助', '')
  return reply?.text
}

test('a maker in a group reads what a maker can do there, and nothing else', async () => {
  expect(await read('mei', group)).toBe(
    '可以这样跟我说：\n问政策：@我，直接打问题\n签到 —— 上课时报到\n帮助 —— 看我能做什么\n\n私聊我发「帮助」，还有别的可以做。',
  )
})
test('an organizer also reads the rest, each where it can be done', async () => {
  expect(await read('org', group)).toContain('组织者还可以：\n开课 —— 开一节课')
  expect(await read('org', group)).not.toContain('签到表')
  expect(await read('org')).toContain('签到表 —— 取表格')
  expect(await read('org')).not.toContain('批准')
})
test('菜单 is the same word', async () => {
  await open().person('mei', '小美', group).says('菜单', '可以这样跟我说')
})
