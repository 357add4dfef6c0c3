/** One instruction of a Dockerfile, on one line. */
export type Instruction = { line: number; name: string; args: string }

/** The stages of a Dockerfile, each from its FROM on. Comments are left out, continued lines are joined. */
export function stagesIn(text: string): Instruction[][] {
  const stages: Instruction[][] = []
  for (const { line, text: one } of joinedLines(text)) {
    const [, name = '', args = ''] = /^(\S+)\s*([\s\S]*)$/.exec(one) ?? []
    if (name.toUpperCase() === 'FROM') stages.push([])
    const stage = stages.at(-1)
    stage?.push({ line, name: name.toUpperCase(), args: args.trim() })
  }
  return stages
}

function joinedLines(text: string): { line: number; text: string }[] {
  const joined: { line: number; text: string }[] = []
  let isContinued = false
  for (const [at, raw] of text.split('\n').entries()) {
    if (/^\s*(#|$)/.test(raw)) continue
    const part = raw.replace(/\\\s*$/, '').trim()
    const last = joined.at(-1)
    if (isContinued && last) last.text += ` ${part}`
    else joined.push({ line: at + 1, text: part })
    isContinued = /\\\s*$/.test(raw)
  }
  return joined
}

/** 「node:24-slim AS packages」: the image, and the name of the stage. */
export function baseOf({ args }: Instruction): { image: string; stage: string | undefined } {
  const [image = '', , stage] = args.split(/\s+/)
  return { image, stage }
}

/** Flags, sources and target of a COPY. */
export function copyOf({ args }: Instruction) {
  const words = args.split(/\s+/)
  const from = words.find(word => word.startsWith('--from='))?.slice('--from='.length)
  const paths = words.filter(word => !word.startsWith('--'))
  return { from, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' }
}
