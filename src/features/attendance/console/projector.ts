import { html, raw } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { renderSVG } from 'uqr'
import type { Html } from '../../../console/widgets.ts'
import { acceptedAttempt, type LessonWithPeople, tallyOf } from '../check-ins/rules.ts'
import { clockTime, sayNumbers } from '../check-ins/words.ts'
import { codeAt, codeSecondsLeft } from '../lessons/codes.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { phaseOf, windowOf } from '../lessons/window.ts'

const namesShown = 12

/** The page for the room's screen: digits that change, a QR code of what to send, and who has just come. */
export function viewProjector(held: LessonWithPeople, now: Temporal.Instant): Html {
  return html`<link rel="stylesheet" href="/lessons/lessons.css">${viewBoard(held, now)}`
}

/** The board itself, which renews itself every second for as long as it is shown. */
export function viewBoard(held: LessonWithPeople, now: Temporal.Instant): Html {
  const { lesson } = held
  const tally = tallyOf(held, now)
  const latest = [...tally.present, ...tally.late]
    .map(({ name, checkIn }) => ({ name, at: (checkIn && acceptedAttempt(lesson, checkIn)?.at) ?? '' }))
    .sort((a, b) => (a.at === '' || b.at === '' ? 0 : Temporal.Instant.compare(b.at, a.at)))
    .slice(0, namesShown)
  return html`<section class="board" id="board" hx-get="/lessons/${lesson.id}/projector/live" hx-trigger="every 1s" hx-swap="outerHTML">
    <header><h1>${lesson.title}</h1><p>${clockTime(lesson.startsAt)}–${clockTime(lesson.endsAt)}</p></header>
    ${viewHow(lesson, now)}
    <footer>
      <p class="count">${sayNumbers(tally)}</p>
      <p class="names">${latest.length > 0 ? `刚到：${latest.map(({ name }) => name).join('、')}` : '等第一位来签到'}</p>
      <p><a href="/lessons/${lesson.id}">退出投屏</a></p>
    </footer>
  </section>`
}

function viewHow(lesson: Lesson, now: Temporal.Instant): Html {
  const phase = phaseOf(lesson, now)
  if (phase === 'cancelled') return html`<p>这节课取消了。</p>`
  if (phase === 'over') return html`<p>签到已截止，谢谢大家。</p>`
  if (phase === 'upcoming') return html`<p>${clockTime(windowOf(lesson).opensAt)} 开始签到。</p>`
  const code = codeAt(lesson, now)
  const words = code === undefined ? '签到' : `签到 ${code}`
  return html`<section>
      <p>${code === undefined ? '在群里发' : '在群里发「签到」和这四位数字'}</p>
      <p class="digits">${code ?? '签到'}</p>
      <p>${code === undefined ? '两个字就行' : `像这样：${words}。${codeSecondsLeft(now)} 秒后换新数字`}</p>
    </section>
    <section>${raw(renderSVG(words))}<p>扫一扫，把这句话复制到群里</p></section>`
}
