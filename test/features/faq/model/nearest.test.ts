import { afterAll, beforeEach, expect, test } from 'vitest'
import { createOpenAiEmbeddings } from '../../../../src/adapters/openai.ts'
import type { Said } from '../../../../src/features/faq/answers.ts'
import { createMeaningIndex, offerNearest } from '../../../../src/features/faq/model/nearest.ts'
import { createWorld } from '../../../conversation.ts'
import { type Behaviour, json, openModelServer } from '../../../model-server.ts'
import { anEntry } from '../knowledge-samples.ts'

const server = await openModelServer()
afterAll(() => server.close())
beforeEach(() => {
  server.requests.length = 0
  server.will(embedding)
})

/** Words that mean the same, each list with a place of its own in the vectors. */
const synonyms = [
  ['研发', '写软件', '进销存'],
  ['加计扣除', '多抵', '多扣'],
  ['贷款', '借钱', '周转'],
  ['停车', '车位'],
]
const size = 64
function vectorOf(text: string): number[] {
  const vector = Array.from({ length: size }, () => 0)
  for (const char of text) vector[8 + ((char.codePointAt(0) ?? 0) % (size - 8))] = 0.2
  for (const [at, words] of synonyms.entries()) if (words.some(word => text.includes(word))) vector[at] = 3
  return vector
}
const embedding: Behaviour = (response, { body }) => {
  const { input } = JSON.parse(body) as { input: string[] }
  json(response, 200, {
    object: 'list',
    data: input.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) })),
    model: 'm',
    usage: {},
  })
}

const rd = anEntry({ id: 'rd-rate', question: '研发费用加计扣除比例是多少？' })
const loan = anEntry({ id: 'loan', question: '创业担保贷款最多能贷多少？' })
const entryOf = (id: string) => [rd, loan].find(entry => entry.id === id)
const wordings = [
  { text: rd.question, entryId: rd.id },
  { text: loan.question, entryId: loan.id },
  { text: '停车一小时多少钱', entryId: undefined },
]
const told = '雇了俩人写我们那套进销存，年底报税能不能多抵点'

function openIndex(world = createWorld(), list = wordings) {
  const embeddings = createOpenAiEmbeddings({ apiKey: 'k', baseUrl: server.baseUrl, model: 'test-vectors' })
  const index = createMeaningIndex({
    embeddings,
    store: world.store,
    log: world.log,
    wordings: () => list,
    timeoutMs: 60_000,
  })
  return { world, index, offer: offerNearest(index, entryOf) }
}

const unknown: Said = {
  kind: 'none',
  question: told,
  text: '这个我还没有可靠的答案。',
  entry: undefined,
  score: 0,
  offered: [],
  isAmbiguous: false,
  near: [],
  about: undefined,
  likeliest: [loan],
}
const inputs = () => server.requests.map(({ body }) => (JSON.parse(body) as { input: string[] }).input.length)

test('what is found by meaning alone is offered, not told, and joins the likeliest', async () => {
  const { index, offer } = openIndex()
  await index.build()
  const said = await offer(told, unknown, createWorld().clock.now())
  expect([said.kind, said.offered[0]?.id]).toEqual(['choices', 'rd-rate'])
  expect(said.likeliest?.[0]?.id).toBe('rd-rate')
})

test('a question nearer to a stranger gets no offer, and a sure answer makes no request', async () => {
  const { index, offer, world } = openIndex()
  await index.build()
  expect((await offer('车位怎么停', { ...unknown, question: '车位怎么停' }, world.clock.now())).kind).toBe(
    'none',
  )
  server.requests.length = 0
  const sure: Said = { ...unknown, kind: 'answer', entry: rd, likeliest: undefined }
  expect(await offer(told, sure, world.clock.now())).toEqual(sure)
  expect(server.requests).toEqual([])
})

test('vectors are asked for once, also over a restart; an edit asks for the new wording alone', async () => {
  const { index, world } = openIndex()
  await index.build()
  await openIndex(world).index.build()
  expect(inputs()).toEqual([3])
  await openIndex(world, [...wordings, { text: '研发多扣几成', entryId: rd.id }]).index.build()
  expect(inputs()).toEqual([3, 1])
})

test('until the index is complete, and where the endpoint is dead, nothing changes', async () => {
  server.will(response => json(response, 500, {}))
  const { index, offer, world } = openIndex()
  await index.build()
  expect(world.log.lines.join()).toContain('not complete')
  expect(await offer(told, unknown, world.clock.now())).toEqual(unknown)
  server.will(embedding)
  await index.build()
  server.will(response => json(response, 500, {}))
  expect(await offer(told, unknown, world.clock.now())).toEqual(unknown)
})

test('a question is looked up without the numbers and names in it', async () => {
  const { index, offer, world } = openIndex()
  await index.build()
  server.requests.length = 0
  const question = '我叫林小美，电话13800138000，想借钱周转'
  await offer(question, { ...unknown, question }, world.clock.now())
  const sent = server.requests.map(({ body }) => body).join()
  expect(sent).toContain('周转')
  expect(sent).not.toMatch(/林小美|13800138000/u)
})
