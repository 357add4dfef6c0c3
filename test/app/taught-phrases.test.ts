import { afterAll, expect, test } from 'vitest'
import { createBot } from '../../src/bot.ts'
import type { Command, Feature, Listener } from '../../src/feature.ts'
import type { Message } from '../../src/ports/chat.ts'
import { ProcessedMessage } from '../../src/processed-messages.ts'
import { createWorld } from '../conversation.ts'
import { openAllFeatures } from './features.ts'
import { taughtPhrases } from './taught-phrases.ts'

// The day decides which entries are in force, and which pushes come.
const opened = await openAllFeatures(undefined, createWorld().clock)
await opened.people.setUpFirst({
  organizer: { id: 'chenjing', name: '陈静' },
  group: { id: 'youkongjian', name: '优空间创客群' },
})
afterAll(() => opened.platform.store.close())

let answered: string[] = []

/** The feature, which notes its name when its listener answers or one of its commands is run. */
function noted(feature: Feature): Feature {
  const { name, listen, commands = [] } = feature
  const note = <T>(answer: T): T => {
    if (answer !== undefined) answered.push(name)
    return answer
  }
  const listening: Listener = message => {
    const answer = listen?.(message)
    return answer instanceof Promise ? answer.then(note) : note(answer)
  }
  const noting = (command: Command): Command => ({
    ...command,
    run(message, rest) {
      answered.push(name)
      return command.run(message, rest)
    },
  })
  return { ...feature, ...(listen ? { listen: listening } : {}), commands: commands.map(noting) }
}

const { clock, log, store } = createWorld()
const bot = createBot({
  features: opened.all.map(noted),
  directory: opened.people.directory,
  seen: store.collection('processed', ProcessedMessage),
  clock,
  log,
})
let number = 0

/** Says a phrase a day after the last, so that none is a part of what was said before. @returns the one who answers */
async function answerer(
  text: string,
  who: 'organizer' | 'maker',
  where: 'private' | 'group',
): Promise<string> {
  clock.forward({ hours: 25 })
  answered = []
  number += 1
  const at = clock.now()
  const sender = who === 'organizer' ? ['chenjing', '陈静'] : [`maker-${number}`, '林小梅']
  const group = where === 'group' ? { groupId: 'youkongjian', groupName: '优空间创客群' } : {}
  const message = {
    ...{ id: `said-${number}`, senderId: sender[0], senderName: sender[1], text },
    ...{ mentionsBot: where === 'group', sentAt: at, receivedAt: at },
    ...group,
  }
  const replies = await bot.answer(message as Message)
  if (replies.length === 0) return 'silence'
  return replies.some(reply => reply.text?.includes('—— 手册「')) ? 'manual' : (answered.at(-1) ?? 'bot')
}

/** The features that answer an organizer and a maker in private, and both in a group. */
async function answerers(phrase: string): Promise<string> {
  const all: string[] = []
  for (const where of ['private', 'group'] as const)
    for (const who of ['organizer', 'maker'] as const) all.push(await answerer(phrase, who, where))
  return all.join(' ')
}

test.each(taughtPhrases.flatMap(([by, phrases]) => phrases.split('|').map(phrase => [phrase, by])))(
  '%s is answered by %s',
  async (phrase, by) => {
    expect(await answerers(phrase)).toBe(by)
  },
)
