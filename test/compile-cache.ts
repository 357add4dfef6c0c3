import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The same modules are loaded by every process that a test starts: compiled once, they start in half the time. */
export const compileCache = { NODE_COMPILE_CACHE: join(tmpdir(), 'chuangke-compile-cache') }
