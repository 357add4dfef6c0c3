import { baseOf, copyOf, type Instruction, stagesIn } from './dockerfile.ts'

type Context = {
  /** Whether the build sees this path of the project: it exists, and `.dockerignore` lets it in. */
  isInContext(path: string): boolean
}

/** Faults of a Dockerfile, one sentence each. */
export function lintDockerfile(text: string, context: Context): string[] {
  const stages = stagesIn(text)
  if (stages.length === 0) return ['1: no FROM']
  const names = stages.map(([from]) => from && baseOf(from).stage)
  const faults = stages.flatMap((stage, at) =>
    stage.flatMap(one => faultsOf(one, { ...context, earlier: names.slice(0, at) })),
  )
  return [...faults, ...faultsOfImage(stages.at(-1) ?? [])]
}

type Around = Context & { earlier: (string | undefined)[] }

function faultsOf(one: Instruction, around: Around): string[] {
  const found = {
    FROM: faultsOfBase,
    COPY: faultsOfCopy,
    RUN: faultsOfRun,
    ENV: faultsOfEnv,
    ARG: faultsOfEnv,
    ADD: () => ['ADD fetches and unpacks: use COPY'],
  }
  const rules: Partial<Record<string, (one: Instruction, around: Around) => string[]>> = found
  return (rules[one.name]?.(one, around) ?? []).map(fault => `${one.line}: ${fault}`)
}

function faultsOfBase(one: Instruction, { earlier }: Around): string[] {
  const { image } = baseOf(one)
  if (earlier.includes(image)) return []
  const [, tag] = image.split(':')
  return tag === undefined || tag === 'latest' ? [`${image} names no version`] : []
}

function faultsOfCopy(one: Instruction, { earlier, isInContext }: Around): string[] {
  const { from, sources } = copyOf(one)
  if (from !== undefined) return earlier.includes(from) ? [] : [`no earlier stage is called ${from}`]
  if (sources.includes('.')) return ['COPY . takes along what nobody looked at: name the folders']
  return sources.filter(path => !isInContext(path)).map(path => `${path} is not there, or is ignored`)
}

function faultsOfRun({ args }: Instruction): string[] {
  return [
    ...(/\bnpm (install|i)\b/.test(args)
      ? ['npm install takes other versions than the lock file: npm ci']
      : []),
    ...(/\bsudo\b/.test(args) ? ['sudo in an image'] : []),
    ...(/\b(curl|wget)\b.*\|\s*(ba)?sh\b/.test(args) ? ['a script from the network is run unseen'] : []),
    ...(/apt-get install/.test(args) && !/--no-install-recommends/.test(args)
      ? ['apt-get install without --no-install-recommends']
      : []),
    ...(/apt-get install/.test(args) && !/rm -rf \/var\/lib\/apt\/lists/.test(args)
      ? ['the lists of apt stay in the layer']
      : []),
  ]
}

function faultsOfEnv({ args }: Instruction): string[] {
  return /(KEY|SECRET|PASSWORD|PASSPHRASE|TOKEN)\w*\s*=\s*\S/i.test(args) ? ['a secret in the image'] : []
}

/** Faults of the last stage, which is the image. */
function faultsOfImage(stage: readonly Instruction[]): string[] {
  const all = (name: string) => stage.filter(one => one.name === name)
  const user = all('USER').at(-1)?.args ?? 'root'
  const [command] = all('CMD')
  return [
    ...(/^(root|0)\b/.test(user) ? ['it runs as root: USER is missing'] : []),
    ...(all('CMD').length === 1 && command?.args.startsWith('[')
      ? []
      : ['not exactly one CMD in its exec form']),
    ...(all('HEALTHCHECK').length === 1 ? [] : ['no HEALTHCHECK']),
    ...(all('VOLUME').length === 1 ? [] : ['not exactly one VOLUME']),
    ...(all('WORKDIR').length > 0 ? [] : ['no WORKDIR']),
  ]
}
