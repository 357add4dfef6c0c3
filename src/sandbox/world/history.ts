import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { ChatFile } from '../../ports/chat.ts'
import type { Store } from '../../ports/store.ts'

/** One message of the simulated groups, as all people there see it. */
export type SandboxMessage = {
  id: string
  /** A member's id, or the bot's. */
  from: string
  /** As the sender was called there when it was said. */
  name: string
  text: string
  /** @s the bot in a way that the platform reports by id. */
  mention?: boolean
  file?: ChatFile
  at: Temporal.Instant
}

/** A message without its bytes; key `conversation/number`. */
const Kept = z.object({
  id: z.string(),
  from: z.string(),
  name: z.string(),
  text: z.string(),
  mention: z.boolean().optional(),
  file: z.object({ name: z.string(), mimeType: z.string() }).optional(),
  at: z.string(),
})
type Kept = z.infer<typeof Kept>

/** A file's bytes, each in a shard of its own, `message id/bytes`: no chat line rewrites them. */
const KeptFile = z.object({ base64: z.string() })

/** Messages kept per conversation; older ones are dropped. */
export const keptMessages = 500

export type History = {
  messages(): SandboxMessage[]
  find(messageId: string): SandboxMessage | undefined
  /** Resolves when the message would survive a restart; it is seen by `messages` only then. */
  add(said: Omit<SandboxMessage, 'id'>): Promise<SandboxMessage>
}

/** The messages of one conversation: read from the store once, then served from memory. */
export async function openHistory(store: Store, conversation: string): Promise<History> {
  const records = store.collection('sandbox-messages', Kept)
  const files = store.collection('sandbox-files', KeptFile)
  const kept = await records.list(`${conversation}/`)
  const messages = await Promise.all(kept.map(({ value }) => revive(value)))
  const keys = kept.map(({ key }) => key)
  let count = Number(keys.at(-1)?.split('/')[1] ?? 0)
  let adding: Promise<unknown> = Promise.resolve()

  async function revive({ file, mention, at, ...rest }: Kept): Promise<SandboxMessage> {
    const message = { ...rest, ...(mention ? { mention } : {}), at: Temporal.Instant.from(at) }
    if (!file) return message
    const bytes = Buffer.from((await files.get(`${rest.id}/bytes`))?.base64 ?? '', 'base64')
    return { ...message, file: { ...file, bytes } }
  }

  async function keep(said: Omit<SandboxMessage, 'id'>): Promise<SandboxMessage> {
    const number = count + 1
    // The time makes ids differ even from those of a world that was forgotten and begun anew.
    const id = `${conversation}-${number}-${said.at.epochMilliseconds.toString(36)}`
    const { file, at, ...rest } = said
    const base64 = file && Buffer.from(file.bytes).toString('base64')
    if (base64) await files.update(`${id}/bytes`, () => ({ base64 }))
    const key = `${conversation}/${String(number).padStart(9, '0')}`
    const names = file ? { file: { name: file.name, mimeType: file.mimeType } } : {}
    await Promise.all([
      records.update(key, () => ({ ...rest, ...names, id, at: at.toString() })),
      forgetOldest(),
    ])
    count = number
    keys.push(key)
    const message = { ...said, id }
    messages.push(message)
    return message
  }

  async function forgetOldest() {
    if (keys.length < keptMessages) return
    const oldest = messages.shift()
    await records.update(keys.shift() ?? '', () => undefined)
    if (oldest?.file) await files.update(`${oldest.id}/bytes`, () => undefined)
  }

  return {
    messages: () => [...messages],
    find: messageId => messages.find(message => message.id === messageId),
    add(said) {
      const added = adding.then(() => keep(said))
      adding = added.catch(() => {})
      return added
    },
  }
}
