import type { Role } from '../../../src/ports/directory.ts'
import { openConsoleApp } from '../../console-app.ts'
import { createWorld, openCommunity, play, type World } from '../../conversation.ts'
import { createRecordingOutbox } from '../attendance/recording-outbox.ts'

export const group = '优空间创客群'
export const otherGroup = '恒丰创客群'
export const utf8 = (text: string) => new TextEncoder().encode(text)
export const list = '姓名,支部,众创空间,手机尾号\n张三,第一支部,优空间,1234\n李四,第二支部,恒丰,5678\n'

type Options = { roles?: Role[]; me?: { id: string; name: string }; world?: World } & Partial<
  Parameters<typeof openCommunity>[0]
>

/** The community with its console, 陈姐 in front of it, and people to talk in its groups. */
export function openOffice({
  roles = ['maker', 'organizer'],
  me = { id: 'chen', name: '陈姐' },
  world = createWorld(),
  ...options
}: Options = {}) {
  const { clock, store } = world
  const outbox = createRecordingOutbox(clock)
  const built = openCommunity({ store, clock, outbox, ...options })
  const app = openConsoleApp(
    [built.feature, built.groups.feature].flatMap(({ pages = [] }) => pages),
    () => ({ ...me, roles }),
  )
  app.onError((fault, c) => c.text(fault.message, 400))

  const read = async (path: string) => (await app.request(path)).text()
  const send = async (path: string, fields: Record<string, string> = {}) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    return app.request(path, { method: 'POST', body })
  }
  async function preview(bytes: Uint8Array, name = '名单.csv') {
    const body = new FormData()
    body.append('file', new File([new Blob([bytes.slice()])], name))
    return (await app.request('/roster/preview', { method: 'POST', body })).text()
  }
  const confirm = async () => (await send('/roster/import')).text()
  async function imports(file: Uint8Array | string) {
    await preview(typeof file === 'string' ? utf8(file) : file)
    return confirm()
  }
  const played = play(world, built.directory, [built.feature, built.groups.feature])
  /** A person says 签到 in a group, and so is seen there. */
  const sees = (id: string, name: string, where = group) =>
    built.directory.recognise(played.person(id, name, where).message('签到'))

  return {
    ...played,
    ...built,
    world,
    outbox,
    app,
    read,
    send,
    preview,
    confirm,
    imports,
    sees,
    clock,
    store,
  }
}
