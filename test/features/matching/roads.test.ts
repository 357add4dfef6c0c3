import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openCompanies } from '../../../src/features/matching/companies.ts'
import { matchingPage } from '../../../src/features/matching/page.ts'
import { browserModules, openMatchingPage } from '../../../src/features/matching/public-page.ts'
import { wantedTracks } from '../../../src/features/matching/session.ts'
import { type FieldAnswer, isRange } from '../../../src/matching/answers.ts'
import { isoDay } from '../../../src/matching/days.ts'
import { judgeCases } from '../../../src/matching/evaluation/cases.ts'
import { shownVerdict } from '../../../src/matching/results.ts'
import { storedAnswer } from '../../../src/matching/stored-answers.ts'
import { openConsoleApp } from '../../console-app.ts'
import { createWorld } from '../../conversation.ts'
import { on, profiles, rules, tracks } from '../../matching/random-profiles.ts'

const world = createWorld(`${on}T10:00:00+08:00`)
const compiled = () => ({ rules, tracks })
const parts = { clock: world.clock, compiled, companies: openCompanies(world.store), officesOf: () => [] }

const console_ = openConsoleApp([matchingPage(parts)], () => ({
  id: 'office:terminal',
  name: '本机',
  roles: ['organizer'],
}))
const open = openMatchingPage(parts)

const SentRules = z.object({
  on: z.string(),
  fields: z.array(z.looseObject({ id: z.string() })),
  tracks: z.array(z.unknown()),
  contradictions: z.array(z.unknown()),
  facts: z.array(z.tuple([z.string(), z.unknown()])),
})

/** The modules as the browser gets them. */
async function browserEngine() {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'))
  mkdirSync(join(folder, 'logic'))
  for (const name of browserModules)
    writeFileSync(
      join(folder, `${name}.ts`),
      await (await open.request(`/open/match/engine/${name}.ts`)).text(),
    )
  const sent = SentRules.parse(await (await open.request('/open/match/rules.json')).json())
  const { compileTracks } = await import(join(folder, 'verdicts.ts'))
  const { readForm } = await import(join(folder, 'form-answers.ts'))
  const { resultsOf } = await import(join(folder, 'results.ts'))
  const theirs = {
    fields: new Map(sent.fields.map(field => [field.id, field])),
    tracks: sent.tracks,
    contradictions: sent.contradictions,
    facts: new Map(sent.facts),
  }
  const theirTracks = compileTracks(theirs, sent.on)
  return (form: FormData): Map<string, string> => {
    const { profile } = readForm(theirs.fields, (id: string) => form.getAll(id).map(String))
    return new Map(
      resultsOf(theirs, theirTracks, profile).map(({ id, verdict }: { id: string; verdict: string }) => [
        id,
        verdict,
      ]),
    )
  }
}

function formOf(profile: ReadonlyMap<string, FieldAnswer>): FormData {
  const form = new FormData()
  for (const [id, answer] of profile) {
    const kind = rules.fields.get(id)?.kind
    const values = isRange(answer)
      ? [kind === 'day' ? isoDay(answer.min) : String(answer.min)]
      : typeof answer === 'boolean'
        ? [answer ? 'yes' : 'no']
        : [answer].flat()
    for (const value of values) form.append(id, value as string)
  }
  return form
}

/** Names and verdicts as a page shows them, in any order. */
function shown(page: string): string[] {
  return [...page.matchAll(/<summary><span class="[^"]*"[^>]*>([^<]+)<\/span>\s*([^<]+)<\/summary>/g)]
    .map(([, verdict = '', name = '']) => `${name.trim()} ${verdict.trim()}`)
    .sort()
}

test('chat, console, open page, browser and command line give one verdict for 1,000 random profiles', async () => {
  const engine = await browserEngine()
  for (const profile of fc.sample(profiles, 1000)) {
    const inChat = wantedTracks(
      { wanted: tracks.map(({ track }) => track.id), steps: [], answeredBefore: 0, lastAtMs: 0 },
      compiled(),
    ).map(track => [track.track.id, track.judge(profile).name] as const)
    const stored = Object.fromEntries(
      [...profile].map(([id, answer]) => [id, storedAnswer(rules.fields.get(id) as never, answer)]),
    )
    const expect_ = Object.fromEntries(tracks.map(({ track }) => [track.id, { verdict: '对得上' as const }]))
    const onCommandLine = judgeCases(rules, [
      { id: '', made: 'random', on, profile: stored, expect: expect_ },
    ])
    expect(onCommandLine.map(({ track, got }) => [track, got.name])).toEqual(
      inChat.map(([id, name]) => [id, name]),
    )
    const inWords = tracks.map(track => [track.track.id, shownVerdict(track.judge(profile))])
    expect([...engine(formOf(profile))].sort()).toEqual(inWords.sort())
  }
})

test('the console and the open page without JavaScript show the same verdicts', async () => {
  for (const profile of fc.sample(profiles, 40)) {
    const expected = tracks.map(track => `${track.track.name} ${shownVerdict(track.judge(profile))}`).sort()
    const sent = { method: 'POST', body: formOf(profile) }
    expect(shown(await (await console_.request('/match', sent)).text())).toEqual(expected)
    expect(shown(await (await open.request('/open/match', sent)).text())).toEqual(expected)
  }
})

test('what cannot be read is shown at its field and stays as it was typed', async () => {
  const form = new FormData()
  form.append('staff', '三十来个')
  const answer = await console_.request('/match', { method: 'POST', body: form })
  const page = await answer.text()
  expect(answer.status).toBe(422)
  expect(page).toContain('value="三十来个"')
  expect(page).toContain('请写数字，单位是人')
})
