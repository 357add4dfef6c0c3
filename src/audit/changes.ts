import { AsyncLocalStorage } from 'node:async_hooks'
import { z } from 'zod'
import type { Store } from '../ports/store.ts'
import type { RecordChange } from './line.ts'

/** Which collections the audit log leaves out, and of which it keeps values. */
export type AuditPolicy = {
  /** Bookkeeping of the program, and ballots. */
  ignored: ReadonlySet<string>
  /** Changes that make no deed by themselves: a field's name, or `+` for a new record. */
  observed: Readonly<Record<string, readonly string[]>>
  /** Small records whose new values the objects quote: without them it would not be clear to whom a role was given. */
  quoted: ReadonlySet<string>
}

type Change = Pick<RecordChange, 'record' | 'change' | 'fields'> & { object: string }

/** The changes made while one deed runs, in the order in which they were stored. */
export type Scope = {
  changes: Change[]
  /** Ids of people who were erased meanwhile. */
  erased: Set<string>
  isOver: boolean
}

/** Notes which records a deed changes, by looking at every write of the store. */
export function createChangeWatch(policy: AuditPolicy) {
  const scopes = new AsyncLocalStorage<Scope>()

  function note(name: string, { before, after, key, fields }: Write): void {
    const scope = scopes.getStore()
    if (!scope || scope.isOver) return
    const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
    const changed = change === 'changed' ? fields.filter(field => !isSame(before, after, field)) : []
    if (change === 'changed' ? changed.length === 0 && fields.length > 0 : before === after) return
    const observed = policy.observed[name] ?? []
    const isObserved = change === 'added' ? observed.includes('+') : changed.length > 0
    if (isObserved && changed.every(field => observed.includes(field)) && observed.length > 0) return
    const quote = policy.quoted.has(name) ? quoteOf(before, after) : ''
    scope.changes.push({ record: name, change, fields: changed, object: `${name}/${key}${quote}` })
  }

  return {
    current: () => scopes.getStore(),
    run: <T>(scope: Scope, work: () => T): T => scopes.run(scope, work),
    /** The same store, whose writes are noted. */
    watching(store: Store): Store {
      return {
        collection(name, schema, ...more) {
          const collection = store.collection(name, schema, ...more)
          if (policy.ignored.has(name)) return collection
          const fields = fieldsOf(schema)
          return {
            ...collection,
            async update(key, change) {
              let before: ReturnType<typeof change>
              const after = await collection.update(key, now => {
                before = now
                return change(now)
              })
              note(name, { before, after, key, fields })
              return after
            },
          }
        },
        close: store.close,
      }
    },
  }
}

type Write = { before: unknown; after: unknown; key: string; fields: readonly string[] }

/** Names of the schema's own fields: keys of the records themselves may be ids of people. */
export function fieldsOf(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape)
  if (schema instanceof z.ZodUnion)
    return [...new Set(schema.options.flatMap(one => fieldsOf(one as z.ZodType)))]
  return []
}

const at = (record: unknown, field: string) => JSON.stringify((record as Record<string, unknown>)[field])
const isSame = (before: unknown, after: unknown, field: string) => at(before, field) === at(after, field)

const mostQuoted = 400

/** New parts of a record; of lists, the elements that came or went. */
function quoteOf(before: unknown, after: unknown): string {
  const was = (before ?? {}) as Record<string, unknown>
  const is = (after ?? {}) as Record<string, unknown>
  const parts = [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter(field => !isSame(was, is, field))
    .map(field => `${field}: ${quoteField(was[field], is[field])}`)
  return ` ${parts.join('; ')}`.slice(0, mostQuoted)
}

function quoteField(was: unknown, is: unknown): string {
  const lists = [was, is].map(one => (Array.isArray(one) ? one.map(each => JSON.stringify(each)) : undefined))
  const [old, now] = lists
  if (!old || !now) return JSON.stringify(is) ?? '—'
  const gone = old.filter(one => !now.includes(one)).map(one => `-${one}`)
  return [...gone, ...now.filter(one => !old.includes(one)).map(one => `+${one}`)].join(' ')
}

/** Changes of one kind of record and one way together, as a line holds them. */
export function changeSummaryOf(changes: readonly Change[]): RecordChange[] {
  const groups = Map.groupBy(changes, ({ record, change }) => `${record} ${change}`)
  return [...groups.values()].flatMap(([first, ...more]) =>
    first
      ? {
          record: first.record,
          change: first.change,
          fields: [...new Set([first, ...more].flatMap(({ fields }) => fields))].sort(),
          count: new Set([first, ...more].map(({ object }) => object)).size,
        }
      : [],
  )
}
