import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { fieldProblem, type RefusedForm } from '../../../console/forms.ts'
import { card, type Html, timeOf } from '../../../console/widgets.ts'
import { streams } from '../../../ports/items.ts'
import { sayKeptDay } from '../../../text/dates/kept-day.ts'
import { isDeleted } from '../catalogue/deleted-submission.ts'
import type { KeptItem } from '../catalogue/records.ts'
import type { ItemEdit } from '../catalogue/rules.ts'
import { lacksAttachment, type UploadedDocument, withDocuments } from '../sources/attached.ts'
import { basePath } from '../words.ts'
import { viewDates } from './views-dates.ts'
import { type InboxView, itemButton, itemStateBadge, viewFindings } from './views-inbox.ts'

type ItemView = InboxView & {
  /** A form of this page that was refused. */
  refused: RefusedForm | undefined
  /** The item that this one may repeat, and how alike their texts are. */
  earlierItem: { item: KeptItem; likeness: number | undefined } | undefined
  /** Documents of the library that were uploaded for it. */
  attached: readonly UploadedDocument[]
}

/** One item: findings, possible decisions, text and history. */
export function viewItem(item: KeptItem, view: ItemView): Html {
  const { now, csrf, canDecide, refused, earlierItem } = view
  return html`<p><a href="${basePath}">← 条目</a></p>
    ${refused?.problem ? html`<p role="alert" class="problem">${refused.problem}</p>` : ''}
    <section class="card"><p>${itemStateBadge(item)} ${item.stream}，${item.from}，${sayKeptDay(item.publishedOn)}发布</p>
      ${item.link ? html`<p><a href="${item.link}" rel="noreferrer noopener">看原文</a> <small>${item.link}</small></p>` : ''}
      ${item.alsoAt.map(place => html`<p class="hint">也见于${place.from}：<a href="${place.link ?? ''}" rel="noreferrer noopener">${place.link}</a></p>`)}
      ${viewFindings(item, view)}
      ${canDecide ? decisions(item, csrf) : ''}</section>
    ${earlierItem ? viewEarlierItem(item, earlierItem, view) : ''}
    ${viewDates(item, { canDecide, csrf })}
    ${viewAttached(item, view)}
    ${canDecide ? editForm(item, refused, csrf) : ''}
    ${card('正文', item.text === '' ? html`<p class="hint">没有正文。</p>` : html`<div class="preview">${item.text}</div>`)}
    ${card(
      '经过',
      html`<ul class="plain">${item.history.map(
        ({ at, by, deed }) =>
          html`<li><span>${by.name} ${deed}</span> ${timeOf(Temporal.Instant.from(at), now)}</li>`,
      )}</ul>`,
    )}`
}

/** Documents of the library that were uploaded for this item, and the way to upload one. */
function viewAttached(item: KeptItem, { attached, canDecide, csrf }: ItemView): Html {
  const { number, link = '', text } = item
  const canRead = canDecide && withDocuments(text, attached) !== text
  const words = new URLSearchParams({ item: String(number), source: link })
  return card(
    '文件库里的原件',
    html`${attached.length > 0 ? html`<ul>${attached.map(({ title, path }) => html`<li><a href="${path}">${title}</a></li>`)}</ul>` : ''}
      ${attached.length === 0 && lacksAttachment(text) ? html`<p>正文说见附件，附件还没有读到，截止日和金额可能在里面。请上传附件，再回到这里点「读附件」。</p>` : ''}
      ${canRead ? html`<div class="actions">${itemButton(`/${number}/read-uploaded`, { label: '读附件：找日子和金额', style: 'primary', csrf })}</div>` : ''}
      <p class="actions"><a role="button" class="secondary" href="/documents?${words}">上传这一条的文件或附件</a></p>`,
  )
}

function decisions(item: KeptItem, csrf: Html): Html {
  if (isDeleted(item)) return html`<p>这条投稿已经删掉了，内容没有留下。</p>`
  const { number, revision, state, stream, link } = item
  const approve = state === 'new' ? `通过，可以进「${stream}」的推送` : '重新通过'
  return html`<div class="actions">
    ${state !== 'approved' ? itemButton(`/${number}/approve`, { label: approve, style: 'primary', csrf, seen: revision }) : ''}
    ${state === 'new' ? itemButton(`/${number}/dismiss`, { label: '不用', style: 'secondary', csrf }) : ''}
    ${state === 'dismissed' ? itemButton(`/${number}/reopen`, { label: '放回待看', style: 'secondary', csrf }) : ''}
    ${link ? itemButton(`/${number}/reread`, { label: '重新读原文', style: 'secondary', csrf }) : ''}</div>
    ${
      state === 'approved'
        ? html`<form method="post" action="${basePath}/${number}/withdraw">${csrf}
      <label>撤回的原因<input name="reason" maxlength="100" placeholder="比如：文件已废止"></label>
      <button type="submit" class="secondary">撤回，引用它的推送都不再发</button></form>`
        : ''
    }`
}

function viewEarlierItem(
  item: KeptItem,
  { item: other, likeness }: NonNullable<ItemView['earlierItem']>,
  view: InboxView,
): Html {
  const { csrf } = view
  const alike = likeness === undefined ? '标题几乎一样' : `正文大约 ${Math.round(likeness * 100)}% 一样`
  return card(
    `可能是 ${other.number} 号的转载`,
    html`<p>${alike}。<a href="${basePath}/${other.number}">${other.title}</a>（${other.from}，${sayKeptDay(other.publishedOn)}）</p>
      ${viewFindings(other, view)}
      <div class="actions">
        ${itemButton(`/${item.number}/merge`, { label: `是同一件，并入 ${other.number} 号`, style: 'primary', csrf })}
        ${itemButton(`/${item.number}/apart`, { label: '不是同一件', style: 'secondary', csrf })}</div>`,
  )
}

type EditInput = Record<keyof ItemEdit, string>

/** The item as it stands in the form. */
const editOf = (item: KeptItem): EditInput => ({
  revision: String(item.revision),
  title: item.title,
  stream: item.stream,
  link: item.link ?? '',
  documentNumber: item.documentNumber ?? '',
  publishedOn: item.publishedOn,
  deadline: item.deadline?.value ?? '',
  effectiveUntil: item.effectiveUntil?.value ?? '',
  summary: item.summary,
  what: item.lines?.what ?? '',
  who: item.lines?.who ?? '',
  when: item.lines?.when ?? '',
})

function editForm(item: KeptItem, refused: RefusedForm | undefined, csrf: Html): Html {
  // Other forms of the page have no title: what they were sent with is not this one's.
  const isRefused = refused?.input.title !== undefined
  const values: EditInput = isRefused ? { ...editOf(item), ...refused.input } : editOf(item)
  const field = (label: string, name: keyof ItemEdit, hint = '') =>
    html`<label>${label}<input name="${name}" value="${values[name]}" placeholder="${hint}">${fieldProblem(refused?.fieldProblems ?? {}, name)}</label>`
  return html`<details class="card" ${isRefused ? html`open` : ''}><summary>修改</summary>
    <form method="post" action="${basePath}/${item.number}/edit">${csrf}
      <input type="hidden" name="revision" value="${values.revision}">
      ${field('标题', 'title')}
      <label>栏目<select name="stream">${streams.map(
        stream => html`<option ${stream === values.stream ? html`selected` : ''}>${stream}</option>`,
      )}</select></label>
      ${field('链接', 'link')}
      ${field('文号', 'documentNumber')}
      ${field('发布日期', 'publishedOn', '2026-11-20')}
      ${field('截止日', 'deadline', '2026-12-15，没有就空着')}
      ${field('有效期到', 'effectiveUntil', '没有就空着')}
      <label>摘要<textarea name="summary" rows="2">${values.summary}</textarea></label>
      <p class="hint">下面三行可以自己写，推送照着发；空着就从正文里取。</p>
      ${field('第一行：是什么', 'what')}
      ${field('第二行：谁能报、多少', 'who')}
      ${field('第三行：什么时候、去哪里', 'when')}
      <button type="submit">${item.state === 'approved' ? '保存，引用它还没发的推送要重新审' : '保存'}</button>
    </form></details>`
}
