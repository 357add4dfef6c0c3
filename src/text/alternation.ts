/**
 * Joins patterns to one that matches where any of them does; where several do, the first in this order.
 * @param flags of the whole, default `u`; those of the parts do not count
 */
export const alternation = (parts: readonly RegExp[], flags = 'u'): RegExp =>
  new RegExp(parts.map(({ source }) => source).join('|'), flags)
