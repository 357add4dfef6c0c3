import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // A browser and a whole bot start in a hook; on a loaded machine that takes its time.
    hookTimeout: 60_000,
    // Children with ports, browsers and kill -9 share two cores: more at once only slows each down.
    maxWorkers: 2,
  },
})
