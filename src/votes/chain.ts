import { z } from 'zod'
import { sha256 } from '../lib/hash.ts'

/**
 * A line of the record of a vote: it hashes the line before it, so that none can be
 * changed, removed or put in between.
 */
export const ChainLine = z.object({
  kind: z.enum([
    'rules',
    'electorate',
    'opened',
    'batch',
    'merged',
    'closed',
    'lot',
    'observed',
    'cancelled',
  ]),
  data: z.record(z.string(), z.union([z.string(), z.number()])),
  hash: z.string(),
})
export type ChainLine = z.infer<typeof ChainLine>

const start = '0'.repeat(64)

/** @returns the chain with one more line */
export function withLine(
  chain: readonly ChainLine[],
  kind: ChainLine['kind'],
  data: ChainLine['data'],
): ChainLine[] {
  return [...chain, { kind, data, hash: lineHash(chain.at(-1)?.hash ?? start, kind, data) }]
}

/** @returns the place of the first line that does not follow from the one before; -1 where all do */
export const brokenLine = (chain: readonly ChainLine[]): number =>
  chain.findIndex(({ kind, data, hash }, at) => hash !== lineHash(chain[at - 1]?.hash ?? start, kind, data))

/** The latest line of this kind. */
export const lastLine = (
  chain: readonly ChainLine[],
  kind: ChainLine['kind'],
): ChainLine['data'] | undefined => chain.findLast(line => line.kind === kind)?.data

const lineHash = (before: string, kind: string, data: ChainLine['data']) =>
  sha256(JSON.stringify([before, kind, Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1))]))
