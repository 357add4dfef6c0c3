import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { emptyState, type Html, stateBadge, timeOf } from '../../console/widgets.ts'
import type { Group } from '../../ports/directory.ts'
import { asksForCode } from './codes.ts'
import type { TypedLesson } from './forms.ts'
import type { Lesson } from './records.ts'
import { type Held, type Row, type State, signedTry, type Tally, tallyOf } from './rules.ts'
import { type Phase, phaseOf, windowOf } from './window.ts'
import { clockTime, remarksOf, sayNumbers, stateWords } from './words.ts'

type Tone = Parameters<typeof stateBadge>[1]
const phaseWords: Record<Phase, [string, Tone]> = {
  upcoming: ['还没开始', 'quiet'],
  open: ['正在签到', 'good'],
  over: ['已结束', 'quiet'],
  cancelled: ['已取消', 'warn'],
}
const stateTones: Record<State, Tone> = {
  present: 'good',
  late: 'warn',
  leave: 'quiet',
  absent: 'bad',
  'made-up': 'good',
  unverified: 'warn',
  awaited: 'quiet',
  tried: 'warn',
}
const rowOrder: State[] = ['unverified', 'present', 'late', 'leave', 'made-up', 'tried', 'absent', 'awaited']

/** Lessons by what they ask of an organizer: what runs, what comes, what was. */
export function viewLists(lessons: readonly Held[], now: Temporal.Instant): Html {
  const inPhase = (...phases: Phase[]) =>
    lessons.filter(({ lesson }) => phases.includes(phaseOf(lesson, now)))
  const past = inPhase('over', 'cancelled').reverse()
  return html`${viewList('正在签到', inPhase('open'), now)}
    ${viewList('接下来', inPhase('upcoming'), now)}
    ${viewList('以前的课', past, now)}
    ${lessons.length === 0 ? emptyState('这里会列出每节课和签到人数。用上面的表单开一节，或在群里发「开课 周末微党课 14:00」。') : ''}`
}

function viewList(title: string, lessons: readonly Held[], now: Temporal.Instant): Html {
  if (lessons.length === 0) return html``
  return html`<section class="card"><h2>${title}</h2>
    <table class="stack">
      <thead><tr><th>课程</th><th>时间</th><th>状态</th><th class="number">实到</th></tr></thead>
      <tbody>${lessons.map(held => {
        const { lesson } = held
        return html`<tr>
          <td data-label="课程"><a href="/lessons/${lesson.id}">${lesson.title}</a></td>
          <td data-label="时间">${timeOf(Temporal.Instant.from(lesson.startsAt), now)}–${clockTime(lesson.endsAt)}</td>
          <td data-label="状态">${stateBadge(...phaseWords[phaseOf(lesson, now)])}</td>
          <td data-label="实到" class="number">${tallyOf(held, now).attended}</td>
        </tr>`
      })}</tbody>
    </table></section>`
}

/** The form that opens a lesson. */
export function viewForm(groups: readonly Group[], typed: TypedLesson, csrf: Html, problem = ''): Html {
  if (groups.length === 0) {
    return html`<section class="card"><h2>开一节课</h2>${emptyState('还没有绑定的群。请组织者到群里发「绑定本群」，再回来开课。')}</section>`
  }
  return html`<section class="card" id="open"><h2>开一节课</h2>
    ${problem ? html`<p role="alert" class="problem">${problem}</p>` : ''}
    <form method="post" action="/lessons">${csrf}
      <label>课程名称 <input name="title" required maxlength="40" value="${typed.title}" placeholder="周末微党课"></label>
      <div class="grid">
        <label>日期 <input type="date" name="date" required value="${typed.date}"></label>
        <label>开始 <input type="time" name="start" required value="${typed.start}"></label>
        <label>结束 <input type="time" name="end" required value="${typed.end}"></label>
      </div>
      <fieldset><legend>在哪些群签到</legend>${groups.map(
        ({ id, name }) =>
          html`<label><input type="checkbox" name="group" value="${id}" ${typed.groupIds.includes(id) ? 'checked' : ''}> ${name}</label>`,
      )}</fieldset>
      <label><input type="checkbox" name="code" value="yes" ${typed.hasCode ? 'checked' : ''}> 签到要带现场屏幕上的四位数字</label>
      <button type="submit">开课，并在选中的群里通知大家</button>
      <p class="hint">开始前 15 分钟起可以签到，开始 10 分钟后算迟到，下课时截止并自动出统计。</p>
    </form></section>`
}

/** One lesson: the live count and list, and what can be done about it. */
export function viewLesson(
  held: Held,
  {
    now,
    groupNames,
    csrf,
    problem = '',
  }: { now: Temporal.Instant; groupNames: string[]; csrf: Html; problem?: string },
): Html {
  const { lesson } = held
  const phase = phaseOf(lesson, now)
  return html`<p><a href="/lessons">← 全部课程</a></p>
    <section class="card">
      <p>${stateBadge(...phaseWords[phase])} ${timeOf(Temporal.Instant.from(lesson.startsAt), now)}–${clockTime(lesson.endsAt)}，${groupNames.join('、')}，${lesson.openedByName} 开课</p>
      ${problem ? html`<p role="alert" class="problem">${problem}</p>` : ''}
      <div class="actions">
        <a role="button" class="secondary outline" href="/lessons/${lesson.id}/projector">投屏</a>
        <a role="button" class="secondary outline" href="/lessons/${lesson.id}/sheet.xlsx">下载签到表</a>
        ${viewActions(lesson, phase, csrf)}
      </div>
    </section>
    ${viewLive(held, now)}
    ${phase === 'cancelled' ? '' : viewCorrection(held, csrf)}`
}

function viewActions(lesson: Lesson, phase: Phase, csrf: Html): Html {
  const action = (name: string, words: string) =>
    html`<form method="post" action="/lessons/${lesson.id}/${name}">${csrf}<button type="submit" class="secondary outline">${words}</button></form>`
  const groups = `${lesson.groupIds.length} 个群`
  const code = action(
    'code',
    asksForCode(lesson) ? '不再要签到码，只发「签到」就行' : '启用签到码，签到要带投屏上的数字',
  )
  if (phase === 'open') {
    return html`${code}${action('close', `现在下课：截止签到，统计发给组织者和 ${groups}`)}${action('cancel', `取消这节课，并通知 ${groups}`)}`
  }
  return phase === 'upcoming' ? html`${code}${action('cancel', `取消这节课，并通知 ${groups}`)}` : html``
}

/** The part that renews itself while people sign in. */
export function viewLive(held: Held, now: Temporal.Instant): Html {
  const { lesson } = held
  const tally = tallyOf(held, now)
  const isLive = ['upcoming', 'open'].includes(phaseOf(lesson, now))
  const polling = isLive
    ? html`hx-get="/lessons/${lesson.id}/live" hx-trigger="every 3s" hx-swap="outerHTML"`
    : ''
  return html`<section class="card" id="live" ${polling}>
    <h2>${sayNumbers(tally)}</h2>
    ${held.people.length === 0 ? emptyState(whenEmpty(lesson)) : viewPeople(lesson, tally)}
  </section>`
}

const whenEmpty = (lesson: Lesson) =>
  `还没有人签到。${clockTime(windowOf(lesson).opensAt)} 起大家在群里发「签到」，名字会出现在这里。`

function viewPeople(lesson: Lesson, tally: Tally): Html {
  return html`<table class="stack">
    <thead><tr><th>姓名</th><th>状态</th><th class="number">签到</th><th class="number">迟到</th><th>备注</th></tr></thead>
    <tbody>${rowOrder.flatMap(state => tally[state]).map(row => viewPerson(lesson, row))}</tbody>
  </table>`
}

function viewPerson(lesson: Lesson, { name, standing, checkIn }: Row): Html {
  const { state } = standing
  const signed = checkIn && signedTry(lesson, checkIn)
  const corrections = (checkIn?.corrections ?? []).map(
    ({ to, at, byName, why }) => `${byName} ${clockTime(at)} 改为${stateWords[to]}${why ? `：${why}` : ''}`,
  )
  const remarks = [...(checkIn ? remarksOf(lesson, checkIn) : []), ...corrections]
  return html`<tr>
    <td data-label="姓名">${name}</td>
    <td data-label="状态">${stateBadge(stateWords[state], stateTones[state])}</td>
    <td data-label="签到" class="number">${signed ? clockTime(signed.at) : '—'}</td>
    <td data-label="迟到" class="number">${standing.lateMinutes === undefined ? '—' : `${standing.lateMinutes} 分钟`}</td>
    <td data-label="备注">${remarks.join('；') || '—'}</td>
  </tr>`
}

function viewCorrection({ lesson, people }: Held, csrf: Html): Html {
  return html`<section class="card"><h2>更正</h2>
    <form method="post" action="/lessons/${lesson.id}/correct">${csrf}
      <div class="grid">
        <label>谁 <input name="who" required list="people" maxlength="60"></label>
        <label>改为 <select name="to">
          ${(['present', 'late', 'leave', 'absent', 'made-up'] as const).map(to => html`<option value="${to}">${stateWords[to]}</option>`)}
        </select></label>
        <label>原因 <input name="why" maxlength="100" placeholder="可不填"></label>
      </div>
      <datalist id="people">${people.map(({ name }) => html`<option value="${name}">`)}</datalist>
      <label><input type="checkbox" name="isNew" value="yes"> 没在群里说过话的人：按这个名字新记一位</label>
      <button type="submit" class="secondary outline">保存更正</button>
      <p class="hint">谁、何时、为什么改的，都会留在备注里。</p>
    </form></section>`
}
