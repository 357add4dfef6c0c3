import { html } from 'hono/html'
import type { Html } from '../../../../console/widgets.ts'
import { type Programme, Region } from '../../records.ts'
import type { Trouble } from '../changes/checks.ts'
import { aboutWords, changedWords, fieldWords, policyWords } from '../changes/words.ts'
import type { ShownDraft } from '../drafts.ts'
import type { Fields } from '../forms.ts'
import { basePath } from './parts.ts'

export type EditorView = {
  fields: Fields
  programmes: readonly Programme[]
  desks: readonly string[]
  /** Faults, shown beside their fields. */
  troubles: readonly Trouble[]
  /** Where the form is of an entry that exists, its id may not be changed. */
  isNew: boolean
  draft: ShownDraft
  csrf: Html
}

type Troubled = Pick<EditorView, 'fields' | 'troubles'>

/** Rows that are empty yet, for more lines. */
const spareRows = 2

/** The form of one entry, with a live preview of the answer beside it. */
export function viewEditor(view: EditorView): Html {
  const { fields, draft, csrf } = view
  return html`<div class="beside">
    <form method="post" action="${basePath}/submit" id="entry">${csrf}
      <input type="hidden" name="draft" value="${draft.id}"><input type="hidden" name="draftSeen" value="${draft.seen}"><input type="hidden" name="seen" value="${fields.seen ?? ''}">
      <section class="card"><h2>问</h2>
        ${text(view, 'question', { hint: '一句完整的话，例如「高企怎么申报？」' })}
        ${area(view, 'otherQuestions', { rows: 10, hint: '一行一种问法：短的、口语的、只说一半的，越多越好。' })}</section>
      <section class="card"><h2>答</h2>
        ${text(view, 'short', { hint: '直接回答，最好不超过 60 个字。' })}
        ${folded(view, ['firstLines'], area(view, 'firstLines', { rows: 4, hint: '可不填。问的正是这一点时，先说这一句，一行一样：「能不能：不能找中介。」「哪里：……」「问到担保人、反担保：……」「能不能问到网上：能网上办。」，末尾可加〔待核实〕；还有多少、什么时候、谁、材料、怎么办。' }))}
        ${viewDetails(view)}</section>
      <section class="card" id="documents" hx-post="${basePath}/documents" hx-include="#entry" hx-trigger="change from:#programme">${viewDocuments(view)}</section>
      <section class="card">${folded(view, ['clauses'], area(view, 'clauses', { rows: 3, hint: '可不填。文件库里的条款，一行一条，例如「榕科〔2026〕12号 第三条（一）」。交上去会记下条款现在的文字（#…）；文件换了新版，对着新文字核过以后，把 # 和后面的删掉再交。' }))}</section>
      ${viewValidity(view)}
      <section class="card"><label>为什么改（给审核人看，可不填）<input name="note" maxlength="200" value="${fields.note ?? ''}"></label>
        <div class="actions"><button type="submit">交给审核人</button>
          <button type="submit" class="secondary" formaction="${basePath}/save">先存着，以后再写</button></div>
        <p class="hint">交上去还不会上线：另一位审核人批准以后，群里马上按新的回答。</p></section>
      ${draft.id ? html`<button type="submit" class="quiet" formaction="${basePath}/drafts/${draft.id}/remove" formnovalidate>不要这份草稿了，删掉</button>` : ''}
    </form>
    <aside id="preview" aria-label="预览" hx-post="${basePath}/preview" hx-include="#entry" hx-trigger="load, input from:#entry delay:400ms"><section class="card"><h2>群里会看到</h2><p class="empty">正在准备预览……</p></section></aside>
  </div>`
}

/** Owner and validity of the entry; fields that are rarely changed stay folded. */
function viewValidity(view: EditorView): Html {
  const { fields, isNew, programmes } = view
  const programme = isNew
    ? select(
        view,
        'programme',
        programmes.map(({ id, name }) => [id, name]),
      )
    : html`<input type="hidden" name="programme" value="${fields.programme ?? ''}">`
  const rare = html`<div class="grid">${select(view, 'region', pairs(Region.options))}${select(view, 'mayHaveChanged', Object.entries(changedWords))}${text(view, 'replacedBy', { hint: '那一条的编号，可不填' })}</div>
    <div class="grid">${text(view, 'facts', { hint: '出自哪条事实，或者谁提供的' })}${isNew ? text(view, 'id', { hint: '不填就自动编，定了不能再改' }) : html`<input type="hidden" name="id" value="${fields.id ?? ''}">`}</div>`
  return html`<section class="card"><h2>管到什么时候，谁来管</h2>
    <div class="grid">${programme}${select(view, 'owner', pairs(view.desks))}${text(view, 'ask', { hint: '会说给创客听' })}</div>
    ${select(view, 'policy', Object.entries(policyWords))}
    <div class="grid">${text(view, 'effectiveFrom', { hint: '2026 或 2026-08-31，可不填' })}${text(view, 'effectiveUntil', { hint: '最后一天，例如 2026-12-31，可不填' })}${text(view, 'verifiedOn', { hint: '最近核实到哪天' })}</div>
    ${folded(view, ['replacedBy', 'region', 'mayHaveChanged', 'facts', ...(isNew ? (['id'] as const) : [])], rare)}
  </section>`
}

/** Rarely used fields: open where the first of them has a value or one has a fault. */
function folded(view: EditorView, names: readonly [FieldName, ...FieldName[]], fields: Html): Html {
  const isOpen = view.fields[names[0]] || names.some(name => troubleOf(view, name) !== '')
  const summary = `${names.map(name => fieldWords[name]).join('、')}（${names.length === 1 ? '可不填' : '一般不用改'}）`
  return html`<details ${isOpen ? 'open' : ''}><summary>${summary}</summary>${fields}</details>`
}

const pairs = (words: readonly string[]) => words.map((word): [string, string] => [word, word])

/** The faults of a field, beside it. */
function troubleOf({ troubles }: Troubled, field: string): Html | '' {
  const found = troubles.filter(trouble => trouble.place.part === 'entries' && trouble.field === field)
  return found.length > 0
    ? html`<small class="problem">${found.map(({ message }) => message).join('；')}</small>`
    : ''
}

type FieldName = keyof typeof fieldWords

function text(view: EditorView, name: FieldName, { hint }: { hint: string }): Html {
  return html`<label>${fieldWords[name]}<input name="${name}" value="${view.fields[name] ?? ''}" placeholder="${hint}">${troubleOf(view, name)}</label>`
}

function area(view: EditorView, name: FieldName, { rows, hint }: { rows: number; hint: string }): Html {
  return html`<label class="wide">${fieldWords[name]}<small>${hint}</small><textarea name="${name}" rows="${rows}">${view.fields[name] ?? ''}</textarea>${troubleOf(view, name)}</label>`
}

function select(view: EditorView, name: FieldName, options: readonly [string, string][]): Html {
  const chosen = view.fields[name] ?? ''
  const isKnown = options.some(([value]) => value === chosen)
  return html`<label>${fieldWords[name]}<select name="${name}" id="${name}">${isKnown ? '' : html`<option value="${chosen}">${chosen || '请选择'}</option>`}${options.map(([value, word]) => html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${word}</option>`)}</select>${troubleOf(view, name)}</label>`
}

function viewDetails(view: EditorView): Html {
  const { fields } = view
  const used = Object.keys(fields).flatMap(name => /^d(\d+)\.text$/u.exec(name)?.[1] ?? [])
  const last = Math.max(-1, ...used.map(Number))
  const rows = [
    ...used.map(Number).sort((a, b) => a - b),
    ...Array.from({ length: spareRows }, (_, at) => last + 1 + at),
  ]
  return html`<fieldset class="details"><legend>${fieldWords.details}</legend>
    <small>重要的在前：群里最多 300 字，放不下的整行留给「完整答案」。删掉一行的字，这一行就没有了。</small>
    ${troubleOf(view, 'details')}
    ${rows.map(at => detailRow(fields, at))}
    <div id="more-rows" hx-get="${basePath}/row?at=${last + 1 + spareRows}" hx-trigger="click from:#add-row" hx-swap="beforebegin"></div>
    <button type="button" id="add-row" class="quiet">再加一行</button></fieldset>`
}

/** One line under the answer. */
export function detailRow(fields: Fields, at: number): Html {
  const said = (field: string) => fields[`d${at}.${field}`] ?? ''
  return html`<div class="detail">
    <select name="d${at}.about" aria-label="关于什么">${Object.entries(aboutWords).map(([value, word]) => html`<option value="${value}" ${value === said('about') ? 'selected' : ''}>${word}</option>`)}</select>
    <textarea name="d${at}.text" rows="3" aria-label="这一行说什么">${said('text')}</textarea>
    <details ${said('document') || said('unsure') ? 'open' : ''}><summary>次序、另外的依据、没完全核实</summary>
      <label>次序<input name="d${at}.order" inputmode="numeric" value="${said('order') || at + 1}"></label>
      <label>另有依据<select name="d${at}.document"><option value="">同主要依据</option>${namesIn(fields).map(name => html`<option value="${name}" ${name === said('document') ? 'selected' : ''}>${fields[`doc.${name}.title`] ?? name}</option>`)}</select></label>
      <label><input type="checkbox" name="d${at}.unsure" value="yes" ${said('unsure') === 'yes' ? 'checked' : ''}> 没完全核实（只在完整答案里说，并提示）</label></details></div>`
}

const namesIn = (fields: Fields) =>
  Object.keys(fields).flatMap(name => /^doc\.([\w-]+)\.title$/u.exec(name)?.[1] ?? [])

/** The documents of the programme, of which some are cited. */
export function viewDocuments(view: Troubled): Html {
  const { fields } = view
  const cited = (fields.documents ?? '').split(/\s+/u).filter(Boolean)
  const names = namesIn(fields)
  return html`<h2>依据</h2>${troubleOf(view, 'documents')}
    <p class="hint">勾上这一条用到的文件，圈出主要的那份。改文件的内容，同一项目里用到它的条目都会跟着变。</p>
    ${names.map(name => viewDocument(view, { name, isCited: cited.includes(name), isMain: cited[0] === name }))}
    <details ${fields['doc..title'] ? 'open' : ''}><summary>添一份文件</summary>${documentFields(view, '')}</details>`
}

type Shown = { name: string; isCited: boolean; isMain: boolean }

function viewDocument(view: Troubled, { name, isCited, isMain }: Shown): Html {
  const title = view.fields[`doc.${name}.title`] ?? ''
  const isWrong = view.troubles.some(({ place }) => place.part === 'documents' && place.name === name)
  return html`<div class="document">
    <input type="hidden" name="doc.${name}.seen" value="${view.fields[`doc.${name}.seen`] ?? ''}">
    <label><input type="checkbox" name="documents" value="${name}" ${isCited ? 'checked' : ''}> ${title || name}</label>
    <label><input type="radio" name="main" value="${name}" ${isMain ? 'checked' : ''}> 主要依据</label>
    <details ${isWrong ? 'open' : ''}><summary>改这份文件</summary>${documentFields(view, name)}</details></div>`
}

function documentFields(view: Troubled, name: string): Html {
  const said = (field: string) => view.fields[`doc.${name}.${field}`] ?? ''
  const input = (field: string, word: string, hint: string) =>
    html`<label>${word}<input name="doc.${name}.${field}" value="${said(field)}" placeholder="${hint}">${documentTrouble(view, name, field)}</label>`
  return html`<div class="grid">${input('title', '标题', '不带书名号')}${input('number', '文号', '没核到就空着')}</div>
    <div class="grid">${input('issuer', '发文机关', '')}${input('date', '日期', '2026-08-31；没核到就空着')}</div>
    ${input('url', '链接', '只能放 gov.cn 的')}
    <label><input type="checkbox" name="doc.${name}.opened" value="yes" ${said('opened') === 'yes' ? 'checked' : ''}> 打开核对过</label>`
}

function documentTrouble({ troubles }: Troubled, name: string, field: string): Html | '' {
  const wanted = field === 'url' ? 'link' : field
  const found = troubles.filter(
    trouble => trouble.place.part === 'documents' && trouble.place.name === name && trouble.field === wanted,
  )
  return found.length > 0
    ? html`<small class="problem">${found.map(({ message }) => message).join('；')}</small>`
    : ''
}
