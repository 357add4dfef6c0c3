import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import { card, emptyState, type Html, stackTable } from '../../../console/widgets.ts'
import {
  attendedOf,
  type Counts,
  definitions,
  expectedOf,
  guestsOf,
  lateOf,
  rateOf,
  rateWithMadeUpOf,
  sayRate,
  sumOfCounts,
  unknownOf,
} from '../../../ledger/counts.ts'
import { type AttendanceLedger, groupBy, type LedgerMember } from '../../../ledger/ledger.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import { ofUnit } from '../period-reader.ts'
import { type NamedPeriod, offeredPeriods } from '../periods.ts'
import { membersPerPicture, weeksOf } from '../pictures.ts'
import { sayCounts } from '../words.ts'

type View = {
  period: NamedPeriod
  ledger: AttendanceLedger
  /** The branch or space whose members are shown; empty: all. */
  unit: string
  today: Temporal.PlainDate
  problem: string
}

/** A period's numbers, pictures and files. */
export function viewTally(view: View): Html {
  const { period, ledger, problem } = view
  const chooser = viewChooser(view)
  const said = problem ? html`<p role="alert" class="problem">${problem}</p>` : ''
  if (ledger.lessons.length === 0) {
    return html`${said}${chooser}${card(period.title, emptyState('这段时间还没有上完的课。上完一节课，这里就有人数、图和可以归档的表格。'))}`
  }
  return html`${said}${chooser}
    ${viewWhole(view)}
    ${card('每周', html`${picture(view, 'weeks', `${period.title}每周出勤的柱状图，数字见下面的表`)}${viewWeeks(ledger)}`)}
    ${viewUnits(view, 'branch')}
    ${viewUnits(view, 'space')}
    ${viewLessons(ledger)}
    ${viewMembers(view)}
    ${card('怎么算的', html`<ul>${definitions.map(one => html`<li>${one}</li>`)}</ul>`)}`
}

const viewWeeks = (ledger: AttendanceLedger) =>
  html`<details><summary>每周的数字</summary>${stackTable(
    ['从周一', '出勤'],
    weeksOf(ledger).map(({ name, counts }) => [
      name,
      Object.values(counts).some(count => count > 0) ? sayCounts(counts) : '没有课',
    ]),
  )}</details>`

function viewChooser({ period, today }: View): Html {
  const options = offeredPeriods(today)
  const isOffered = options.some(({ periods }) => periods.some(({ id }) => id === period.id))
  const option = ({ id, title }: NamedPeriod) =>
    html`<option value="${id}" ${id === period.id ? 'selected' : ''}>${title}</option>`
  return html`<form method="get" action="/tally" class="choose">
    <label>看哪段时间 <select name="period">
      ${isOffered ? '' : option(period)}
      ${options.map(({ title, periods }) => html`<optgroup label="${title}">${periods.map(option)}</optgroup>`)}
    </select></label>
    <button type="submit" class="secondary outline">看这段时间</button>
  </form>`
}

function viewWhole({ period, ledger }: View): Html {
  const { total, lessons, lines } = ledger
  const figure = (word: string, value: string | number, hint = '') =>
    html`<div><dt>${word}</dt><dd>${value}${hint ? html` <small>${hint}</small>` : ''}</dd></div>`
  return card(
    period.title,
    html`<dl class="figures">
      ${rateOf(total) === undefined ? '' : figure('出勤率', sayRate(rateOf(total)), total['made-up'] > 0 ? `含补学 ${sayRate(rateWithMadeUpOf(total))}` : '')}
      ${figure('上课', lessons.length, '次')}
      ${figure('成员', lines.length, '人')}
      ${figure('缺勤', total.absent, '人次')}
      ${unknownOf(total) > 0 ? figure('未核对', unknownOf(total), '人次') : ''}
    </dl>
    <p>${sayCounts(total)}。</p>
    <p><a role="button" href="/tally/ledger.xlsx?period=${period.id}">下载台账（.xlsx，${lines.length} 人 × ${lessons.length} 课）</a></p>
    <p class="hint">可以直接打印归档：汇总、成员出勤和每课一页，公式是活的。谁下载了会记在「导出记录」里。</p>`,
  )
}

/** One drawing for a desk and one for a phone. */
function picture({ period }: View, name: string, alt: string, more = ''): Html {
  // A map of members keeps its size, and scrolls: made smaller, it could not be read.
  const look = ['members', 'branch-map'].includes(name) ? 'picture whole' : 'picture'
  const at = (width: string) => `/tally/pictures/${name}.svg?period=${period.id}${more}&width=${width}`
  return html`<div class="${look}"><picture>
    <source media="(max-width: 640px)" srcset="${at('narrow')}">
    <img src="${at('wide')}" alt="${alt}" loading="lazy">
  </picture></div>`
}

/** Omits zero counts: on a phone every row is a card. */
function sayRest(counts: Counts): string {
  const parts: [string, number][] = [
    ['迟到', lateOf(counts)],
    ['补学', counts['made-up']],
    ['请假', counts.leave],
    ['缺勤', counts.absent],
    ['未核对', unknownOf(counts)],
    ['自愿参加', guestsOf(counts)],
  ]
  const told = parts.filter(([, count]) => count > 0).map(([word, count]) => `${word} ${count}`)
  return told.join('，')
}

function countsTable(first: string, rows: readonly { name: Html | string; counts: Counts }[]): Html {
  return html`<table class="stack">
    <thead><tr><th scope="col">${first}</th><th scope="col" class="number">实到 / 应到</th><th scope="col" class="number">出勤率</th><th scope="col">其中</th></tr></thead>
    <tbody>${rows.map(
      ({ name, counts }) => html`<tr>
        <td data-label="${first}">${name}</td>
        <td data-label="实到 / 应到" class="number">${attendedOf(counts)} / ${expectedOf(counts) || '—'}</td>
        <td data-label="出勤率" class="number">${sayRate(rateOf(counts))}</td>
        <td data-label="其中">${sayRest(counts)}</td>
      </tr>`,
    )}</tbody></table>`
}

const countsOfAll = (lines: readonly LedgerMember[]) => sumOfCounts(lines.map(({ counts }) => counts))

function viewUnits(view: View, by: 'branch' | 'space'): Html {
  const { ledger, period } = view
  const [word, name] = by === 'branch' ? ['支部', 'branches'] : ['众创空间', 'spaces']
  const groups = groupBy(ledger.lines, by)
  const rows = groups.map(({ name: unit, lines }) => ({
    name: html`<span><a href="/tally?period=${period.id}&unit=${encodeURIComponent(unit)}#members">${unit}</a> <small>${lines.length} 人</small></span>`,
    counts: countsOfAll(lines),
  }))
  return card(
    `按${word}`,
    html`${picture(view, name, `${period.title}各${word}出勤的条形图，数字见下面的表`)}${countsTable(word, rows)}`,
  )
}

function viewLessons({ lessons, lessonCounts }: AttendanceLedger): Html {
  const rows = lessons.map((lesson, index) => {
    const { month, day } = inShanghai(lesson.startsAt)
    return {
      name: html`<a href="/lessons/${lesson.id}">${month}月${day}日 ${lesson.title}</a>`,
      counts: lessonCounts[index] ?? sumOfCounts([]),
    }
  })
  return card(
    '按课程',
    html`<details><summary>${lessons.length} 次课，每次的人数</summary>${countsTable('课程', rows)}</details>`,
  )
}

function viewMembers(view: View): Html {
  const { ledger, unit, period } = view
  const lines = unit === '' ? ledger.lines : (ofUnit(ledger, unit) ?? [])
  const parts = Math.ceil(lines.length / membersPerPicture)
  const isTooMany = unit === '' && parts > 3
  const query = unit === '' ? '' : `&unit=${encodeURIComponent(unit)}`
  const shown = isTooMany
    ? html`<p>成员有 ${lines.length} 人，先看各支部每课的出勤率；点上面表里的支部，看那里每个人的。</p>
        ${picture(view, 'branch-map', `${period.title}各支部每课的出勤率`)}`
    : Array.from({ length: parts }, (_, part) =>
        picture(
          view,
          'members',
          `${unit || '成员'}逐课出勤，第 ${part + 1} 张；同样的内容在台账的「成员出勤」页`,
          `${query}&part=${part}`,
        ),
      )
  const all = unit === '' ? '' : html`<p><a href="/tally?period=${period.id}#members">看全部成员</a></p>`
  return html`<section class="card" id="members"><h2>${unit || '成员'}逐课出勤</h2>${all}
    ${lines.length === 0 ? emptyState(`这段时间没有「${unit}」的人。`) : shown}</section>`
}
