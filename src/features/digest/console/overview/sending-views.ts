import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import { type Html, stackTable, stateBadge, timeOf } from '../../../../console/widgets.ts'
import type { Delay, SendingStatus } from '../../../../outbox/index.ts'
import { sayToday } from '../../broadcast/words.ts'
import { viewButton } from '../views.ts'

type LineSending = SendingStatus['lines'][number]

const states: Record<Delay['reason'], [string, 'good' | 'warn' | 'bad']> = {
  pace: ['正常', 'good'],
  night: ['夜里不打扰，早上再发', 'warn'],
  'line-down': ['线路断着，恢复后再发', 'bad'],
  'day-cap': ['今天发满了，明天早上再发', 'warn'],
  paused: ['暂停', 'bad'],
}

/** The state of sending, with pause or resume, of each line where there are several. */
export function sendingCard(status: SendingStatus, now: Temporal.Instant, csrf: Html): Html {
  const { waiting, lines } = status
  const counts = `${waiting > 0 ? `有 ${waiting} 条在等。` : ''}${sayToday(status)}`
  const paused = lines.filter(({ pause }) => pause)
  const all = lines.length > 1 ? '全部' : ''
  return html`<p>${stateOf(status, now)}</p>
    <p>${counts}</p>
    ${lines.length > 1 ? lineTable(lines, now, csrf) : ''}
    <div class="actions">
      ${paused.length > 0 ? viewButton('/resume', all === '' ? '恢复发送' : `${all}恢复发送`, csrf, 'primary') : ''}
      ${paused.length < lines.length ? viewButton('/pause', `${all}暂停发送`, csrf, 'secondary') : ''}
    </div>`
}

function stateOf(status: SendingStatus, now: Temporal.Instant): Html {
  const { lines, delay } = status
  const paused = lines.filter(({ pause }) => pause)
  const [first] = paused
  const isOneDown = lines.length > 1 && lines.some(({ isLineUp }) => !isLineUp)
  if (!first && isOneDown) return stateBadge('有线路断着', 'bad')
  if (!first) return stateBadge(...(delay ? states[delay.reason] : states.pace))
  if (lines.length === 1) return pauseOf(first, now)
  if (paused.length === lines.length) return stateBadge('全部暂停', 'bad')
  return stateBadge(`${paused.length} 条线路暂停`, 'bad')
}

function pauseOf({ pause }: LineSending, now: Temporal.Instant): Html {
  if (!pause) return html``
  const trial = pause.until ? html`${timeOf(pause.until, now)} 会先试发一条。` : html``
  return html`${stateBadge('暂停', 'bad')} ${pause.reason}，从 ${timeOf(pause.since, now)} 起。${trial}`
}

function lineTable(lines: readonly LineSending[], now: Temporal.Instant, csrf: Html): Html {
  const rows = lines.map(line => {
    const { title, pause, isLineUp, delay, today, waiting } = line
    const state = !isLineUp ? states['line-down'] : delay ? states[delay.reason] : states.pace
    const which = `?line=${encodeURIComponent(title)}`
    return [
      title,
      pause ? pauseOf(line, now) : stateBadge(...state),
      `${today.sent}/${today.cap}`,
      String(waiting),
      pause
        ? viewButton(`/resume${which}`, `恢复 ${title}`, csrf, 'quiet')
        : viewButton(`/pause${which}`, `暂停 ${title}`, csrf, 'quiet'),
    ]
  })
  return stackTable(['线路', '状态', '今天发了/上限', '在等', ''], rows)
}
