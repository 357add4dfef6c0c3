import { basename } from 'node:path'
import { zipSync } from 'fflate'
import { Hono } from 'hono'
import { sendFile } from '../../../../console/forms.ts'
import { csrfField } from '../../../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../../../feature.ts'
import { EditFault } from '../checking.ts'
import type { GateResult } from '../records.ts'
import { exportFiles } from '../sheets/export.ts'
import { makeEntrySheet } from '../sheets/sheet-file.ts'
import { viewChange, viewChanges, viewGate } from './changes.ts'
import { viewFiles } from './files.ts'
import { type EditorPageParts, editorOf, type Here, knowledgePage, mayApprove, root } from './parts.ts'
import { viewDryRun, viewSheet } from './sheet.ts'

const folder = 'data/faq'

/** What waits for review and what is decided about it; the base out to files and spreadsheets, and in again. */
export function changeRoutes({ room, importing, clock }: EditorPageParts): Hono<ConsoleEnv> {
  const routes = new Hono<ConsoleEnv>()
  const numberIn = (c: Here) => Number(c.req.param('number'))
  const field = async (c: Here, name: string) => String((await c.req.formData()).get(name) ?? '').trim()

  function onlyReviewers(c: Here): void {
    if (!mayApprove(c)) throw new Refusal('这一步要由审核人来做。')
  }

  function changeIn(c: Here) {
    const change = room.changes.find(numberIn(c))
    if (!change) throw new Refusal(`没有 ${c.req.param('number')} 号改动。`)
    return change
  }

  function showChange(c: Here, { flagged, problem = '' }: { flagged?: GateResult; problem?: string } = {}) {
    const change = changeIn(c)
    const outlook = change.state === 'waiting' ? room.lookAhead(change) : undefined
    const isMine = change.by.id === c.get('person').id
    const view = {
      change,
      outlook,
      flagged,
      isMine,
      mayApprove: mayApprove(c),
      room,
      now: clock.now(),
      csrf: csrfField(c),
    }
    return knowledgePage(c, {
      title: `${change.number} 号改动`,
      tab: '/changes',
      body: viewChange(view),
      problem,
    })
  }

  async function orProblem(c: Here, deed: () => Promise<Response>): Promise<Response> {
    try {
      return await deed()
    } catch (fault) {
      if (fault instanceof Refusal) return showChange(c, { problem: fault.message })
      throw fault
    }
  }

  routes.get('/changes', c =>
    knowledgePage(c, { title: '知识的改动', tab: '/changes', body: viewChanges(room, clock.now()) }),
  )
  routes.get('/changes/:number{[0-9]+}', c => showChange(c))
  routes.get('/changes/:number{[0-9]+}/gate', async c => {
    const outlook = room.lookAhead(changeIn(c))
    if (outlook.troubles.length > 0) return c.html('')
    return c.html(await viewGate(await room.gateOf(numberIn(c), outlook)))
  })
  routes.post('/changes/:number{[0-9]+}/approve', c =>
    orProblem(c, async () => {
      onlyReviewers(c)
      const done = await room.approve(numberIn(c), editorOf(c), (await field(c, 'override')) === 'yes')
      return 'worse' in done
        ? showChange(c, { flagged: done })
        : c.redirect(`${root}/changes/${done.number}`, 303)
    }),
  )
  routes.post('/changes/:number{[0-9]+}/return', c =>
    orProblem(c, async () => {
      onlyReviewers(c)
      const note = await field(c, 'note')
      if (note === '') throw new Refusal('请写上为什么退回，写的人才知道怎么改。')
      const { number } = await room.giveBack(numberIn(c), editorOf(c), note)
      return c.redirect(`${root}/changes/${number}`, 303)
    }),
  )
  routes.post('/changes/:number{[0-9]+}/take-back', c =>
    orProblem(c, async () => {
      const { number } = await room.takeBack(numberIn(c), editorOf(c))
      return c.redirect(`${root}/changes/${number}`, 303)
    }),
  )
  routes.post('/settle', async c => {
    onlyReviewers(c)
    const form = await c.req.formData()
    const said = (name: string) => String(form.get(name) ?? '')
    const part = said('part') === 'documents' ? 'documents' : 'entries'
    const place = { programme: said('programme'), part, name: said('name') } as const
    await room.settle(place, said('choice') === 'file' ? 'file' : 'ours', editorOf(c))
    return c.redirect(`${root}/changes`, 303)
  })

  routes.get('/sheet', c =>
    knowledgePage(c, { title: '知识表', tab: '/sheet', body: viewSheet(csrfField(c)) }),
  )
  routes.get('/sheet/export.xlsx', async c =>
    sendFile(c, await makeEntrySheet(room.standing().base, '知识表.xlsx')),
  )
  routes.post('/sheet', async c => {
    try {
      const file = (await c.req.formData()).get('file')
      if (!(file instanceof File) || file.name === '') throw new Refusal('请先选一个文件。')
      const bytes = new Uint8Array(await file.arrayBuffer())
      const run = await importing.dryRun(editorOf(c), { name: file.name, bytes })
      return knowledgePage(c, { title: '导入知识表', tab: '/sheet', body: viewDryRun(run, csrfField(c)) })
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault
      return knowledgePage(c, {
        title: '知识表',
        tab: '/sheet',
        body: viewSheet(csrfField(c)),
        problem: fault.message,
      })
    }
  })
  routes.post('/sheet/confirm', async c => {
    try {
      return c.redirect(`${root}/changes/${(await importing.confirm(editorOf(c))).number}`, 303)
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault
      const problem = fault instanceof EditFault ? '知识刚刚被别人改过，请重新选一次文件。' : fault.message
      return knowledgePage(c, { title: '知识表', tab: '/sheet', body: viewSheet(csrfField(c)), problem })
    }
  })

  const files = () => exportFiles(room.sources, room.standing().base, folder)
  const textFile = (name: string, text: string) => ({
    name,
    mimeType: 'application/yaml',
    bytes: new TextEncoder().encode(text),
  })
  routes.get('/files', c => knowledgePage(c, { title: '知识文件', tab: '/files', body: viewFiles(files()) }))
  routes.get('/files/changed.zip', c => {
    const changed = files().filter(({ isChanged }) => isChanged)
    const packed = zipSync(
      Object.fromEntries(
        changed.map(({ file, text }) => [`faq/${basename(file)}`, new TextEncoder().encode(text)]),
      ),
    )
    return sendFile(c, { name: '改过的知识文件.zip', mimeType: 'application/zip', bytes: packed })
  })
  routes.get('/files/:name{[\\w-]+\\.yaml}', c => {
    const name = c.req.param('name')
    const found = files().find(({ file }) => basename(file) === name)
    if (!found) throw new Refusal(`没有 ${name} 这个文件。`)
    return sendFile(c, textFile(name, found.text))
  })
  return routes
}
