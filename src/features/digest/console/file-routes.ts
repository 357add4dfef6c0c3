import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { actorOf, form, numberInPath, sendFile, valuesOf } from '../../../console/forms.ts'
import { type ConsoleEnv, Refusal } from '../../../feature.ts'
import type { BroadcastActions } from '../actions.ts'
import { backTo, paramOf } from './views.ts'

type C = Context<ConsoleEnv>

const Seen = form(z.object({ revision: z.coerce.number('这一页不完整，请刷新再试。') }))
const Attached = form(
  z.object({
    revision: z.coerce.number('这一页不完整，请刷新再试。'),
    file: z.instanceof(File, { error: '请先选一个文件。' }),
  }),
)

/** Upload, removal and download of a broadcast's files. */
export function addFileRoutes(routes: Hono<ConsoleEnv>, actions: BroadcastActions): void {
  async function attach(c: C): Promise<Response> {
    const { file, revision } = await valuesOf(c, Attached)
    const bytes = new Uint8Array(await file.arrayBuffer())
    await actions.attach(numberInPath(c), { name: file.name, bytes }, attachedBy(c, revision))
    return backTo(c)
  }

  async function detach(c: C): Promise<Response> {
    const { revision } = await valuesOf(c, Seen)
    await actions.detach(numberInPath(c), paramOf(c, 'hash'), attachedBy(c, revision))
    return backTo(c)
  }

  async function downloadFile(c: C): Promise<Response> {
    const { files = [] } = await actions.existing(numberInPath(c))
    const wanted = files.filter(({ hash }) => hash === paramOf(c, 'hash'))
    const [file] = await actions.filesOf({ files: wanted })
    if (!file) throw new Refusal('没有这个附件，可能换过，或者到期删除了。')
    return sendFile(c, file)
  }

  routes.get('/:number{[0-9]+}/files/:hash', downloadFile)
  routes.post('/:number{[0-9]+}/files', attach)
  routes.post('/:number{[0-9]+}/files/:hash/remove', detach)
}

const attachedBy = (c: C, revision: number) => ({ by: actorOf(c), revision })
