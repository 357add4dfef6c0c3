import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createMemoryStore } from '../src/adapters/memory.ts'
import { createBot } from '../src/bot.ts'
import { keyHash } from '../src/lib/hash.ts'
import { commonShardOf } from '../src/outbox/ledger/compacted.ts'
import type { Store } from '../src/ports/store.ts'
import { ProcessedMessage } from '../src/processed-messages.ts'
import { openAllFeatures } from './app/features.ts'
import { createQuietLog } from './conversation.ts'

const name = '欧阳若兰'
const chatId = 'erased'
const at = '2026-11-28T06:00:00Z'

/** A JSON schema, as far as one record is made from it. */
type Schema = {
  $ref?: string
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: Schema | boolean
  pattern?: string
}

const isDoer = (field: string) => /^(?:by|authors?|submitter)$|By$/u.test(field)
const isNameOfDoer = (field: string) => /^byName$|ByName$/u.test(field)

/** A record with every field, in which the person's name stands wherever the name of one who did something belongs. */
function sampleOf(schema: Schema, field = ''): unknown {
  if (isNameOfDoer(field)) return name
  const { properties } = schema
  if ((field === 'by' || field === 'again') && schema.type === 'string' && !schema.enum) return name
  if (isDoer(field) && properties?.id && properties.name) return { ...fieldsOf(properties), id: chatId, name }
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const [choice] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []
  if (choice) return sampleOf(choice, field)
  if (schema.type === 'array') return schema.items ? [sampleOf(schema.items, field)] : []
  if (properties) return fieldsOf(properties)
  if (schema.type === 'object') {
    const values = schema.additionalProperties
    return typeof values === 'object' ? { one: sampleOf(values) } : {}
  }
  if (schema.type === 'number' || schema.type === 'integer') return 1
  if (schema.type === 'boolean') return true
  if (field === 'base64') return ''
  if (schema.pattern?.includes('\\d{4}-\\d{2}-\\d{2}$')) return at.slice(0, 10)
  return /(?:[aA]t|from|to|since|until|After|Until|From)$/u.test(field) ? at : 'x'
}

const fieldsOf = (properties: Record<string, Schema>) =>
  Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, sampleOf(one, key)]))

type Opened = { schema: z.ZodType<unknown>; record: unknown }

/** Collections with a field for the name of a person who did something. */
async function collectionsWithDoers(): Promise<Map<string, Opened>> {
  const found = new Map<string, Opened>()
  const memory = createMemoryStore()
  const watched: Store = {
    ...memory,
    collection(title, schema, ...more) {
      const json = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input', reused: 'inline' }) as Schema
      const sample = sampleOf(json)
      if (JSON.stringify(sample).includes(name))
        found.set(title, { schema: schema as z.ZodType<unknown>, record: sample })
      return memory.collection(title, schema, ...more)
    },
  }
  const { platform } = await openAllFeatures(watched)
  await platform.store.close()
  return found
}

/** Keys of records that are looked for by their key; the others are looked through. */
const keys: Record<string, string> = {
  'site-titles': `titles/${keyHash('lesson x')}`,
  digests: '0/1',
  items: '0/1',
  'digest-plans': 'plans/x',
  'entry-drafts': 'drafts/x',
  'entry-changes': '0/1',
  documents: '1/document',
  'clause-dismissals': 'x/dismissal',
  'digest-runs': '2026-11/x@2026-11-28T06:00:00Z',
  lessons: 'x/lesson',
  'check-ins': 'x/x',
  'lesson-series': 'series/x',
  'lesson-updates': 'touched/x',
  deliveries: 'digest-1/group',
  'deliveries-over': `${commonShardOf('letter-1')}/letter-1/group`,
  groups: 'groups/x',
  officers: 'officers/all',
  roster: 'roster/all',
  instructors: 'instructors/all',
  tickets: '0/1',
  'entry-test-runs': 'run-1/1',
  'form-templates': 'form-1/template',
  'sign-up-forms': 'form-1/form',
}

test('the name of an erased person stands nowhere as that of one who did something', async () => {
  const store = createMemoryStore()
  const found = await collectionsWithDoers()
  for (const [title, { schema, record }] of found)
    await store.collection(title, schema).update(keys[title] ?? 'x/x', () => schema.parse(record))

  const { all, people } = await openAllFeatures(store)
  for (const feature of all) await feature.start?.()
  const bot = createBot({
    features: all,
    directory: people.directory,
    seen: store.collection('seen', ProcessedMessage),
    clock: { now: () => Temporal.Now.instant(), sleep: async () => {} },
    log: createQuietLog(),
  })
  let count = 0
  const says = async (text: string) => {
    const sentAt = Temporal.Now.instant()
    const message = { id: `in-${++count}`, senderId: chatId, senderName: name, text, mentionsBot: false }
    return (await bot.answer({ ...message, sentAt, receivedAt: sentAt })).map(reply => reply.text).join()
  }
  expect(await says('删除我的信息')).toContain('确认删除')
  expect(await says('确认删除')).toContain('删好了')

  const left: string[] = []
  for (const [title, { schema }] of found)
    for (const { key, value } of await store.collection(title, schema).list(''))
      if (JSON.stringify(value).includes(name)) left.push(`${title} ${key}`)
  expect(left).toEqual([])
})
