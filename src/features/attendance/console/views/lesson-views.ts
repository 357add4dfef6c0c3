import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import type { FormInput } from '../../../../console/forms.ts'
import { emptyState, type Html, stateBadge, timeOf } from '../../../../console/widgets.ts'
import { makeUpVersion } from '../../check-ins/check-in.ts'
import {
  acceptedAttempt,
  type LessonWithPeople,
  lastCorrection,
  type Row,
  type State,
  tallyOf,
} from '../../check-ins/rules.ts'
import { kindWordsOf, sayLeftOut } from '../../check-ins/tally-words.ts'
import { clockTime, ownReasons, remarksOf, sayNumbers, stateWords } from '../../check-ins/words.ts'
import { asksForCode } from '../../lessons/codes.ts'
import { detailLines } from '../../lessons/details.ts'
import type { Lesson } from '../../lessons/records/records.ts'
import type { SignUp, SignUpList } from '../../lessons/records/sign-up-records.ts'
import { type Phase, phaseOf, windowOf } from '../../lessons/window.ts'
import { viewPasteBox } from './paste-views.ts'

type Tone = Parameters<typeof stateBadge>[1]
export const phaseWords: Record<Phase, [string, Tone]> = {
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

/** Context of a lesson's page besides its people. */
export type LessonSetting = {
  now: Temporal.Instant
  groupNames: readonly string[]
  signUps: SignUpList
  csrf: Html
  problem: string
  /** A sentence about what was just done; empty if nothing was. */
  done: string
  /** Input of a refused form. */
  typed: FormInput
  /** Reasons for leave and of corrections are shown to organizers only. */
  showsReasons: boolean
}

/** One lesson: the live count and list, and what can be done about it. */
export function viewLesson(held: LessonWithPeople, setting: LessonSetting): Html {
  const { lesson } = held
  const { now, problem, done } = setting
  const phase = phaseOf(lesson, now)
  return html`<p><a href="/lessons">← 全部课程</a></p>
    ${done ? html`<p role="status" class="done">${done}</p>` : ''}
    ${viewHead(lesson, phase, setting)}
    ${problem ? html`<p role="alert" class="problem">${problem}</p>` : ''}
    ${viewUnverified(held, setting)}
    ${viewMakeUps(held, setting)}
    ${viewLive(held, setting)}
    ${lesson.signUp ? viewSignUps(setting.signUps, lesson) : ''}
    ${phase === 'cancelled' ? '' : html`${viewCorrection(held, setting)}${viewPasteBox(lesson, setting)}`}`
}

function viewHead(lesson: Lesson, phase: Phase, setting: LessonSetting): Html {
  const { now, groupNames } = setting
  return html`<section class="card">
      <p>${stateBadge(...phaseWords[phase])} ${timeOf(Temporal.Instant.from(lesson.startsAt), now)}–${clockTime(lesson.endsAt)}，${groupNames.join('、')}，${lesson.openedByName} 开课</p>
      ${detailLines(lesson).map(line => html`<p>${line}</p>`)}
      <div class="actions">
        <a role="button" class="secondary outline" href="/lessons/${lesson.id}/projector">投屏</a>
        <a role="button" class="secondary outline" href="/lessons/${lesson.id}/sheet.xlsx">下载签到表</a>
        ${phase === 'upcoming' || phase === 'open' ? html`<a role="button" class="secondary outline" href="/lessons/${lesson.id}/edit">修改</a>` : ''}
        ${viewActions(lesson, phase, setting)}
      </div>
    </section>`
}

function viewActions(lesson: Lesson, phase: Phase, { csrf, now }: LessonSetting): Html {
  const action = (name: string, words: string, to?: 'on' | 'off') =>
    html`<form method="post" action="/lessons/${lesson.id}/${name}">${csrf}${to ? html`<input type="hidden" name="to" value="${to}">` : ''}<button type="submit" class="secondary outline">${words}</button></form>`
  const groups = `${lesson.groupIds.length} 个群`
  const code = asksForCode(lesson)
    ? action('code', `不再要签到码，只发「签到」就行，并通知 ${groups}`, 'off')
    : action('code', `启用签到码，签到要带投屏上的数字，并通知 ${groups}`, 'on')
  const cancel = html`${action('cancel', `取消这${lesson.series ? '一次' : '节课'}，并通知 ${groups}`)}${
    lesson.series ? action('end-series', `以后都不上了：取消整个系列，并通知 ${groups}`) : ''
  }`
  if (phase === 'open') {
    return html`${code}${action('close', `现在下课：截止签到，统计发给组织者和 ${groups}`)}${cancel}`
  }
  const isToCome = Temporal.Instant.compare(lesson.endsAt, now) > 0
  if (phase === 'cancelled') return isToCome ? action('restore', `恢复：照常上，并通知 ${groups}`) : html``
  return phase === 'upcoming' ? html`${code}${cancel}` : html``
}

/** People who may have signed in while the line was down, with the actions for them. */
function viewUnverified(held: LessonWithPeople, { now, csrf }: LessonSetting): Html {
  const { lesson } = held
  if (lesson.outages.length === 0) return html``
  const spans = lesson.outages.map(({ from, to }) => `${clockTime(from)}–${clockTime(to)}`).join('、')
  const { unverified } = tallyOf(held, now)
  const verified = lesson.verified
  return html`<section class="card"><h2>断线了 ${spans}</h2>
    ${
      unverified.length > 0
        ? html`<p>这段时间的签到可能没听到，${unverified.length} 人记为「未核对」，不算缺勤。来了的在下面更正为「到」。</p>
          <form method="post" action="/lessons/${lesson.id}/verify">${csrf}<button type="submit" class="secondary outline">核对完毕：剩下的 ${unverified.length} 人记为缺勤</button></form>`
        : html`<p class="hint">${verified ? `${verified.byName} 核对过了。` : '没有要核对的人。'}</p>`
    }
  </section>`
}

/** Only organizers read what was written: it may be about health or family. */
function viewMakeUps({ lesson, people }: LessonWithPeople, { csrf, showsReasons }: LessonSetting): Html {
  const waiting = people.flatMap(({ memberId, name, checkIn }) =>
    checkIn?.makeUp && !checkIn.makeUp.decision ? [{ memberId, name, sent: checkIn.makeUp }] : [],
  )
  if (waiting.length === 0) return html``
  const decide = ({ memberId, sent }: (typeof waiting)[number], isConfirmed: boolean, words: string) =>
    html`<form method="post" action="/lessons/${lesson.id}/make-up">${csrf}
      <input type="hidden" name="memberId" value="${memberId}"><input type="hidden" name="isConfirmed" value="${String(isConfirmed)}"><input type="hidden" name="seen" value="${makeUpVersion(sent)}">
      ${isConfirmed ? '' : html`<input name="why" maxlength="100" placeholder="原因，会告诉本人" aria-label="退回原因">`}
      <button type="submit" class="secondary outline">${words}</button></form>`
  return html`<section class="card"><h2>补学等确认 ${waiting.length} 份</h2>
    <table class="stack"><thead><tr><th>姓名</th><th>学到了什么</th><th>确认</th></tr></thead>
    <tbody>${waiting.map(
      one => html`<tr>
        <td data-label="姓名">${one.name}</td>
        <td data-label="学到了什么">${showsReasons ? one.sent.words : '组织者看得到'}</td>
        <td data-label="确认"><div class="actions">${decide(one, true, '记为补学')}${decide(one, false, '退回重写')}</div></td>
      </tr>`,
    )}</tbody></table></section>`
}

function viewSignUps(list: SignUpList, { signUp }: Lesson): Html {
  const names = (state: SignUp['state']) =>
    list.entries.filter(one => one.state === state).map(({ name }) => name)
  const { capacity } = signUp ?? {}
  const [taken, waiting, out] = [names('in'), names('waiting'), names('out')]
  const places = capacity === undefined ? '' : `，名额 ${capacity} 个`
  return html`<section class="card"><h2>报名 ${taken.length} 人${places}</h2>
    ${taken.length > 0 ? html`<p>${taken.join('、')}</p>` : emptyState('还没有人报名。大家在群里发「报名」，名字会出现在这里。')}
    ${waiting.length > 0 ? html`<p>候补 ${waiting.length} 人（按先后）：${waiting.join('、')}</p>` : ''}
    ${out.length > 0 ? html`<p class="hint">退出：${out.join('、')}</p>` : ''}
  </section>`
}

/** The part that renews itself while people sign in. */
export function viewLive(
  held: LessonWithPeople,
  { now, showsReasons }: Pick<LessonSetting, 'now' | 'showsReasons'>,
): Html {
  const { lesson } = held
  const tally = tallyOf(held, now)
  const leftOut = sayLeftOut(held)
  const isLive = ['upcoming', 'open'].includes(phaseOf(lesson, now))
  const polling = isLive
    ? html`hx-get="/lessons/${lesson.id}/live" hx-trigger="every 3s" hx-swap="outerHTML"`
    : ''
  return html`<section class="card" id="live" ${polling}>
    <h2>${sayNumbers(tally)}</h2>
    ${showsReasons && leftOut ? html`<p class="hint">${leftOut}</p>` : ''}
    ${held.people.length === 0 ? emptyState(whenEmpty(lesson, isLive)) : viewPeople(held, { now, showsReasons })}
  </section>`
}

const whenEmpty = (lesson: Lesson, isLive: boolean) =>
  isLive
    ? `还没有人签到。${clockTime(windowOf(lesson).opensAt)} 起大家在群里发「签到」，名字会出现在这里。`
    : '没有人签到。有人来了没签上的话，请在下面「更正」，或者按名单补记。'

function viewPeople(
  held: LessonWithPeople,
  { now, showsReasons }: Pick<LessonSetting, 'now' | 'showsReasons'>,
): Html {
  const tally = tallyOf(held, now)
  const word = kindWordsOf(held, now)
  const rows = rowOrder.flatMap(state => tally[state])
  return html`<table class="stack">
    <thead><tr><th>姓名</th><th>状态</th><th class="number">签到</th><th class="number">迟到</th><th>备注</th></tr></thead>
    <tbody>${rows.map(row => viewPerson(held.lesson, row, { word: word(row), showsReasons }))}</tbody>
  </table>`
}

function viewPerson(
  lesson: Lesson,
  { name, standing, checkIn }: Row,
  { word, showsReasons }: { word: string; showsReasons: boolean },
): Html {
  const { state } = standing
  const signed = checkIn && acceptedAttempt(lesson, checkIn)
  const corrections = (checkIn?.corrections ?? []).map(
    ({ to, at, byName, why, withdrawnAt }) =>
      `${byName} ${clockTime(at)} 改为${stateWords[to]}${why && (showsReasons || ownReasons.has(why)) ? `：${why}` : ''}${withdrawnAt ? '（已撤销）' : ''}`,
  )
  const leave = showsReasons && checkIn?.leave ? [`请假：${checkIn.leave.reason}`] : []
  const remarks = [...(checkIn ? remarksOf(lesson, checkIn) : []), ...leave, ...corrections]
  return html`<tr>
    <td data-label="姓名">${name}</td>
    <td data-label="状态">${stateBadge(word, stateTones[state])}</td>
    <td data-label="签到" class="number">${signed ? clockTime(signed.at) : ''}</td>
    <td data-label="迟到" class="number">${standing.lateMinutes === undefined ? '' : `${standing.lateMinutes} 分钟`}</td>
    <td data-label="备注">${remarks.join('；')}</td>
  </tr>`
}

function viewCorrection({ lesson, people }: LessonWithPeople, { csrf, typed }: LessonSetting): Html {
  return html`<section class="card"><h2>更正</h2>
    <form method="post" action="/lessons/${lesson.id}/correct">${csrf}
      <div class="grid">
        <label>谁 <input name="who" required list="people" maxlength="60" value="${typed.who ?? ''}"></label>
        <label>改为 <select name="to">
          ${(['present', 'late', 'leave', 'absent', 'made-up'] as const).map(to => html`<option value="${to}" ${typed.to === to ? 'selected' : ''}>${stateWords[to]}</option>`)}
        </select></label>
        <label>原因 <input name="why" maxlength="100" placeholder="可不填" value="${typed.who === undefined ? '' : (typed.why ?? '')}"></label>
      </div>
      <datalist id="people">${people.map(({ name }) => html`<option value="${name}">`)}</datalist>
      <label><input type="checkbox" name="isNew" value="yes"> 没在群里说过话的人：按这个名字新记一位</label>
      <button type="submit" class="secondary outline">保存更正</button>
      <p class="hint">谁、何时改的会留在备注里。原因只有组织者看得到，不写进签到表和台账。</p>
    </form>
    ${people.flatMap(({ memberId, name, checkIn }) => {
      const last = checkIn && lastCorrection(checkIn)
      if (!last) return []
      return html`<form method="post" action="/lessons/${lesson.id}/withdraw">${csrf}
        <input type="hidden" name="memberId" value="${memberId}">
        <button type="submit" class="secondary outline">撤销 ${name} 的更正（${stateWords[last.to]}）</button>
      </form>`
    })}</section>`
}
