/** Loads at the first call and keeps what was loaded; a load that failed is tried again by the next call. */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined
  return () => {
    loading ??= load().catch(cause => {
      loading = undefined
      throw cause
    })
    return loading
  }
}

/** A value, or the promise of one where it is still to come. */
export type MaybePromise<T> = T | Promise<T>

/**
 * Calls `use` with all values: at once where each is here, and else when the last has come. What is mostly in memory
 * thus costs no promise.
 * @returns what `use` returns; a promise of it where one of the values was a promise
 */
export function withAll<const T extends readonly unknown[], R>(
  values: T,
  use: (...values: { [K in keyof T]: Awaited<T[K]> }) => R,
): MaybePromise<Awaited<R>> | R {
  const call = (here: readonly unknown[]) => use(...(here as { [K in keyof T]: Awaited<T[K]> }))
  if (!values.some(value => value instanceof Promise)) return call(values)
  return Promise.all(values).then(call) as Promise<Awaited<R>>
}
