import { basename } from 'node:path'
import { html } from 'hono/html'
import { card, emptyState, type Html } from '../../../../console/widgets.ts'
import type { ExportedFile } from '../sheets/export.ts'
import { basePath } from './parts.ts'

/** The base as files again, to be put into the folder of the knowledge and kept with the code. */
export function viewFiles(files: readonly ExportedFile[]): Html {
  const changed = files.filter(({ isChanged }) => isChanged)
  const list = (of: readonly ExportedFile[]) =>
    html`<ul class="plain">${of.map(({ file }) => html`<li><a href="${basePath}/files/${basename(file)}">${basename(file)}</a></li>`)}</ul>`
  return html`${card(
    `和文件不同的（${changed.length} 个）`,
    changed.length === 0
      ? emptyState('控制台的知识和文件里的一样，没有要写回去的。')
      : html`${list(changed)}<p><a role="button" class="secondary" href="${basePath}/files/changed.zip">全部下载（.zip）</a></p>
        <p class="hint">放回 data/faq 覆盖原来的，跑一遍 npm run faq:check，提交，再部署。只有改过的条目那几行不一样。部署以后，这里的改动就和文件合成一份了。</p>`,
  )}
  ${card('没有改过的', html`<details><summary>${files.length - changed.length} 个文件，和原来一字不差</summary>${list(files.filter(({ isChanged }) => !isChanged))}</details>`)}
  ${card('谁说了算', html`<p>文件是底，控制台的改动盖在上面。控制台改过的，文件后来又改：先按控制台的说（审核人批过），同时在「改动」里列出来，由审核人选用哪一份。文件改成和控制台一样，就自动合成一份。</p>`)}`
}
