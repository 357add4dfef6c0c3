import { Hono } from 'hono'
import { html } from 'hono/html'
import { type ConsoleEnv, type Page, Refusal } from '../../feature.ts'
import { card, emptyState, type Html, renderPage } from '../widgets.ts'
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
  const kinds = [...Map.groupBy(packages, ({ licence }) => licence || '没有写明')].sort(
    ([, a], [, b]) => b.length - a.length,
  )
  return html`${card(
    '',
    html`<p>机器人自己用 Apache-2.0 许可，运行时用到 ${packages.length} 个开源组件，下面按许可分开。点开看有哪些，点名字看许可全文；打印时全部列出。</p>
      <p class="hint">命令行里看：npm run -s licences，加 --json 给程序用。</p>`,
  )}${card('', html`${kinds.map(([licence, of]) => viewKind(licence, of))}`)}`
}

/** Packages of one licence, folded on the screen and whole on paper. */
const viewKind = (licence: string, packages: readonly ShippedPackage[]): Html =>
  html`<details class="printed"><summary>${licence}：${packages.length} 个组件</summary>
    <p>${packages.map(
      ({ name, version, folder }) =>
        html`<a href="/licences/text?of=${encodeURIComponent(folder)}">${name}</a> ${version}；`,
    )}</p></details>`

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
