/**
 * Joins patterns to one that matches where any of them does; where several do, the first in this order.
 * @param parts patterns, or their sources
 * @param flags of the whole, default `u`; those of the parts do not count
 */
export const alternation = (parts: readonly (RegExp | string)[], flags = 'u'): RegExp =>
  new RegExp(parts.map(part => (typeof part === 'string' ? part : part.source)).join('|'), flags)
