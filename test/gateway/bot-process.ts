import { createInterface } from 'node:readline'
import { systemClock } from '../../src/adapters/clock.ts'
import { createMemoryStore } from '../../src/adapters/memory.ts'
import { openLine } from '../../src/adapters/wechaty/line.ts'
import { createAlarms } from '../../src/alarms.ts'
import { createBot } from '../../src/bot.ts'
import { readConfig } from '../../src/config.ts'
import type { Feature } from '../../src/feature.ts'
import { createLog } from '../../src/log.ts'
import type { Directory } from '../../src/ports/directory.ts'
import { Seen } from '../../src/seen.ts'

// A small bot as a process of its own. It tells what happens as lines of JSON on standard output; a line on
// standard input, {"groupId","text"}, is said there, as the outbox would.

const tell = (news: unknown) => process.stdout.write(`${JSON.stringify(news)}\n`)
const clock = systemClock
const log = createLog('debug')
const settings = readConfig()

const directory: Directory = {
  group: async id => ({ id, name: id }),
  groups: async () => [],
  recognise: async message => ({ id: message.senderId, name: message.senderName }),
  rolesOf: async () => ['maker'],
  holders: async () => [],
}

const table = {
  name: '台账.xlsx',
  mimeType: 'application/octet-stream',
  bytes: new Uint8Array(300_000).fill(7),
}

const echo: Feature = {
  name: 'echo',
  commands: [
    {
      words: ['发表格'],
      takes: 'nothing',
      role: 'maker',
      where: 'anywhere',
      help: '',
      run: () => ({ text: '请看', file: table }),
    },
  ],
  async listen({ senderName, text }) {
    if (text === '坏') throw new Error('disk on fire')
    return `${senderName}说：${text}`
  },
}

const seen = createMemoryStore().collection('seen', Seen)
const bot = createBot({ features: [echo], directory, seen, clock, log })
const line = openLine({
  settings,
  world: undefined,
  answer: bot.answer,
  onNotice: () => {},
  onEcho: ({ id, text }) => tell({ echo: id, text }),
  clock,
  log,
  alarms: createAlarms({ clock, log }),
  print: text => tell({ printed: text }),
  times: { firstBackOffMs: 100, lastBackOffMs: 400, dingMs: 200, silenceMs: 1500 },
})

createInterface({ input: process.stdin }).on('line', async order => {
  const { groupId, text } = JSON.parse(order) as { groupId: string; text: string }
  try {
    tell({ said: await line.chat.say({ groupId }, { text }, 2000) })
  } catch (cause) {
    tell({ failed: String(cause) })
  }
})

let told = ''
const watch = setInterval(() => {
  const { state, note } = line.status()
  if (state !== told) tell({ state, note })
  told = state
}, 10)

process.once('SIGTERM', async () => {
  clearInterval(watch)
  await line.stop()
  process.exit(0)
})

await line.start()
