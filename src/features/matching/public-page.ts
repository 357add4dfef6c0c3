import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { ownAsset, serveAssets } from '../../console/assets.ts'
import { valuesOf } from '../../console/forms.ts'
import { renderOpenPage } from '../../console/open-page.ts'
import { daysScript, type Html } from '../../console/widgets.ts'
import { readForm } from '../../matching/form-answers.ts'
import { resultsOf } from '../../matching/results.ts'
import type { CompiledTrack } from '../../matching/verdicts.ts'
import type { Clock } from '../../ports/clock.ts'
import { dayInShanghai } from '../../text/dates/time.ts'
import { answersForm, viewFields, viewResults } from './form-view.ts'
import type { CompiledRules } from './session.ts'

/** The modules that the browser runs, as they stand in `src/matching`: they import nothing but each other. */
export const browserModules = [
  'answers',
  'days',
  'decisive',
  'form-answers',
  'logic/compile',
  'logic/compiled-test',
  'logic/days',
  'logic/limits',
  'logic/representatives',
  'logic/sums',
  'logic/truth',
  'results',
  'verdicts',
  'wording',
]

const script = ownAsset('./assets/match.js', import.meta.url)

type OpenPageParts = {
  clock: Clock
  compiled(): CompiledRules
  officesOf(track: CompiledTrack): readonly string[]
}

/**
 * `/open/match`, for anyone: a form whose answers are judged in the browser and leave it with no request. Without
 * JavaScript the same form is judged here; nothing of it is kept or logged.
 */
export function openMatchingPage({ clock, compiled, officesOf }: OpenPageParts): Hono {
  const routes = new Hono()
  const modules = new Map([
    ...browserModules.map(name => [`${name}.ts`, moduleSource(name)] as const),
    ['match-form.js', readFileSync(new URL('./assets/match-form.js', import.meta.url), 'utf8')],
  ])

  const page = (c: Context, body: Html, status: 200 | 422 = 200) =>
    renderOpenPage(c, { title: '公司能享受哪些政策', body, status, scripts: [script, daysScript] })

  function form(filled: ReturnType<typeof readForm>, results: Html | ''): Html {
    return html`<p>填几项算几项，不填就是不知道。<span id="match-where">结果由这台服务器算，不留底。</span></p>
      <form id="match-form" method="post" action="/open/match" data-rules="/open/match/rules.json">
        ${viewFields(compiled().rules.fields, filled)}<button>看结果</button></form>
      <div id="match-output">${results}</div>`
  }

  routes.get('/open/match', c => page(c, form({ profile: new Map(), problems: new Map() }, '')))
  routes.post('/open/match', async c => {
    const { rules, tracks } = compiled()
    const sent = await valuesOf(c, answersForm(rules.fields.keys()))
    const filled = readForm(rules.fields, id => sent[id] ?? [])
    const offices = new Map(tracks.map(track => [track.track.id, officesOf(track)]))
    const results = viewResults(resultsOf(rules, tracks, filled.profile), id => offices.get(id) ?? [])
    return page(c, form(filled, results), filled.problems.size > 0 ? 422 : 200)
  })
  routes.get('/open/match/rules.json', c => {
    return c.json({ on: dayInShanghai(clock.now()), ...rulesForBrowsers(compiled(), officesOf) })
  })
  routes.get('/open/match/engine/:name{.+}', c => {
    const source = modules.get(c.req.param('name'))
    return source === undefined
      ? c.notFound()
      : c.body(source, 200, { 'Content-Type': 'text/javascript; charset=utf-8' })
  })
  return routes.route('/', serveAssets([script]))
}

function moduleSource(name: string): string {
  return stripTypeScriptTypes(readFileSync(new URL(`../../matching/${name}.ts`, import.meta.url), 'utf8'))
}

type OfficesOf = OpenPageParts['officesOf']

const rulesForBrowsers = ({ rules, tracks }: CompiledRules, officesOf: OfficesOf) => ({
  fields: [...rules.fields.values()],
  tracks: rules.tracks,
  contradictions: rules.contradictions,
  facts: [...rules.facts],
  offices: tracks.map(track => [track.track.id, officesOf(track)]),
})

/** The program that judges the form in a folder of files, to be bundled. */
export const browserMatchingProgram = {
  entry: new URL('./assets/match-files.js', import.meta.url),
  insteadOf: {},
}

/** The form for a folder of files, and the script with its rules. */
export function matchingForFiles({ compiled, officesOf }: Pick<OpenPageParts, 'compiled' | 'officesOf'>) {
  const form = html`<p id="match-where">这里的匹配要用 JavaScript。没有的话，请私聊机器人发「测政策」。</p>
    <p>填几项算几项，不填就是不知道。</p>
    <form id="match-form">${viewFields(compiled().rules.fields, { profile: new Map(), problems: new Map() })}<button>看结果</button></form>
    <div id="match-output"></div>`
  return { form, data: `globalThis.matchingRules=${JSON.stringify(rulesForBrowsers(compiled(), officesOf))}` }
}
