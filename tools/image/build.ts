import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { baseOf, copyOf, type Instruction, stagesIn } from './dockerfile.ts'

/** A folder that stands for the root of an image's file system. */
type Stage = { root: string; folder: string; env: Record<string, string>; command: string[] }

/**
 * Takes the steps of a Dockerfile without Docker: each stage in a folder of its own, on the Node that runs this.
 * Users are not changed, since they would have to exist on this machine.
 * @returns the last stage
 */
export function buildWithoutDocker(text: string, out: string, isIgnored: (path: string) => boolean): Stage {
  const stages = new Map<string, Stage>()
  let last: Stage | undefined
  for (const [at, [from, ...steps]] of stagesIn(text).entries()) {
    const name = (from && baseOf(from).stage) ?? `stage-${at}`
    const stage: Stage = { root: join(out, name), folder: '/', env: {}, command: [] }
    for (const step of steps) take(step, stage, { stages, isIgnored })
    stages.set(name, stage)
    last = stage
  }
  if (!last) throw new Error('no FROM')
  return last
}

type Around = { stages: ReadonlyMap<string, Stage>; isIgnored(path: string): boolean }

function take(step: Instruction, stage: Stage, around: Around): void {
  const { name, args } = step
  if (name === 'WORKDIR') stage.folder = args
  if (name === 'CMD') stage.command = JSON.parse(args) as string[]
  if (name === 'ENV')
    for (const [, key = '', value = ''] of args.matchAll(/(\w+)=(\S+)/g)) stage.env[key] = value
  if (name === 'COPY') copy(step, stage, around)
  if (name === 'RUN') run(args, stage)
  mkdirSync(inside(stage, stage.folder), { recursive: true })
}

/** A path of the image, on this machine. */
const inside = ({ root, folder }: Stage, path: string) =>
  join(root, path.startsWith('/') ? path : join(folder, path))

function copy(step: Instruction, stage: Stage, { stages, isIgnored }: Around): void {
  const { from, sources, target } = copyOf(step)
  const other = from === undefined ? undefined : stages.get(from)
  for (const source of sources) {
    const path = other ? inside(other, source) : resolve(source)
    const isFolder = target.endsWith('/')
    const to = inside(stage, isFolder ? join(target, source) : target)
    mkdirSync(dirname(to), { recursive: true })
    const filter = (one: string) => other !== undefined || !isIgnored(one)
    cpSync(path, to, { recursive: true, verbatimSymlinks: true, filter })
  }
}

function run(script: string, stage: Stage): void {
  const here = script
    .replaceAll(/&&\s*chown \S+ \S+/g, '')
    .replaceAll(/(^|\s)(\/[a-z]\S*)/g, (_, space: string, path: string) => `${space}${inside(stage, path)}`)
  const options = { cwd: inside(stage, stage.folder), shell: true, stdio: 'inherit' } as const
  const { status } = spawnSync(here, options)
  if (status !== 0) throw new Error(`this step failed: ${script}`)
}

/**
 * Starts the image's command with its settings, its files read-only, and asks /healthz.
 * @returns whether it answered in time
 */
export async function startsAndAnswers(
  stage: Stage,
  { port, timeoutMs }: { port: number; timeoutMs: number },
) {
  makeReadOnly(inside(stage, stage.folder))
  const env = Object.fromEntries(
    Object.entries(stage.env).map(([key, value]) => [
      key,
      value.startsWith('/') ? inside(stage, value) : value,
    ]),
  )
  const [program = '', ...args] = stage.command
  const child = spawn(program === 'node' ? process.execPath : program, args, {
    cwd: inside(stage, stage.folder),
    env: { PATH: process.env.PATH, ...env, HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  try {
    const startedAtMs = performance.now()
    while (performance.now() - startedAtMs < timeoutMs && child.exitCode === null) {
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined)
      if (answer?.ok) return true
      await wait(200)
    }
    return false
  } finally {
    child.kill('SIGTERM')
  }
}

/** As the read-only root file system of the container; root may write all the same. */
function makeReadOnly(folder: string): void {
  for (const one of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, one.name)
    if (one.name === 'node_modules' || one.isSymbolicLink()) continue
    if (one.isDirectory()) makeReadOnly(path)
    else chmodSync(path, 0o444)
  }
  chmodSync(folder, 0o555)
}
