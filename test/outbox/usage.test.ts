import { expect, test } from 'vitest'
import { createUsage } from '../../src/outbox/limits/usage.ts'
import { createWorld } from '../conversation.ts'
import { pace, settle, surroundings } from './world.ts'

test('who is told of the limit of replies while a push waits for the disk is told once, and replies count', async () => {
  const world = createWorld()
  const [saved, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const store: typeof world.store = {
    ...world.store,
    collection(name, schema) {
      const all = world.store.collection(name, schema)
      if (name !== 'outbox-usage') return all
      let updates = 0
      return {
        ...all,
        async update(key, change) {
          const now = await all.update(key, change)
          if (updates++ > 0) return now
          saved.resolve()
          await release.promise
          return now
        },
      }
    },
  }
  const { account } = surroundings
  const usage = createUsage({ ...world, store, limits: pace, account, line: { name: '', title: '' } })
  await usage.load()
  const counting = usage.count(false)
  await saved.promise
  expect(usage.takeCapNotice('甲')).toBe(true)
  usage.countReply()
  release.resolve()
  await counting
  await settle()
  expect(usage.takeCapNotice('甲')).toBe(false)
  expect(usage.replies()).toBe(1)
})
