/** True or false only where every value that the answers allow agrees, else unknown. */
export type Truth = true | false | undefined

export function all(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false
  return truths.includes(undefined) ? undefined : true
}

export function any(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true
  return truths.includes(undefined) ? undefined : false
}

export const not = (truth: Truth): Truth => (truth === undefined ? undefined : !truth)
