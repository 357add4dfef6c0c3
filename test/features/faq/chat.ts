import { faq } from '../../../src/features/faq/index.ts'
import { verbatim } from '../../../src/features/faq/model/rewording.ts'
import { createFixedDirectory, createWorld, play, type World } from '../../conversation.ts'
import { answerer } from '../../shipped-knowledge.ts'

type Parts = Parameters<typeof faq>[0]
export const group = '优空间创客群'

/**
 * A group in which the FAQ answers from the shipped knowledge, without a model and without
 * instructors unless the parts bring them.
 */
export function openFaqChat({ world = createWorld(), ...parts }: Partial<Parts> & { world?: World } = {}) {
  const feature = faq({
    answerer,
    clock: world.clock,
    reword: verbatim,
    handOver: async () => ({ kind: 'nobody' }),
    asked: async () => {},
    ...parts,
  })
  const played = play(world, createFixedDirectory([group]), [feature])
  return {
    world,
    feature,
    ...played,
    mei: played.person('mei', '小美', group),
    lin: played.person('lin', '小林', group),
    alone: played.person('mei', '小美'),
  }
}
