import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { action, firstProblem, form, type RefusedForm } from '../../console/forms.ts'
import { card, csrfField, emptyState, type Html, renderPage, stackTable } from '../../console/widgets.ts'
import { type ConsoleContext, type ConsoleEnv, type Page, Refusal } from '../../feature.ts'
import { type GroupCard, groupForms } from '../../ports/groups.ts'
import { withDistinctNames } from '../../ports/line-ids.ts'
import { cardVersion, type GroupCardActions, organizersGroup, tagsIn } from './group-cards.ts'
import type { FormerGroup } from './records/records.ts'
import type { UnboundGroups } from './unbound-groups.ts'

type Parts = { cards: GroupCardActions; unbound: UnboundGroups }

const Notes = form(
  z.object({
    space: z.string().max(40, '空间名最多 40 个字。').default(''),
    branch: z.string().max(40, '支部名最多 40 个字。').default(''),
    tags: z.string().max(200, '标签写得太长了。').default('').transform(tagsIn),
    form: z.enum(groupForms).catch('text'),
    isOrganizers: z
      .string()
      .optional()
      .transform(said => said === 'yes'),
    seen: z.string().default(''),
  }),
)
const GroupId = form(z.object({ id: z.string() }))

/** The bound groups on the console, what is written down about each, and those that can be bound. */
export function groupsPage({ cards, unbound }: Parts): Page {
  const routes = new Hono<ConsoleEnv>()

  async function showList(c: ConsoleContext, refused?: RefusedForm): Promise<Response> {
    const groups = await cards.all()
    const former = await cards.former()
    const waiting = unbound.list(new Set([...groups, ...former].map(({ id }) => id)))
    const done = doneWords.get(c.req.query('done') ?? '')
    return renderPage(
      c,
      '群',
      html`${done ? html`<p role="status" class="done">${done}</p>` : ''}
        ${refused ? html`<p role="alert" class="problem">${firstProblem(refused)}</p>` : ''}
        ${card('', groups.length === 0 ? nothingYet : html`${groupTable(withDistinctNames(groups))}${furtherHint}`)}
        ${former.length > 0 ? card('解绑了的群', formerTable(former, csrfField(c))) : ''}
        ${waiting.length > 0 ? card('还没绑定的群', unboundTable(waiting, csrfField(c))) : ''}`,
    )
  }

  async function showGroup(c: ConsoleContext, refused?: RefusedForm): Promise<Response> {
    const group = await cards.get(c.req.query('id') ?? '')
    if (!group) throw new Refusal('没有这个群，可能刚刚解绑了。')
    const problem = refused ? firstProblem(refused) : ''
    const { tags, isOrganizers, ...typed } = refused?.input ?? {}
    const seen = refused?.input.seen ?? cardVersion(group)
    const shown = refused
      ? { ...group, ...typed, tags: tagsIn(tags ?? ''), isOrganizers: isOrganizers === 'yes', id: group.id }
      : group
    return renderPage(
      c,
      group.name,
      html`${groupForm(c, { ...shown, seen }, problem)}${unbindForm(c, group)}
      <p><a href="/groups">← 回到群</a></p>`,
    )
  }

  async function bind(c: ConsoleContext, { id }: { id: string }): Promise<string> {
    const group = (await cards.former()).find(one => one.id === id) ?? unbound.get(id)
    if (!group) throw new Refusal('最近没有在这个群里听到过话，请在群里发「绑定本群」。')
    const { isRestored, isOrganizers } = await cards.bind(group, { byName: c.get('person').name })
    return `/groups?done=${isRestored ? `restored${isOrganizers ? '-organizers' : ''}` : 'bound'}`
  }

  async function unbind(_: ConsoleContext, { id }: { id: string }): Promise<string> {
    await cards.unbind(id)
    return '/groups?done=unbound'
  }

  type SentNotes = Parameters<GroupCardActions['note']>[1] & { seen: string }
  async function note(c: ConsoleContext, { seen, ...notes }: SentNotes): Promise<string> {
    await cards.note(c.req.query('id') ?? '', notes, seen)
    return '/groups?done=saved'
  }

  routes.get('/', c => showList(c))
  routes.get('/edit', c => showGroup(c))
  routes.post('/edit', action({ form: Notes, run: note, show: showGroup }))
  routes.post('/bind', action({ form: GroupId, run: bind, show: showList }))
  routes.post('/unbind', action({ form: GroupId, run: unbind, show: showList }))

  return {
    path: 'groups',
    title: '群',
    chapter: 'groups',
    section: '社群',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    forms: ['/edit'],
    routes,
  }
}

const doneWords = new Map([
  ['bound', '绑定好了。从现在起，这个群会收到推送，大家可以在群里提问和签到。'],
  ['unbound', '解绑了，不再往这个群推送，也不再应答；签到记录都还在。点错了，在下面撤销。'],
  ['restored', '解绑撤销了，这个群照原来的设置接着用。'],
  [
    'restored-organizers',
    `解绑撤销了，这个群照原来的设置接着用。它还是${organizersGroup}。要改，点下面的「改」。`,
  ],
  ['saved', '保存好了。'],
])

const nothingYet = emptyState('还没有绑定的群。组织者在群里发「绑定本群」，群就会出现在这里。')

const furtherHint = html`<p class="hint">再绑一个群：组织者在那个群里发「绑定本群」；群里有人说过话，也会列在下面，点一下就绑。</p>`

const editPath = (id: string) => `/groups/edit?id=${encodeURIComponent(id)}`

function groupTable(groups: readonly GroupCard[]): Html {
  return html`<p class="hint">推送按空间、支部和标签选群；喜欢看图的群收到长图，别的群收到文字。</p>
    ${stackTable(
      ['群', '空间', '支部', '标签', '推送', ''],
      groups.map(group => [
        html`${group.name}${group.isOrganizers ? '（组织者群）' : ''}`,
        group.space || '—',
        group.branch || '—',
        group.tags.join('、') || '—',
        group.form === 'picture' ? '看图' : '看字',
        html`<a role="button" class="secondary" href="${editPath(group.id)}">改</a>`,
      ]),
    )}`
}

function formerTable(groups: readonly FormerGroup[], csrf: Html): Html {
  return html`<p class="hint">撤销以后，空间、支部、标签和推送方式都和原来一样。</p>
    ${stackTable(
      ['群', '空间', '标签', ''],
      groups.map(({ id, name, space, tags }) => [
        name,
        space || '—',
        tags.join('、') || '—',
        html`<form method="post" action="/groups/bind">${csrf}<input type="hidden" name="id" value="${id}">
          <button class="secondary">撤销解绑「${name}」</button></form>`,
      ]),
    )}`
}

function unboundTable(groups: ReturnType<UnboundGroups['list']>, csrf: Html): Html {
  return html`<p class="hint">这次启动以来机器人听到过话的群。没绑定的群，机器人不听也不说，说的话不留。</p>
    ${stackTable(
      ['群', ''],
      groups.map(({ id, name }) => [
        name,
        html`<form method="post" action="/groups/bind">${csrf}<input type="hidden" name="id" value="${id}">
          <button class="secondary">绑定「${name}」，开始服务</button></form>`,
      ]),
    )}`
}

function unbindForm(c: ConsoleContext, { id, name }: GroupCard): Html {
  return card(
    '解绑',
    html`<p>解绑以后不再往「${name}」推送，也不再应答；签到记录都还在，随时可以再绑定。</p>
    <form method="post" action="/groups/unbind">${csrfField(c)}<input type="hidden" name="id" value="${id}">
      <button class="secondary">解绑「${name}」</button></form>`,
  )
}

function groupForm(
  c: ConsoleContext,
  group: Omit<GroupCard, 'form'> & { form: string; seen: string },
  problem: string,
): Html {
  const { space, branch, tags, form, isOrganizers } = group
  const checked = (isSo: boolean) => (isSo ? html` checked` : '')
  return card(
    '',
    html`${problem ? html`<p role="alert" class="problem">${problem}</p>` : ''}
    <form method="post" action="${editPath(group.id)}">${csrfField(c)}
      <input type="hidden" name="seen" value="${group.seen}">
      <label>众创空间<input name="space" value="${space}" maxlength="40" placeholder="例如 优空间"></label>
      <label>支部<input name="branch" value="${branch}" maxlength="40" placeholder="例如 优空间党支部"></label>
      <label>标签<input name="tags" value="${tags.join('、')}" maxlength="200" placeholder="用顿号隔开，例如 科技、税务"></label>
      <fieldset><legend>推送给这个群</legend>
        <label><input type="radio" name="form" value="text"${checked(form === 'text')}> 文字</label>
        <label><input type="radio" name="form" value="picture"${checked(form === 'picture')}> 长图</label></fieldset>
      <label><input type="checkbox" name="isOrganizers" value="yes"${checked(isOrganizers)}>
        这是组织者自己的群：演练发到这里，发给全部群的推送不发这里</label>
      <button type="submit">保存</button></form>`,
  )
}
