import { recentlyUsed } from '../../lib/recently-used.ts'
import { type SourceBlock, textSource, wordSource } from '../../parsing/index.ts'
import type { OriginalFiles } from './library/original-files.ts'
import type { LibraryDocument } from './library/records.ts'

/** Files that are looked at again and again while they are reviewed. */
const mostCached = 8

/**
 * Paragraphs and tables, or lines, of a file without pages of its own.
 * @returns undefined for other files, and where it cannot be read
 */
export type ReadSource = (file: LibraryDocument['file']) => Promise<SourceBlock[] | undefined>

export function createSourceReading(files: Pick<OriginalFiles, 'read'>): ReadSource {
  const read = recentlyUsed<SourceBlock[]>(mostCached)
  return async file => {
    const { kind } = file
    if (kind === 'pdf' || kind === 'ofd' || kind === 'doc' || kind === 'odt') return undefined
    const known = read.get(file.sha256)
    if (known) return known
    const bytes = await files.read(file)
    const blocks = await (kind === 'docx' ? wordSource(bytes) : textSource(bytes, kind))
    if (blocks) read.set(file.sha256, blocks)
    return blocks
  }
}
