import { execFileSync } from 'node:child_process'
import { defineConfig } from 'vitest/config'
import { compileCache } from './test/compile-cache.ts'

/** These replace a module, or print to a terminal that others have changed: each has its modules to itself. */
const ownModules = ['test/adapters/wechaty/hidden-token.test.ts', 'test/console/access.test.ts']

/** Each process of the tests compiles a module that another has compiled in a fraction of the time. */
process.env.NODE_COMPILE_CACHE ??= compileCache.NODE_COMPILE_CACHE

/** For what comes by itself after some events: a message in a simulated group, a state of a process. */
const pollTimeoutMs = 120_000

/**
 * The seed of every property test, a 32-bit integer. It follows from the commit's tree: a commit that passed here
 * passes anywhere, and each new one tries other inputs. PROPERTY_SEED sets it, `random` takes a new one.
 */
function propertySeed(wanted: string | undefined): string {
  if (wanted === 'random') return String(Math.floor(Math.random() * 2 ** 31))
  if (wanted !== undefined) return wanted
  try {
    const tree = execFileSync('git', ['rev-parse', 'HEAD^{tree}'], { encoding: 'utf8', stdio: 'pipe' })
    return String(Number.parseInt(tree.slice(0, 8), 16) | 0)
  } catch {
    return '1'
  }
}

export default defineConfig({
  test: {
    env: { PROPERTY_SEED: propertySeed(process.env.PROPERTY_SEED) },
    setupFiles: ['test/property-seed.ts', 'test/compile-cache-setup.ts'],
    // These limits end what hangs, so that no test has one of its own; a busy machine may take ten times as long.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: pollTimeoutMs } },
    // Many tests wait for children, browsers or deadlines: with a third worker two cores are idle for less of the time.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        // Reading the modules once for each worker and not for each file saves two fifths of the time.
        test: {
          name: 'modules',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: ownModules,
          // No test here replaces a module.
          experimental: { viteModuleRunner: false, nodeLoader: false },
        },
      },
      {
        extends: true,
        test: { name: 'own modules', include: ownModules, experimental: { viteModuleRunner: false } },
      },
    ],
  },
})
