import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { z } from 'zod'
import { Refusal } from '../feature.ts'
import { NotInWorld, type SandboxMessage, type World } from './world.ts'

const File = z.object({ name: z.string().min(1), mimeType: z.string().min(1), base64: z.base64() })
const SaidInGroup = z.object({
  from: z.string(),
  text: z.string().default(''),
  mention: z.boolean().default(false),
  file: File.optional(),
})
const SaidInPrivate = SaidInGroup.pick({ text: true, file: true })
const Forward = z.object({ forward: z.string() })
const Cut = z.object({ downSeconds: z.number().min(0).max(86_400) })

type SandboxParts = { world: World; clock: { forward(duration: string): void } }

/** The simulated groups over HTTP, for scripts and tests; to be served on loopback only. */
export function sandboxApi({ world, clock }: SandboxParts): Hono {
  const app = new Hono().basePath('/sandbox/api')
  app.onError((fault, c) => {
    if (fault instanceof NotInWorld) return c.json({ error: fault.message }, 404)
    if (fault instanceof Refusal || fault instanceof RangeError) return c.json({ error: fault.message }, 400)
    if (fault instanceof HTTPException) return fault.getResponse()
    throw fault
  })

  app.get('/groups', c => c.json(world.groups()))
  app.get('/groups/:id/messages', async c =>
    c.json((await world.groupMessages(c.req.param('id'), c.req.query('after'))).map(toJson)),
  )
  app.get('/members/:id/messages', async c =>
    c.json((await world.privateMessages(c.req.param('id'), c.req.query('after'))).map(toJson)),
  )
  app.post('/groups/:id/messages', async c => {
    const { file, ...said } = await read(c.req.json(), SaidInGroup)
    return c.json(await world.saysInGroup(c.req.param('id'), { ...said, ...withBytes(file) }))
  })
  app.post('/members/:id/messages', async c => {
    const { text, file } = await read(c.req.json(), SaidInPrivate)
    return c.json(await world.saysInPrivate(c.req.param('id'), { text, ...withBytes(file) }))
  })
  app.post('/clock', async c => {
    clock.forward((await read(c.req.json(), Forward)).forward)
    return c.json({})
  })
  app.post('/line', async c => {
    world.cutLine((await read(c.req.json(), Cut)).downSeconds)
    return c.json({})
  })
  return app
}

async function read<T>(body: Promise<unknown>, schema: z.ZodType<T>): Promise<T> {
  const result = schema.safeParse(await body.catch(() => undefined))
  if (result.success) return result.data
  throw new HTTPException(400, { message: z.prettifyError(result.error) })
}

const withBytes = (file: z.infer<typeof File> | undefined) =>
  file
    ? { file: { name: file.name, mimeType: file.mimeType, bytes: Buffer.from(file.base64, 'base64') } }
    : {}

function toJson({ id, from, name, text, file, at }: SandboxMessage) {
  const named = file && { name: file.name, mimeType: file.mimeType, size: file.bytes.byteLength }
  return { id, from, name, text, ...(named ? { file: named } : {}), at: at.toString() }
}
