import { LRUCache } from 'lru-cache'
import { type SourceBlock, wordSource } from '../../parsing/index.ts'
import type { OriginalFiles } from './library/original-files.ts'
import type { LibraryDocument } from './library/records.ts'

/** Files that are looked at again and again while they are reviewed. */
const mostCached = 8

/**
 * Paragraphs and tables of a file without pages of its own.
 * @returns undefined for other files, and where it cannot be read
 */
export type ReadSource = (file: LibraryDocument['file']) => Promise<SourceBlock[] | undefined>

export function createSourceReading(files: Pick<OriginalFiles, 'read'>): ReadSource {
  const read = new LRUCache<string, SourceBlock[]>({ max: mostCached })
  return async file => {
    if (file.kind !== 'docx') return undefined
    const known = read.get(file.sha256)
    if (known) return known
    const blocks = await wordSource(await files.read(file))
    if (blocks) read.set(file.sha256, blocks)
    return blocks
  }
}
