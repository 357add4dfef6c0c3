import { type Context, Hono } from 'hono'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import { nameParts } from '../../../text/names.ts'
import type { Erasing } from '../privacy/erasing.ts'
import { fields, type RosterField } from '../roster/columns.ts'
import type { RosterDesk } from '../roster/desk.ts'
import { foundIn } from '../roster/views.ts'
import type { Confirming, IdentityDecision } from './confirming.ts'
import { aliasesOf } from './ledger.ts'
import { viewIdentitiesPage, viewStranger } from './views.ts'

type Here = Context<ConsoleEnv>
type Parts = { confirming: Confirming; erasing: Erasing; desk: RosterDesk; clock: Clock }

/** Who in the groups is who on the roster, to be confirmed in bulk. */
export function identitiesPage({ confirming, erasing, desk, clock }: Parts): Page {
  const routes = new Hono<ConsoleEnv>()

  async function show(c: Here, done = ''): Promise<Response> {
    const rows = await desk.rows()
    const byId = new Map(rows.map(row => [row.id, row]))
    const proposals = await confirming.proposals()
    const asked = new Set(proposals.map(({ identity }) => identity.senderId))
    const view = viewIdentitiesPage({
      proposals,
      requests: (await erasing.requests()).map(request => ({ request, row: byId.get(request.memberId) })),
      unproven: (await confirming.unproven()).flatMap(identity => {
        const row = byId.get(identity.memberId)
        return row ? [{ identity, row }] : []
      }),
      strangers: (await confirming.strangers()).filter(({ senderId }) => !asked.has(senderId)),
      rosterSize: rows.length,
      csrf: csrfField(c),
      now: clock.now(),
      done,
    })
    return renderPage(c, '身份核对', view)
  }

  routes.get('/', c => show(c, doneWords.get(c.req.query('done') ?? '')?.(Number(c.req.query('n')) || 0)))

  routes.post('/decide', async c => {
    const { as, decisions } = await decisionsIn(c)
    const byName = c.get('person').name
    if (as === 'same') await confirming.confirm(decisions)
    else if (as === 'part') for (const { handle } of decisions) await confirming.part(handle, byName)
    else await confirming.refuse(decisions, byName)
    return c.redirect(`/identities?done=${as}&n=${decisions.length}`, 303)
  })

  routes.post('/part', async c => {
    const handle = String((await c.req.formData()).get('handle') ?? '')
    const { memberId } = await confirming.byHandle(handle)
    await confirming.part(handle, c.get('person').name)
    return c.redirect((await desk.row(memberId)) ? `/roster/members/${memberId}` : '/identities', 303)
  })

  routes.post('/erasures/:memberId', async c => {
    const memberId = c.req.param('memberId')
    const isSame = (await c.req.formData()).get('as') === 'same'
    if (isSame) {
      await erasing.checkMayGo(memberId)
      await erasing.erase(memberId)
    } else await erasing.decline(memberId)
    return c.redirect(`/identities?done=${isSame ? 'erased' : 'declined'}&n=1`, 303)
  })

  routes.get('/:handle', async c => {
    const identity = await confirming.byHandle(c.req.param('handle'))
    const alias = aliasesOf(identity)[0] ?? ''
    const query = c.req.query('q')?.trim() ?? ''
    const rows = await desk.rows()
    const search = (word: string) => foundIn(rows, { query: word, branch: '', space: '', page: 1 })
    const found = query === '' ? [...new Set(nameParts(alias).flatMap(search))] : search(query)
    return renderPage(
      c,
      alias || '（没有名字）',
      viewStranger(identity, found, { query, csrf: csrfField(c) }),
    )
  })

  routes.post('/:handle/add', async c => {
    const handle = c.req.param('handle')
    await confirming.byHandle(handle)
    const name = String((await c.req.formData()).get('name') ?? '').trim()
    const blank = Object.fromEntries(fields.map(field => [field, ''])) as Record<RosterField, string>
    const memberId = await desk.put(undefined, { ...blank, name }, c.get('person').name)
    await confirming.confirm([{ handle, memberId }])
    return c.redirect(`/roster/members/${memberId}`, 303)
  })

  return {
    path: 'identities',
    title: '身份核对',
    section: '社群',
    read: ['organizer'],
    write: ['organizer'],
    routes,
  }
}

const doneWords = new Map([
  ['same', (n: number) => `对上了 ${n} 位，他们之前的签到一分钟内并过来。`],
  ['other', (n: number) => `记下了，这 ${n} 位不是同一个人，以后不再提。`],
  ['part', (n: number) => `撤回了 ${n} 位，以后的签到不再记到名单上的那一位。`],
  ['erased', () => '删好了，历史签到改成不记名，总数不变。'],
  ['declined', () => '好的，没有删。'],
])

async function decisionsIn(c: Here): Promise<{ as: string; decisions: IdentityDecision[] }> {
  const form = await c.req.formData()
  const decisions = form.getAll('pick').map(pick => {
    const handle = String(pick)
    return { handle, memberId: String(form.get(`as-${handle}`) ?? '') }
  })
  if (decisions.length === 0) throw new Refusal('请先勾选要处理的人。')
  if (decisions.some(({ memberId }) => memberId === ''))
    throw new Refusal('有几位勾选了，但还没有选是名单上的哪一位。请选好再确认，什么都没有改。')
  return { as: String(form.get('as') ?? ''), decisions }
}
