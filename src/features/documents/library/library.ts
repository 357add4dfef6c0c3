import { Refusal } from '../../../feature.ts'
import { createMutex } from '../../../lib/queue.ts'
import type { DocumentRecords, LibraryDocument } from './records.ts'

/** A document that has no number yet. */
export type NewDocument = Omit<LibraryDocument, 'number'>

export type DocumentLibrary = Awaited<ReturnType<typeof openLibrary>>

/** The documents in memory over their collection; changes run one at a time. */
export async function openLibrary(records: DocumentRecords) {
  const known = new Map((await records.all()).map(document => [document.number, document]))
  const runExclusive = createMutex()
  const listeners: (() => void)[] = []

  async function keep(
    number: number,
    change: (now: LibraryDocument | undefined) => LibraryDocument | undefined,
  ) {
    const next = await records.update(number, change)
    if (next) known.set(number, next)
    else known.delete(number)
    for (const listener of listeners) listener()
    return next
  }

  return {
    /** By number. */
    all: (): LibraryDocument[] => [...known.values()].sort((a, b) => a.number - b.number),
    find: (number: number) => known.get(number),
    add: (document: NewDocument): Promise<LibraryDocument> =>
      runExclusive(async () => {
        const number = Math.max(0, ...known.keys()) + 1
        const added = { ...document, number }
        await keep(number, () => added)
        return added
      }),
    /** @throws {@link Refusal} where there is no such document, and what `how` throws */
    change: (number: number, how: (now: LibraryDocument) => LibraryDocument): Promise<LibraryDocument> =>
      runExclusive(async () => {
        const changed = await keep(number, now => {
          if (!now) throw new Refusal(missing(number))
          return how(now)
        })
        if (!changed) throw new Refusal(missing(number))
        return changed
      }),
    remove: (number: number): Promise<void> =>
      runExclusive(async () => void (await keep(number, () => undefined))),
    /** Calls back after every change. */
    onChange: (listener: () => void): void => void listeners.push(listener),
  }
}

export const missing = (number: number): string => `没有 ${number} 号文件。说「文件库」看看有哪些。`
