import { Hono } from 'hono'
import { html } from 'hono/html'
import { type ConsoleEnv, type Page, Refusal } from '../../feature.ts'
import { card, emptyState, type Html, renderPage, stackTable } from '../widgets.ts'
import { licenceTexts, type ShippedPackage, shippedPackages } from './shipped-packages.ts'

/** 「开源许可」: the packages that the bot runs with, and the text of each licence. */
export function licencesPage(): Page {
  const routes = new Hono<ConsoleEnv>()
  routes.get('/', c => renderPage(c, '开源许可', viewPackages(shippedPackages())))
  routes.get('/text', c => {
    const one = shippedPackages().find(({ folder }) => folder === c.req.query('of'))
    if (!one) throw new Refusal('没有这个组件，请从列表里点开。')
    return renderPage(c, `${one.name} 的许可`, viewTexts(one))
  })
  return {
    path: 'licences',
    title: '开源许可',
    chapter: 'install',
    section: '运行',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    routes,
  }
}

function viewPackages(packages: readonly ShippedPackage[]): Html {
  if (packages.length === 0) return emptyState('没有找到安装记录，请用 npm ci 安装后再看。')
  const kinds = [...Map.groupBy(packages, ({ licence }) => licence || '没有写明')]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([licence, of]) => `${licence} ${of.length} 个`)
  const rows = packages.map(({ name, version, licence, folder }) => [
    name,
    version,
    html`<a href="/licences/text?of=${encodeURIComponent(folder)}">${licence || '没有写明'}</a>`,
  ])
  return html`${card(
    '',
    html`<p>机器人自己用 Apache-2.0 许可，运行时用到 ${packages.length} 个开源组件：${kinds.join('，')}。</p>
      <p class="hint">命令行里看：npm run -s licences，加 --json 给程序用。</p>`,
  )}${card('', stackTable(['组件', '版本', '许可'], rows))}`
}

function viewTexts(one: ShippedPackage): Html {
  const texts = licenceTexts(one)
  const said = `${one.name} ${one.version}，${one.licence || '没有写明许可'}`
  return html`<p><a href="/licences">← 开源许可</a></p>${card(
    said,
    texts.length === 0
      ? html`<p>它的文件夹里没有附许可全文，以它写明的名称为准。</p>`
      : html`${texts.map(text => html`<pre class="licence">${text}</pre>`)}`,
  )}`
}
