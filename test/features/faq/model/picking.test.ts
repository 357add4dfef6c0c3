import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createOpenAi } from '../../../../src/adapters/openai.ts'
import { pickWith, settleWith } from '../../../../src/features/faq/model/picks.ts'
import { loadPrompt } from '../../../../src/prompts.ts'
import { createWorld } from '../../../conversation.ts'
import { json, openModelServer, saying } from '../../../model-server.ts'
import { answerer } from '../../../shipped-knowledge.ts'

const at = Temporal.Instant.from('2026-11-29T10:00:00+08:00')
const server = await openModelServer()
afterAll(() => server.close())
beforeEach(() => {
  server.requests.length = 0
})

/** Asked back by the finder, with several choices; and not known by it. */
const open = '先入科小再报专精特新顺序对吗'
const unknown = '有高企证好贷款吗'
const picking = (...ids: string[]) => saying(JSON.stringify({ ids }))

async function settled(question: string, world = createWorld()) {
  const [said] = await answerer.answer(question, at)
  if (!said) throw new Error('nothing said')
  const model = createOpenAi({ apiKey: 'a-secret-key', baseUrl: server.baseUrl, model: 'm' })
  const prompt = loadPrompt('prompts/faq-pick.md')
  const pick = pickWith({ model, prompt, timeoutMs: 60_000, log: world.log })
  return { before: said, after: await settleWith(pick, answerer.tell)(question, said, at) }
}

test('the questions of this test are what they are taken for', async () => {
  expect((await answerer.answer(open, at))[0]?.kind).toBe('choices')
  expect((await answerer.answer(unknown, at))[0]?.kind).toBe('none')
})

describe('a model picks among the likeliest entries, and says nothing of its own', () => {
  test('it gets the question and at most twelve standard questions with their ids', async () => {
    server.will(picking())
    await settled(`${unknown} 13800000000`)
    const { messages } = JSON.parse(server.requests[0]?.body ?? '{}') as { messages: { content: string }[] }
    const sent = messages.map(({ content }) => content).join('\n')
    expect(sent).toContain('有高企证好贷款吗')
    expect(sent).not.toContain('13800000000')
    expect(sent.match(/"id":/gu)?.length).toBeLessThanOrEqual(12)
  })

  test('what it picks is offered where the finder had nothing to offer', async () => {
    const [said] = await answerer.answer(unknown, at)
    const id = said?.likeliest?.[3]?.id ?? ''
    server.will(picking(id))
    const { after } = await settled(unknown)
    expect([after.kind, after.offered.map(entry => entry.id)]).toEqual(['choices', [id]])
    expect(after.text).toMatch(/^你想问的是不是：\n1\. /u)
  })

  test('it is told where the finder has the same one first, and offered before the others where not', async () => {
    const [said] = await answerer.answer(open, at)
    const [first, second] = said?.offered ?? []
    server.will(picking(first?.id ?? ''))
    expect((await settled(open)).after).toMatchObject({ kind: 'answer', entry: { id: first?.id } })
    server.will(picking(second?.id ?? ''))
    const { after } = await settled(open)
    expect([after.kind, after.offered[0]?.id]).toEqual(['choices', second?.id])
  })

  test.each([
    ['none', picking()],
    ['one that it was not given', picking('no-such-entry')],
    ['words instead of ids', saying('{"answer":"最高一百万元"}')],
    ['a refusal', (response: Parameters<ReturnType<typeof saying>>[0]) => json(response, 401, {})],
  ])('if it answers with %s, all stays as the finder left it', async (_, behave) => {
    server.will(behave)
    const { before, after } = await settled(unknown)
    expect(after).toEqual(before)
  })

  test.each(['高企怎么报', '小巨人能拿多少钱', '苏州评上高企奖多少', '谢谢老师'])(
    'it is not asked where nothing is open: %s',
    async question => {
      const { before, after } = await settled(question)
      expect(after).toEqual(before)
      expect(server.requests).toEqual([])
    },
  )
})
