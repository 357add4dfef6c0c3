import { defineConfig } from 'vitest/config'

/** These start processes and browsers, spy on packages or replace a module: each file has its modules to itself. */
const ownModules = [
  'test/adapters/**/*.test.ts',
  'test/gateway/**/*.test.ts',
  'test/browser/**/*.test.ts',
  'test/console/access.test.ts',
]

export default defineConfig({
  test: {
    testTimeout: 60_000,
    // A browser and a whole bot start in a hook; on a loaded machine that takes its time.
    hookTimeout: 60_000,
    // Children with ports, browsers and kill -9 share two cores: more at once only slows each down.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        // Reading the modules once for each worker and not for each file saves two fifths of the time.
        test: { name: 'modules', isolate: false, include: ['test/**/*.test.ts'], exclude: ownModules },
      },
      { extends: true, test: { name: 'processes', include: ownModules } },
    ],
  },
})
