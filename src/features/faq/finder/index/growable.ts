type Numbers = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array

/** The same array, or a copy at least half as large again that has room for `length` numbers; new ones are 0. */
export function withCapacity<A extends Numbers>(array: A, length: number): A {
  if (length <= array.length) return array
  const make = array.constructor as new (length: number) => A
  const larger = new make(Math.max(length, Math.ceil(array.length * 1.5)))
  larger.set(array)
  return larger
}
