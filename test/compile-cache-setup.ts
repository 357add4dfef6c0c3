import { flushCompileCache } from 'node:module'
import { afterAll } from 'vitest'

// A worker of the tests is ended before it would write the cache of itself.
afterAll(() => flushCompileCache())
