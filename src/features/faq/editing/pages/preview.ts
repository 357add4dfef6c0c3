import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { card, type Html } from '../../../../console/widgets.ts'
import { sayKeptDay } from '../../../../text/dates/kept-day.ts'
import { timeZone } from '../../../../text/dates/time.ts'
import { resolveEntries } from '../../knowledge/knowledge.ts'
import type { Entry } from '../../records.ts'

import { groupLimit, sayEntry } from '../../wording/entries.ts'
import { sayTrouble } from '../changes/checks.ts'
import type { ChangePreview } from '../changes/preview.ts'

/** Preview of a draft entry as a group would see it, or its remaining faults. */
export function viewPreview({ base, troubles }: ChangePreview, id: string, now: Temporal.Instant): Html {
  if (troubles.length > 0)
    return card(
      '还差一点',
      html`<ul>${troubles.map(trouble => html`<li>${sayTrouble(trouble)}</li>`)}</ul><p class="hint">都填对了，这里就是群里会看到的样子。</p>`,
    )
  const entry = resolveEntries([...base.values()]).find(one => one.id === id)
  return entry ? viewSaid(entry, now) : html``
}

/** An entry in the forms in which makers may meet it. */
export function viewSaid(entry: Entry, now: Temporal.Instant): Html {
  const short = sayEntry(entry, now, 'short')
  const left = groupLimit - [...short].length
  return html`${card('群里会看到', html`${bubble(short)}<p class="hint">${[...short].length} 个字，${left >= 0 ? `离群里的上限还有 ${left} 个字` : '太长了'}。</p>`)}
    ${card('回复「完整答案」', bubble(sayEntry(entry, now, 'full')))}
    ${entry.effectiveUntil ? card(`${sayKeptDay(entry.effectiveUntil)}以后`, bubble(sayEntry(entry, dayAfter(entry.effectiveUntil), 'short'))) : ''}`
}

const dayAfter = (day: string) =>
  Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime({ timeZone, plainTime: '12:00' }).toInstant()

/** A text as a bubble in a group. */
export const bubble = (text: string): Html => html`<div class="bubble">${text}</div>`
