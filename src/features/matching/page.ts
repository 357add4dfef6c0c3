import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { valuesOf } from '../../console/forms.ts'
import { card, csrfField, emptyState, renderPage, stackTable } from '../../console/widgets.ts'
import type { ConsoleEnv, Page } from '../../feature.ts'
import { type FormAnswers, readForm } from '../../matching/form-answers.ts'
import { programmeOf } from '../../matching/load.ts'
import { resultsOf } from '../../matching/results.ts'
import type { CompiledTrack } from '../../matching/verdicts.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Companies } from './companies.ts'
import { answersForm, viewFields, viewResults } from './form-view.ts'
import { countFor, leastCount } from './reminders/reminders.ts'
import type { CompiledRules } from './session.ts'

type PageParts = {
  clock: Clock
  compiled(): CompiledRules
  companies: Companies
  officesOf(track: CompiledTrack): readonly string[]
}

/**
 * 「政策匹配」 on the console: the same questions as a form, nothing kept; and how many saved
 * companies each programme concerns.
 */
export function matchingPage({ compiled, companies, officesOf }: PageParts): Page {
  const routes = new Hono<ConsoleEnv>()

  async function show(c: Context<ConsoleEnv>, answers: FormAnswers, isFilled: boolean): Promise<Response> {
    const { rules, tracks } = compiled()
    const offices = new Map(tracks.map(track => [track.track.id, officesOf(track)]))
    const results = isFilled
      ? viewResults(resultsOf(rules, tracks, answers.profile), id => offices.get(id) ?? [])
      : card('有多少家可能用得上', await viewCounts())
    if (answers.problems.size > 0) c.status(422)
    return renderPage(
      c,
      '政策匹配',
      html`<p>替一家公司测一测。填几项算几项，不填就是不知道；填的东西不留底。</p>${results}
        <form method="post" action="/match">${csrfField(c)}${viewFields(rules.fields, answers)}<button>看结果</button></form>`,
    )
  }

  async function viewCounts() {
    const saved = (await companies.list('')).map(({ value }) => value)
    if (saved.length < leastCount)
      return emptyState(
        `创客在私聊里说「测政策」再「保存」，满 ${leastCount} 家以后，这里按项目显示大约多少家用得上。`,
      )
    const now = compiled()
    const programmes = [...new Set(now.tracks.map(({ track }) => programmeOf(track)))]
    const rows = programmes.map(programme => {
      const ids = now.tracks
        .filter(({ track }) => programmeOf(track) === programme)
        .map(({ track }) => track.id)
      const count = countFor(ids, saved, now)
      return [
        now.tracks.find(({ track }) => ids.includes(track.id))?.track.name ?? programme,
        count < leastCount ? `少于 ${leastCount} 家` : `约 ${count} 家`,
      ]
    })
    return stackTable(['政策', '保存过的公司里可能用得上的'], rows)
  }

  routes.get('/', c => show(c, { profile: new Map(), problems: new Map() }, false))
  routes.post('/', async c => {
    const { fields } = compiled().rules
    const answers = await valuesOf(c, answersForm(fields.keys()))
    return show(
      c,
      readForm(fields, id => answers[id] ?? []),
      true,
    )
  })
  return {
    path: 'match',
    title: '政策匹配',
    chapter: 'matching',
    section: '问答',
    read: ['organizer', 'reviewer'],
    write: ['organizer', 'reviewer'],
    routes,
  }
}
