import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { card, csrfField, emptyState, type Html, renderPage, stackTable } from '../../console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../../feature.ts'
import type { GroupCard } from '../../ports/groups.ts'
import { type GroupCardDesk, tagsIn } from './group-cards.ts'

type Here = Context<ConsoleEnv>

/** The bound groups on the console, and what is written down about each. */
export function groupsPage(desk: GroupCardDesk): Page {
  const routes = new Hono<ConsoleEnv>()

  routes.get('/', async c => {
    const groups = await desk.all()
    return renderPage(c, '群', card('', groups.length === 0 ? nothingYet : groupTable(groups)))
  })

  routes.get('/edit', async c => {
    const group = await desk.get(c.req.query('id') ?? '')
    if (!group) throw new Refusal('没有这个群，可能刚刚解绑了。')
    return renderPage(c, group.name, groupForm(c, group))
  })

  routes.post('/edit', async c => {
    const form = await c.req.formData()
    const said = (name: string) => String(form.get(name) ?? '')
    await desk.note(c.req.query('id') ?? '', {
      space: said('space'),
      branch: said('branch'),
      tags: tagsIn(said('tags')),
      form: said('form') === 'picture' ? 'picture' : 'text',
      isOrganizers: said('isOrganizers') === 'yes',
    })
    return c.redirect('/groups', 303)
  })

  return {
    path: 'groups',
    title: '群',
    section: '社群',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    routes,
  }
}

const nothingYet = emptyState('还没有绑定的群。组织者在群里发「绑定本群」，群就会出现在这里。')

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
        html`<a href="${editPath(group.id)}">改</a>`,
      ]),
    )}`
}

function groupForm(c: Here, group: GroupCard): Html {
  const { space, branch, tags, form, isOrganizers } = group
  const checked = (isSo: boolean) => (isSo ? html` checked` : '')
  return card(
    '',
    html`<form method="post" action="${editPath(group.id)}">${csrfField(c)}
      <label>众创空间<input name="space" value="${space}" maxlength="40" placeholder="例如 优空间"></label>
      <label>支部<input name="branch" value="${branch}" maxlength="40" placeholder="例如 优空间党支部"></label>
      <label>标签<input name="tags" value="${tags.join('、')}" maxlength="200" placeholder="用顿号隔开，例如 科技、税务"></label>
      <fieldset><legend>推送给这个群</legend>
        <label><input type="radio" name="form" value="text"${checked(form === 'text')}> 文字</label>
        <label><input type="radio" name="form" value="picture"${checked(form === 'picture')}> 长图</label></fieldset>
      <label><input type="checkbox" name="isOrganizers" value="yes"${checked(isOrganizers)}>
        这是组织者自己的群：演练发到这里，发给全部群的推送不发这里</label>
      <button type="submit">保存</button></form>
    <p><a href="/groups">回到群</a></p>`,
  )
}
