import { type Context, Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { sendFile } from '../console/forms.ts'
import { Refusal } from '../feature.ts'
import type { ChatFile } from '../ports/chat.ts'
import type { SandboxControls } from './controls.ts'
import { type SandboxMessage, UnknownInSandbox } from './world/index.ts'

/** Far enough to try out whatever is planned, and no further by a slip of the finger. */
const maxForwardDays = 366
const maxDownSeconds = 24 * 60 * 60

const SaidInGroup = z.object({
  from: z.string(),
  text: z.string().default(''),
  mention: z.boolean().default(false),
})
const SaidInPrivate = z.object({ text: z.string().default('') })
const JsonFile = z.object({ name: z.string().min(1), mimeType: z.string(), base64: z.base64() })
const Joined = z.object({ id: z.string() })
const Kind = z.object({ kind: z.string() })
const Forward = z.object({ forward: z.string() })
const Down = z.object({ downSeconds: z.number().int().min(0).max(maxDownSeconds) })

/** The address of a message's file. */
export const fileUrl = (messageId: string) => `/sandbox/api/files/${messageId}`

type ApiControls = Pick<SandboxControls, 'world' | 'now' | 'forward' | 'cutLine'>

/** The simulated groups over HTTP; the shapes are promised in the README and stay as they are. */
export function sandboxApi(controls: ApiControls): Hono {
  const { world } = controls
  const api = new Hono()
  const afterOf = (c: Context) => c.req.query('after')

  api.get('/groups', c => c.json(world.groups()))
  api.get('/groups/:id/messages', async c =>
    c.json((await world.groupMessages(c.req.param('id'), afterOf(c))).map(toJson)),
  )
  api.post('/groups/:id/messages', async c => {
    const { body, file } = await read(c, SaidInGroup)
    return c.json(await world.saysInGroup(c.req.param('id'), { ...body, ...file }))
  })
  api.post('/groups/:id/kind', async c => {
    const { body } = await read(c, Kind)
    await world.setKind(c.req.param('id'), body.kind)
    return c.json({})
  })
  api.post('/groups/:id/members', async c => {
    const { body } = await read(c, Joined)
    await world.joinsGroup(c.req.param('id'), body.id)
    return c.json({})
  })
  api.get('/members/:id/messages', async c =>
    c.json((await world.privateMessages(c.req.param('id'), afterOf(c))).map(toJson)),
  )
  api.post('/members/:id/messages', async c => {
    const { body, file } = await read(c, SaidInPrivate)
    return c.json(await world.saysInPrivate(c.req.param('id'), { ...body, ...file }))
  })
  api.get('/files/:id', c => fileResponse(c, world.botEnd.find(c.req.param('id'))?.message.file))
  api.post('/clock', async c => {
    const { body } = await read(c, Forward)
    return c.json({ now: (await controls.forward(durationOf(body.forward))).toString() })
  })
  api.post('/line', async c => {
    controls.cutLine((await read(c, Down)).body.downSeconds)
    return c.json({})
  })
  api.onError(sayError)
  api.all('*', c => c.json({ error: '没有这个地址，请看 README 里的说明。' }, 404))
  return api
}

function sayError(cause: Error, c: Context) {
  if (cause instanceof UnknownInSandbox) return c.json({ error: cause.message }, 404)
  if (cause instanceof Refusal) return c.json({ error: cause.message }, 400)
  throw cause
}

/** A body in JSON, with a file as `{name, mimeType, base64}`; or a form, where `file` is the file itself. */
async function read<T>(c: Context, schema: z.ZodType<T>) {
  const isForm = c.req.header('Content-Type')?.startsWith('multipart/form-data')
  const { file, ...sent } = isForm ? await readForm(c) : await readJson(c)
  return { body: checked(schema, sent), file: file ? { file } : {} }
}

function checked<T>(schema: z.ZodType<T>, sent: unknown): T {
  const result = schema.safeParse(sent)
  if (result.success) return result.data
  const fields = [...new Set(result.error.issues.map(issue => issue.path.join('.')))]
  throw new Refusal(`内容不对，请按 README 里的写法检查这几项：${fields.join('、')}。`)
}

type Sent = { file?: ChatFile; [field: string]: unknown }

async function readJson(c: Context): Promise<Sent> {
  const body: unknown = await c.req.json().catch(() => undefined)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal('内容要写成 JSON 对象，请按 README 里的写法检查。')
  }
  if (!('file' in body)) return { ...body }
  const { name, mimeType, base64 } = checked(JsonFile, body.file)
  return { ...body, file: { name, mimeType, bytes: Buffer.from(base64, 'base64') } }
}

/** The same fields as {@link readJson}, checked by the same schema. */
async function readForm(c: Context): Promise<Sent> {
  const { file, mention, ...texts } = await c.req.parseBody().catch(() => {
    throw new Refusal('表单没有传完整，请再发一次。')
  })
  const isChosen = file instanceof File && file.name !== ''
  return { ...texts, mention: mention === 'true', ...(isChosen ? { file: await chatFile(file) } : {}) }
}

async function chatFile(file: File): Promise<ChatFile> {
  return { name: file.name, mimeType: file.type, bytes: new Uint8Array(await file.arrayBuffer()) }
}

function durationOf(text: string): Temporal.Duration {
  const days = hoursIn(text) / 24
  if (days >= 0 && days <= maxForwardDays) return Temporal.Duration.from(text)
  throw new Refusal('forward 要写成 PT15M（15 分钟）、PT1H、P1D 这样的时长，只能往前拨，最多 366 天。')
}

/** NaN for what is no duration, or has no fixed length, as months have none. */
function hoursIn(text: string): number {
  try {
    return Temporal.Duration.from(text).total('hours')
  } catch {
    return Number.NaN
  }
}

function toJson({ id, from, name, text, file, at }: SandboxMessage) {
  const shown = file && { name: file.name, mimeType: file.mimeType, url: fileUrl(id) }
  return { id, from, name, text, ...(shown ? { file: shown } : {}), at: at.toString() }
}

const shownInline = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** Pictures show; everything else is downloaded, so that no page that a person sends ever runs as ours. */
function fileResponse(c: Context, file: ChatFile | undefined) {
  if (!file) return c.json({ error: '没有这个文件。' }, 404)
  if (shownInline.has(file.mimeType)) return sendFile(c, file, 'inline')
  return sendFile(c, { ...file, mimeType: 'application/octet-stream' })
}
