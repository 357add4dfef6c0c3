import { Hono } from 'hono'
import type { Asset } from '../console/assets.ts'
import { openToLocalScripts } from '../console/local-scripts.ts'
import type { Page } from '../feature.ts'
import { sandboxApi } from './api.ts'
import { type ControlParts, createControls } from './controls.ts'
import type { HintParts } from './page/hints.ts'
import { sandboxAssets, sandboxPage } from './page/index.ts'

/**
 * The routes of the simulated world; `open` are those for scripts on this machine, none
 * where a proxy stands in front.
 */
export function sandboxRoutes(parts: ControlParts & HintParts & { trustsLoopback: boolean }): {
  page: Page
  open: Hono
  assets: readonly Asset[]
} {
  const controls = createControls(parts)
  return {
    page: sandboxPage(controls, parts),
    open: parts.trustsLoopback ? openToLocalScripts('/sandbox/api', sandboxApi(controls)) : new Hono(),
    assets: sandboxAssets,
  }
}
