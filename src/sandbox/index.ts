import type { Hono } from 'hono'
import type { Asset } from '../console/assets.ts'
import { openToLocalScripts } from '../console/local-scripts.ts'
import type { Page } from '../feature.ts'
import { sandboxApi } from './api.ts'
import { type ControlParts, createControls } from './controls.ts'
import type { HintParts } from './page/hints.ts'
import { sandboxAssets, sandboxPage } from './page/index.ts'

/** What the console needs to show the simulated world; `open` is what scripts on this machine use. */
export function sandboxRoom(parts: ControlParts & HintParts): {
  page: Page
  open: Hono
  assets: readonly Asset[]
} {
  const controls = createControls(parts)
  return {
    page: sandboxPage(controls, parts),
    open: openToLocalScripts('/sandbox/api', sandboxApi(controls)),
    assets: sandboxAssets,
  }
}
