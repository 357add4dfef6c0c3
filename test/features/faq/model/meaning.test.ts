import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createOpenAiEmbeddings } from '../../../../src/adapters/openai.ts'
import { createMeaning } from '../../../../src/features/faq/model/meaning.ts'
import { createSearch } from '../../../../src/features/faq/search.ts'
import { createWorld } from '../../../conversation.ts'
import { type Behaviour, json, openModelServer } from '../../../model-server.ts'
import { finder } from '../../../shipped-knowledge.ts'

const server = await openModelServer()
afterAll(() => server.close())

/** Left open between a few by their characters, and by no word of several meanings. */
const open = '先入科小再报专精特新顺序对吗'
const offered = finder.find(open).choices.map(({ found }) => found.wording)
const sure = '高企怎么报'

/** Puts the question on one line with that wording, and every other wording across it. */
const near =
  (wording: string | undefined): Behaviour =>
  (response, { body }) => {
    const { input } = JSON.parse(body) as { input: string[] }
    const vectorOf = (text: string) => (text === open || text === wording ? [1, 0, 0] : [0, 1, text.length])
    const data = input.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) }))
    // The order in which they come is not the order in which they were asked for.
    json(response, 200, { object: 'list', data: data.reverse(), model: 'm', usage: {} })
  }

function openSearch(world = createWorld()) {
  const settings = { apiKey: 'a-secret-key', baseUrl: server.baseUrl, model: 'test-vectors' }
  const { store, clock, log } = world
  // The world's clock stands still, so that only the test ends a wait.
  const meaning = createMeaning({
    embeddings: createOpenAiEmbeddings(settings),
    store,
    timeoutMs: 800,
    clock,
    log,
  })
  return { world, search: createSearch(finder, meaning) }
}

beforeEach(() => {
  server.requests.length = 0
})

test('a question is compared without the numbers and names in it', async () => {
  server.will(near(undefined))
  await openSearch().search(`${open}，我叫林小美，电话13800138000`)
  const sent = server.requests.map(({ body }) => body).join()
  expect(sent).toContain('专精特新')
  expect(sent).not.toMatch(/林小美|13800138000/u)
})

test('the questions of this test are what they are taken for', () => {
  expect(finder.find(open)).toMatchObject({ kind: 'choices', ambiguousWord: undefined })
  expect(offered.length).toBeGreaterThan(1)
  expect(finder.find(sure).kind).toBe('answer')
})

describe('meaning settles what the characters left open', () => {
  test('where both agree on the first, it is told', async () => {
    server.will(near(offered[0]))
    const { kind, ranked } = await openSearch().search(open)
    expect([kind, ranked[0]?.wording]).toEqual(['answer', offered[0]])
  })
  test('where they disagree, it only changes the order of the choices', async () => {
    server.will(near(offered[1]))
    const { kind, choices, ranked } = await openSearch().search(open)
    expect([kind, choices[0]?.found.wording, ranked[0]?.wording]).toEqual(['choices', offered[1], offered[1]])
    expect(choices.map(({ found }) => found.wording).sort()).toEqual([...offered].sort())
  })
  test('a sure answer, an honest no and an ambiguous word make no request to the model', async () => {
    const { search } = openSearch()
    for (const question of [sure, '今天天气怎么样', '小巨人能拿多少钱'])
      expect(await search(question)).toEqual(finder.find(question))
    expect(server.requests).toEqual([])
  })
  test('each wording is asked for once, also over a restart', async () => {
    server.will(near(offered[0]))
    const { world, search } = openSearch()
    await search(open)
    await search(open)
    await openSearch(world).search(open)
    const asked = server.requests.map(({ body }) => (JSON.parse(body) as { input: string[] }).input)
    expect(asked).toEqual([[open, ...offered], [open], [open]])
  })
})

describe('an endpoint that fails changes nothing', () => {
  const cases: [string, Behaviour][] = [
    ['refuses', response => json(response, 401, { error: { message: 'a-secret-key is wrong' } })],
    ['sends something else', response => json(response, 200, { data: [{ index: 0, embedding: ['x'] }] })],
    [
      'sends too few',
      response => json(response, 200, { data: [{ object: 'embedding', index: 0, embedding: [1] }] }),
    ],
    [
      'sends vectors of two lengths',
      (response, { body }) => {
        const { input } = JSON.parse(body) as { input: string[] }
        const data = input.map((_, index) => ({ index, embedding: index === 0 ? [1, 0] : [1] }))
        json(response, 200, { data })
      },
    ],
  ]
  test.each(cases)('one that %s', async (_, behave) => {
    server.will(behave)
    const { world, search } = openSearch()
    expect(await search(open)).toEqual(finder.find(open))
    expect(world.log.lines.join()).toContain('no vectors')
    expect(world.log.lines.join()).not.toContain('a-secret-key')
  })
  test('one that hangs is given up when the maker has waited long enough', async () => {
    server.will(() => {})
    const { world, search } = openSearch()
    const heard = server.heard()
    const found = search(open)
    await heard
    world.clock.forward({ milliseconds: 801 })
    expect(await found).toEqual(finder.find(open))
  })
  test('after three failures it is left alone for a minute', async () => {
    server.will(response => json(response, 400, {}))
    const { world, search } = openSearch()
    for (let i = 0; i < 5; i++) await search(open)
    expect(server.requests).toHaveLength(3)
    world.clock.forward({ seconds: 61 })
    server.will(near(offered[0]))
    expect((await search(open)).kind).toBe('answer')
  })
})
