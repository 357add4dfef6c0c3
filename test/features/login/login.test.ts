import { expect, test } from 'vitest'
import type { Person } from '../../../src/feature.ts'
import { loginFeature } from '../../../src/features/login/index.ts'
import { createFixedDirectory, createWorld, play } from '../../conversation.ts'

const group = '优空间创客群'

function open() {
  const asked: Person[] = []
  const ended: string[] = []
  const directory = createFixedDirectory([group], { chen: ['organizer', 'reviewer'] })
  const feature = loginFeature({
    directory,
    async createLoginLink(person) {
      asked.push(person)
      return 'http://127.0.0.1:3000/login/abc'
    },
    endSessionsOf: async personIds => void ended.push(...personIds),
    hasAccount: async () => false,
  })
  return { asked, ended, feature, ...play(createWorld(), directory, [feature]) }
}

test('an organizer asks in private and gets a link in her own name', async () => {
  const { person, asked } = open()
  await person('chen', '陈静').says('登录', 'http://127.0.0.1:3000/login/abc')
  expect(asked).toEqual([{ id: 'chen', name: '陈静', roles: ['maker', 'organizer', 'reviewer'] }])
})

test('no link is given in a group, and none to a maker', async () => {
  const { person, asked } = open()
  await person('chen', '陈静', group).says('登录', '请私聊我')
  await person('mei', '小美').says('登录', '只有组织者、审核人和审计员能办')
  expect(asked).toEqual([])
})

test('the sessions of who is erased end', async () => {
  const { feature, ended } = open()
  await feature.personal?.forget({ memberId: 'm-chen', chatIds: ['chen'], names: [] }, 'alias')
  expect(ended).toEqual(['chen'])
})
