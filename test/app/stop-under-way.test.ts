import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openPendingFiles } from '../../src/adapters/lowdb/pending-actions.ts'
import { createMemoryStore } from '../../src/adapters/memory.ts'
import { readConfig } from '../../src/config.ts'
import type { Store } from '../../src/ports/store.ts'
import { createQuietLog } from '../conversation.ts'
import { startApp } from '../started-app.ts'

/** Long enough for a stop that waits for nothing to be over, well within the limit of one that waits, ms. */
const letGoAfterMs = 300

/** A store whose writes to one collection wait to be let go, once `hold` was called; it notes what ended, in order. */
function createHeldStore(held: string) {
  const store = createMemoryStore()
  const events: string[] = []
  const begun = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  let isHeld = false
  const shared: Store = {
    collection(name, schema, ...more) {
      const collection = store.collection(name, schema, ...more)
      if (name !== held) return collection
      return {
        ...collection,
        async update(key, change) {
          if (isHeld) {
            begun.resolve()
            await gate.promise
          }
          const kept = await collection.update(key, change)
          if (isHeld) events.push('written')
          return kept
        },
      }
    },
    async close() {
      events.push('closed')
      await store.close()
    },
  }
  const hold = () => {
    isHeld = true
  }
  return { store: shared, hold, letGo: gate.resolve, begun: begun.promise, events }
}

/** A whole bot over a store whose writes to one collection can be held. */
async function openHeld(collection: string) {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-stop-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const held = createHeldStore(collection)
  const app = await startApp(readConfig({ PORT: '0', STATE_DIR: folder }), {
    log: createQuietLog(),
    print: () => {},
    shared: {
      tenant: 'main',
      open: () => held.store,
      versions: async () => new Map(),
      pending: openPendingFiles(folder),
      isOwner: () => true,
    },
  })
  /** Stops the bot once a write is held, and lets that go a little later. */
  async function stops() {
    await held.begun
    setTimeout(held.letGo, letGoAfterMs)
    await app.stop()
  }
  return { app, stops, ...held }
}

test('a sign-in that is being written at a stop is written before the store is closed', async () => {
  const { app, hold, stops, events } = await openHeld('check-ins')
  const api = `${app.consoleUrl}/sandbox/api`
  const group = '/groups/youkongjian/messages'
  async function post(path: string, body: object): Promise<{ now?: string }> {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${api}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await answer.json()) as { now?: string }
  }
  const says = (from: string, text: string) => post(group, { from, text, mention: true })
  const said = async () => (await fetch(`${api}${group}`)).text()

  // The sandbox begins at the time of the machine: on to ten o'clock in Shanghai.
  const { now = '' } = await post('/clock', { forward: 'PT1S' })
  const hour = new Date(Date.parse(now) + 8 * 3_600_000).getUTCHours()
  await post('/clock', { forward: `PT${(34 - hour) % 24}H` })
  await says('chenjing', '开课 周末微党课 今天11:00-12:00')
  await expect.poll(said).toContain('11:00–12:00')
  await post('/clock', { forward: 'PT1H' })
  hold()
  await says('zhangwei', '签到')
  await stops()
  expect(events).toEqual(['written', 'closed'])
})

test('what jobs write at a stop is written before the store is closed', async () => {
  const { hold, stops, events } = await openHeld('watermark')
  hold()
  await stops()
  expect(events).toEqual(['written', 'closed'])
})
