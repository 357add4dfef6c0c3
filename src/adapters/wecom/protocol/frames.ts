import { z } from 'zod'

const Headers = z.object({ req_id: z.string() })
const Text = z.object({ content: z.string() })

const EncryptedFile = z.object({ url: z.string(), aeskey: z.string() })

const Item = z.object({ msgtype: z.string(), text: Text.optional() })

/** A message or an event, as the server calls us with it. */
const CallbackBody = z.object({
  msgid: z.string().optional(),
  chatid: z.string().optional(),
  chattype: z.string().optional(),
  from: z.object({ userid: z.string() }).optional(),
  /** Seconds. */
  create_time: z.number().optional(),
  msgtype: z.string(),
  text: Text.optional(),
  voice: Text.optional(),
  image: EncryptedFile.optional(),
  file: EncryptedFile.optional(),
  video: EncryptedFile.optional(),
  mixed: z.object({ msg_item: z.array(Item) }).optional(),
  event: z.object({ eventtype: z.string() }).optional(),
})
export type CallbackBody = z.infer<typeof CallbackBody>

const Command = z.enum(['aibot_msg_callback', 'aibot_event_callback'])

const Callback = z.object({
  cmd: Command,
  headers: Headers,
  body: CallbackBody,
})
export type Callback = z.infer<typeof Callback>

/** The answer to a request of ours: it has no `cmd`. */
const Ack = z.object({
  headers: Headers,
  errcode: z.number(),
  errmsg: z.string().default(''),
  body: z.record(z.string(), z.unknown()).optional(),
})
export type Ack = z.infer<typeof Ack>

/**
 * @returns undefined for what is neither a callback nor an answer
 * @throws for a callback of another form
 */
export function readFrame(frame: unknown): { callback: Callback } | { ack: Ack } | undefined {
  if (isCallback(frame)) return { callback: Callback.parse(frame) }
  const ack = Ack.safeParse(frame)
  return ack.success ? { ack: ack.data } : undefined
}

const isCallback = (frame: unknown): boolean => z.object({ cmd: Command }).safeParse(frame).success
