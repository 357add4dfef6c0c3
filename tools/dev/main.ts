import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'

/**
 * Starts the bot, and starts it again when a file in `src`, `prompts` or `data` changes. The records in `data/state`
 * change all the time, so that a folder of data is not watched as one: its own files and each other folder are.
 * Editors replace files, so folders are watched and not files.
 */
const wholeFolders = ['src', 'prompts', ...foldersIn('data').filter(name => name !== join('data', 'state'))]
/** Most editors write a file in several steps. */
const settleMs = 300

let bot: ChildProcess | undefined
let isEnding = false
let isWanted = false
let timer: NodeJS.Timeout | undefined

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .map(name => join(folder, name))
    .filter(path => statSync(path).isDirectory())
}

function start(): void {
  isWanted = false
  bot = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts'], {
    stdio: 'inherit',
  })
  bot.once('exit', () => {
    bot = undefined
    if (isEnding) process.exit(0)
    if (isWanted) start()
  })
}

/** The next one starts when this one has let go of its records. */
function startAgain(): void {
  isWanted = true
  if (bot) bot.kill('SIGTERM')
  else start()
}

function changed(): void {
  clearTimeout(timer)
  timer = setTimeout(startAgain, settleMs)
}

for (const folder of wholeFolders) if (existsSync(folder)) watch(folder, { recursive: true }, changed)
if (existsSync('data')) {
  watch('data', (_, name) => {
    if (name !== 'state') changed()
  })
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    isEnding = true
    if (!bot) process.exit(0)
    // A terminal has sent its SIGINT to the bot as well.
    if (signal === 'SIGTERM') bot.kill(signal)
  })
start()
