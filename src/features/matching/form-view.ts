import { html } from 'hono/html'
import { z } from 'zod'
import { form } from '../../console/forms.ts'
import { card, type Html, stateBadge } from '../../console/widgets.ts'
import type { FieldAnswer, Profile } from '../../matching/answers.ts'
import { isRange } from '../../matching/answers.ts'
import { isoDay } from '../../matching/days.ts'
import type { ProfileField } from '../../matching/fields.ts'
import { disclaimer, type ShownVerdict, shownVerdicts, type TrackResult } from '../../matching/results.ts'

/** Reads the form, each field with all its values. */
export const answersForm = (ids: Iterable<string>) => {
  const names = [...ids]
  return form(z.object(Object.fromEntries(names.map(name => [name, z.array(z.string())]))), names)
}

const groupTitles: Record<ProfileField['group'], string> = {
  core: '公司基本情况',
  rd: '研发',
  titles: '称号和记录',
  deals: '技术合同与合作',
  patents: '专利',
  people: '创办人和招用',
  space: '众创空间、孵化器填',
}

type Problem = { typed: string; problem: string }
type FormState = { profile: Profile; problems: ReadonlyMap<string, Problem> }

/**
 * Every field, the groups folded away but for the first.
 * @param before what stands inside the form before the fields
 */
export function viewFields(
  fields: ReadonlyMap<string, ProfileField>,
  { profile, problems }: FormState,
): Html {
  const groups = Object.entries(groupTitles).map(([group, title]) => {
    const inGroup = [...fields.values()].filter(field => field.group === group)
    const isOpen = group === 'core' || inGroup.some(({ id }) => profile.has(id) || problems.has(id))
    return html`<details ${isOpen ? 'open' : ''}><summary>${title}</summary>
      ${inGroup.map(field => viewField(field, profile.get(field.id), problems.get(field.id)))}</details>`
  })
  return html`${groups}`
}

function viewField(field: ProfileField, answer: FieldAnswer | undefined, problem: Problem | undefined): Html {
  const hint = `match-${field.id}-hint`
  const label = html`<label for="match-${field.id}">${field.ask}${field.unit ? `（${field.unit}）` : field.kind === 'share' ? '（%）' : ''}</label>`
  const note = html`<small id="${hint}">${problem ? html`<span class="problem">${problem.problem}</span> ` : ''}${field.findIt}</small>`
  return html`<div class="field">${label}${input(field, answer, { hint, typed: problem?.typed })}${note}</div>`
}

function input(
  field: ProfileField,
  answer: FieldAnswer | undefined,
  { hint, typed: wrong }: { hint: string; typed: string | undefined },
): Html {
  const attributes = html`id="match-${field.id}" name="${field.id}" aria-describedby="${hint}"`
  if (field.kind === 'yes-no') {
    return select(
      attributes,
      [
        ['yes', '是'],
        ['no', '否'],
      ],
      answer === undefined ? [] : [answer ? 'yes' : 'no'],
      false,
    )
  }
  if (field.kind === 'choice') {
    const options = Object.entries(field.options ?? {})
    return select(attributes, options, answer === undefined ? [] : ([answer].flat() as string[]), field.many)
  }
  const value =
    isRange(answer) && answer.min === answer.max
      ? field.kind === 'day'
        ? isoDay(answer.min)
        : String(answer.min)
      : (wrong ?? '')
  const word = field.orNone ? '没有' : field.orOwn ? '自有' : undefined
  const typed = html`<input ${attributes} type="${field.kind === 'day' ? 'date' : 'text'}" inputmode="${field.kind === 'day' ? '' : 'decimal'}" value="${value}">`
  if (!word) return typed
  const isWord = answer === 'none' || answer === 'own'
  return html`${typed}<label class="inline"><input type="checkbox" name="${field.id}" value="${field.orNone ?? field.orOwn}" ${isWord ? 'checked' : ''}> ${word}</label>`
}

function select(
  attributes: Html,
  options: readonly (readonly [string, string])[],
  chosen: readonly string[],
  many: boolean,
): Html {
  return html`<select ${attributes} ${many ? 'multiple' : ''}>
    ${many ? '' : html`<option value="">不填</option>`}
    ${options.map(([value, words]) => html`<option value="${value}" ${chosen.includes(value) ? 'selected' : ''}>${words}</option>`)}
  </select>`
}

const tones: Record<ShownVerdict, 'good' | 'warn' | 'bad' | 'quiet'> = {
  对得上: 'good',
  不在时候: 'warn',
  矛盾: 'bad',
  要先问清: 'warn',
  还差: 'bad',
  不符合: 'bad',
  已停: 'quiet',
  只能问部门: 'quiet',
}

/** Verdicts with their conditions, those that hold first. @param officesOf by track id */
export function viewResults(
  results: readonly TrackResult[],
  officesOf: (track: string) => readonly string[],
): Html {
  const counts = shownVerdicts.flatMap(name => {
    const count = results.filter(({ verdict }) => verdict === name).length
    return count > 0 ? [html`${stateBadge(`${name} ${count}`, tones[name])} `] : []
  })
  return html`<section id="match-results" aria-live="polite">
    ${card('结果', html`<p>${counts}</p><p class="hint">${disclaimer}</p>`)}
    ${results.map(result => viewResult(result, officesOf(result.id)))}</section>`
}

function viewResult(
  { name, verdict, lines, notes, documents }: TrackResult,
  offices: readonly string[],
): Html {
  return html`<details class="card"><summary>${stateBadge(verdict, tones[verdict])} ${name}</summary>
    <ol>${lines.map(line => html`<li>${line}</li>`)}</ol>
    ${notes.map(note => html`<p>${note}</p>`)}
    ${documents.length > 0 ? html`<p class="hint">依据：${documents.join('、')}</p>` : ''}
    ${offices.length > 0 ? html`<p class="hint">问人：${offices.join('、')}</p>` : ''}</details>`
}
