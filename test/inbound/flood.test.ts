import { expect, test } from 'vitest'
import { inboundSettingsOf } from '../../src/app/files/settings.ts'
import { createBot } from '../../src/bot.ts'
import { readConfig } from '../../src/config.ts'
import { ProcessedMessage } from '../../src/processed-messages.ts'
import { openAllFeatures } from '../app/features.ts'
import { createFixedDirectory, createWorld } from '../conversation.ts'

const group = 'youkongjian'
const { all: features } = await openAllFeatures()
/** One word of each command: its other spellings stand in the same list, and lead to the same command. */
const words = new Set(
  features.flatMap(({ commands = [] }) => commands.flatMap(({ words: [first = []] }) => first)),
)
const settings = {
  ...inboundSettingsOf(readConfig({ WECHATY_PUPPET: 'sandbox' })),
  waits: { forRestMs: 0, forMoreMs: 0 },
}
/** Answered by listeners for words, not as questions. */
const spoken = [
  '谢谢',
  '下次课什么时候',
  '今天有课吗',
  '课在哪里',
  '指导员是谁',
  '我报上名了吗',
  '我的单子怎么样了',
  '最近有什么推送',
]

type Flood = { text(n: number): string; senders: 'one' | 'many'; groupId?: string; mentionsBot?: boolean }

/** Sixty messages in thirty seconds. @returns the number of replies */
async function repliesTo({ text, senders, groupId, mentionsBot = false }: Flood): Promise<number> {
  const { clock, log, store } = createWorld()
  const bot = createBot({
    features,
    directory: createFixedDirectory([group]),
    seen: store.collection('seen', ProcessedMessage),
    clock,
    log,
    settings,
  })
  let replies = 0
  for (let n = 0; n < 60; n += 1) {
    clock.forward({ milliseconds: 500 })
    const at = clock.now()
    const senderId = senders === 'one' ? 'linxiaomei' : `p${n}`
    const message = { id: `in-${n}`, senderId, senderName: senderId, text: text(n), mentionsBot }
    const place = groupId ? { groupId } : {}
    replies += (await bot.answer({ ...message, ...place, sentAt: at, receivedAt: at })).length
  }
  return replies
}

const tails = [() => '', (n: number) => ` ${1000 + n}`, (n: number) => `，家里有事${n}`]
test('sixty times any command draws no more answers than a minute allows, in private and in a group', async () => {
  const tooMany: string[] = []
  for (const word of words) {
    const text = (n: number) => `${word}${tails[n % tails.length]?.(n)}`
    const counts = {
      private: await repliesTo({ text, senders: 'one' }),
      one: await repliesTo({ text, senders: 'one', groupId: group }),
      many: await repliesTo({ text, senders: 'many', groupId: group }),
    }
    // With more behind the word some are questions, which have a limit of their own; one more of each tells to wait.
    if (counts.private > 31 + 7 || counts.one > 16 + 7 || counts.many > 41 + 21)
      tooMany.push(`${word} ${JSON.stringify(counts)}`)
  }
  expect(tooMany).toEqual([])
})

test.each(spoken)('60 times 「%s」 draws no more answers than questions do', async word => {
  const said = { text: () => word, mentionsBot: true }
  expect(await repliesTo({ ...said, senders: 'one' })).toBeLessThanOrEqual(7)
  expect(await repliesTo({ ...said, senders: 'one', groupId: group })).toBeLessThanOrEqual(7)
  expect(await repliesTo({ ...said, senders: 'many', groupId: group })).toBeLessThanOrEqual(21)
})
