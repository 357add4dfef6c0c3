import { expect, test } from 'vitest'
import { mostSounds, soundOf, soundsInPinyin } from '../../src/text/pinyin.ts'

const heard = (text: string) => Array.from(text, char => soundOf(char.charCodeAt(0)))

test.each([
  ['高企', '搞起'],
  ['减缴', '减浇'],
  ['科技贷', '科技带'],
  ['张三', '脏山'],
  ['福州', '湖州'],
  ['龙岩', '农言'],
])('「%s」 sounds like 「%s」', (one, other) => {
  expect(heard(one)).toEqual(heard(other))
})

test('what is no Han character has no sound', () => {
  expect(heard('a1?，')).toEqual([0, 0, 0, 0])
})

test('every character has a sound below the highest', () => {
  for (let code = 0x4e00; code < 0xa000; code++) expect(soundOf(code)).toBeLessThan(mostSounds)
})

test.each([
  ['gaoqi', '高企'],
  ['shenbao', '申报'],
  ['chuangyedaikuan', '创业贷款'],
])('「%s」 is 「%s」 in pinyin', (word, text) => {
  const sounds = heard(text)
  expect(soundsInPinyin(word)).toEqual(sounds)
})

test.each(['hnte', 'zjtx', 'r', 'xi', '', 'a'.repeat(100)])('「%s」 is no pinyin', word => {
  expect(soundsInPinyin(word)).toEqual([])
})
