import { type Context, Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { Refusal } from '../feature.ts'
import type { ChatFile } from '../ports/chat.ts'
import { NotInWorld, type SandboxMessage, type World } from './world.ts'

export type SandboxControls = {
  world: World
  /** Moves the clock on, and resolves when everything that fell due has run. @returns what it shows then. */
  forward(duration: Temporal.Duration): Promise<Temporal.Instant>
  now(): Temporal.Instant
}

/** A year: far enough to try out whatever is due, and no further by a slip of the finger. */
const maxForwardDays = 366
const maxDownSeconds = 24 * 60 * 60

const SaidInGroup = z.object({
  from: z.string(),
  text: z.string().default(''),
  mention: z.boolean().default(false),
})
const SaidInPrivate = z.object({ text: z.string().default('') })
const Forward = z.object({ forward: z.string() })
const Down = z.object({ downSeconds: z.number().int().min(0).max(maxDownSeconds) })
const File = z.object({ name: z.string().min(1).max(200), mimeType: z.string().max(100), base64: z.base64() })
const WithFile = z.object({ file: File.optional() })

/** The simulated groups over HTTP; the shapes are promised in the README and stay as they are. */
export function sandboxApi({ world, forward, now }: SandboxControls): Hono {
  const api = new Hono()
  const afterOf = (c: Context) => c.req.query('after')

  api.get('/groups', c => c.json(world.groups()))
  api.get('/groups/:id/messages', async c =>
    c.json((await world.groupMessages(c.req.param('id'), afterOf(c))).map(toJson)),
  )
  api.post('/groups/:id/messages', async c => {
    const [said, file] = [await read(c, SaidInGroup), await readFile(c)]
    return c.json(await world.saysInGroup(c.req.param('id'), { ...said, ...file }))
  })
  api.get('/members/:id/messages', async c =>
    c.json((await world.privateMessages(c.req.param('id'), afterOf(c))).map(toJson)),
  )
  api.post('/members/:id/messages', async c => {
    const [said, file] = [await read(c, SaidInPrivate), await readFile(c)]
    return c.json(await world.saysInPrivate(c.req.param('id'), { ...said, ...file }))
  })
  api.get('/files/:id', c => fileResponse(c, world.botEnd.find(c.req.param('id'))?.message.file))
  api.post('/clock', async c => {
    const at = await forward(durationOf((await read(c, Forward)).forward, now()))
    return c.json({ now: at.toString() })
  })
  api.post('/line', async c => {
    world.cutLine((await read(c, Down)).downSeconds)
    return c.json({})
  })
  api.onError((cause, c) => {
    if (cause instanceof NotInWorld) return c.json({ error: cause.message }, 404)
    if (cause instanceof Refusal) return c.json({ error: cause.message }, 400)
    throw cause
  })
  api.notFound(c => c.json({ error: '没有这个地址，请看 README 里的说明。' }, 404))
  return api
}

async function read<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const body: unknown = await c.req.json().catch(() => undefined)
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const fields = result.error.issues.map(issue => issue.path.join('.')).filter(Boolean)
  const which = fields.length > 0 ? `：${[...new Set(fields)].join('、')}` : ''
  throw new Refusal(`内容要写成 README 里那样的 JSON，请检查${which}。`)
}

async function readFile(c: Context) {
  const { file } = await read(c, WithFile)
  if (!file) return {}
  return { file: { name: file.name, mimeType: file.mimeType, bytes: Buffer.from(file.base64, 'base64') } }
}

function durationOf(text: string, now: Temporal.Instant): Temporal.Duration {
  const problem = new Refusal('forward 要写成 PT15M、PT1H、P1D 这样的时长，往前拨，最多一年。')
  try {
    const duration = Temporal.Duration.from(text)
    const days = duration.total({ unit: 'day', relativeTo: now.toZonedDateTimeISO('UTC') })
    if (days < 0 || days > maxForwardDays) throw problem
    return duration
  } catch {
    throw problem
  }
}

function toJson({ id, from, name, text, file, at }: SandboxMessage) {
  const shown = file && { name: file.name, mimeType: file.mimeType, url: `/sandbox/api/files/${id}` }
  return { id, from, name, text, ...(shown ? { file: shown } : {}), at: at.toString() }
}

const shownInline = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** Pictures show; everything else is downloaded, so that no uploaded page ever runs as ours. */
function fileResponse(c: Context, file: ChatFile | undefined) {
  if (!file) return c.json({ error: '没有这个文件。' }, 404)
  const way = shownInline.has(file.mimeType) ? 'inline' : 'attachment'
  return c.body(new Uint8Array(file.bytes), 200, {
    'Content-Type': shownInline.has(file.mimeType) ? file.mimeType : 'application/octet-stream',
    'Content-Disposition': `${way}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  })
}
