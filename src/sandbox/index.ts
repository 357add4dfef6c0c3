import type { Hono } from 'hono'
import type { Temporal } from 'temporal-polyfill'
import type { Asset } from '../console/assets.ts'
import type { Page } from '../feature.ts'
import type { JobRunner } from '../jobs.ts'
import type { Clock } from '../ports/clock.ts'
import { sandboxApi } from './api.ts'
import { createControls } from './controls.ts'
import { openToLocalScripts } from './local-scripts.ts'
import { sandboxAssets, sandboxPage } from './page.ts'
import type { HintParts } from './page-hints.ts'
import type { World } from './world.ts'

type SandboxParts = HintParts & {
  world: World
  /** The whole bot's clock, which the page moves. */
  clock: Clock & { forward(duration: Temporal.DurationLike): void }
  jobs: Pick<JobRunner, 'tick' | 'upcoming'>
}

/** What the console needs to show the simulated world; `open` is what scripts on this machine use. */
export function sandboxRoom(parts: SandboxParts): { page: Page; open: Hono; assets: readonly Asset[] } {
  const controls = createControls(parts)
  return {
    page: sandboxPage(controls, parts),
    open: openToLocalScripts('/sandbox/api', sandboxApi(controls)),
    assets: sandboxAssets,
  }
}
