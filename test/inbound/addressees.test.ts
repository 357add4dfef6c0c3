import { expect, test } from 'vitest'
import type { Feature } from '../../src/feature.ts'
import { createFixedDirectory, createWorld, play } from '../conversation.ts'

const group = '优空间创客群'

/** A bot whose answers come when they are released, in the order of the questions. */
function open() {
  const held: (() => void)[] = []
  const slow: Feature = {
    name: 'slow',
    takesQuestions: true,
    async listen({ text }) {
      if (text.includes('慢')) await new Promise<void>(resolve => held.push(resolve))
      return text.includes('点名') ? { text: '好', mention: ['他'] } : `答：${text}`
    },
  }
  const { person } = play(createWorld(), createFixedDirectory([group]), [slow])
  const release = async () => {
    await new Promise(setImmediate)
    for (const go of held.splice(0)) go()
  }
  const [mei, zhang] = [person('mei', '小美', group), person('zhang', '张唯', group)]
  const ask = (who: typeof mei, text: string) => who.send(who.message(text, { mentionsBot: true }))
  return { mei, zhang, alone: person('mei', '小美'), release, ask }
}

test('an answer right under its question names nobody', async () => {
  const { mei, ask } = open()
  expect(await ask(mei, '高企怎么报')).toEqual([{ text: '答：高企怎么报' }])
})
test('an answer before which somebody else spoke names who asked', async () => {
  const { mei, zhang, ask, release } = open()
  const answer = ask(mei, '慢慢说')
  void zhang.send(zhang.message('中午吃什么'))
  await release()
  expect(await answer).toEqual([{ text: '答：慢慢说', mention: ['mei'] }])
})
test('what the asker adds is nobody else’s', async () => {
  const { mei, ask, release } = open()
  const answer = ask(mei, '慢慢说')
  void mei.send(mei.message('不急'))
  await release()
  expect(await answer).toEqual([{ text: '答：慢慢说' }])
})
test('of two who ask at once each is named', async () => {
  const { mei, zhang, ask, release } = open()
  const both = Promise.all([ask(mei, '慢一'), ask(zhang, '二')])
  await release()
  expect((await both).map(([reply]) => reply?.mention)).toEqual([['mei'], ['zhang']])
})
test('a reply that mentions somebody keeps that', async () => {
  const { mei, zhang, ask, release } = open()
  const answer = ask(mei, '慢点名')
  void zhang.send(zhang.message('早'))
  await release()
  expect(await answer).toEqual([{ text: '好', mention: ['他'] }])
})
test('in private nobody is named', async () => {
  const { zhang, alone, release } = open()
  const answer = alone.send(alone.message('慢慢说'))
  void zhang.send(zhang.message('早'))
  await release()
  expect(await answer).toEqual([{ text: '答：慢慢说' }])
})
