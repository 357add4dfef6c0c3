import { describe, expect, test } from 'vitest'
import { createNodeCron } from '../../src/adapters/node-cron.ts'
import { modelProcessorOf } from '../../src/app/files/model-processor.ts'
import { checkSettings } from '../../src/app/files/settings.ts'
import { readConfig } from '../../src/config.ts'
import { createQuietLog } from '../conversation.ts'

const configOf = (url: string, overseas = '') =>
  readConfig({ OPENAI_API_KEY: 'k', OPENAI_MODEL: 'm', OPENAI_BASE_URL: url, OPENAI_OVERSEAS: overseas })
const check = (config: ReturnType<typeof configOf>) => checkSettings(config, createNodeCron(createQuietLog()))

describe('a language model', () => {
  test.each([
    ['https://api.deepseek.com/v1', '深度求索'],
    ['https://dashscope.aliyuncs.com/compatible-mode/v1', '阿里云百炼'],
    ['https://ark.cn-beijing.volces.com/api/v3', '火山引擎'],
    ['https://llm.example.gov.cn/v1', 'llm.example.gov.cn'],
    ['http://127.0.0.1:11434/v1', '本单位自己'],
    ['http://192.168.1.8:8000/v1', '本单位自己'],
    ['http://[::1]:8000/v1', '本单位自己'],
    ['http://ollama:11434/v1', '本单位自己'],
  ])('at %s starts, and is named', (url, name) => {
    expect(() => check(configOf(url))).not.toThrow()
    expect(modelProcessorOf(configOf(url))?.name).toContain(name)
  })
  test.each([
    'https://api.openai.com/v1',
    'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
    'https://api.moonshot.ai/v1',
    'https://evil-api.deepseek.com.example.net/v1',
    'https://notapi.deepseek.com.cc/v1',
    'http://8.8.8.8/v1',
  ])('at %s is refused until the recipient abroad is named', url => {
    expect(() => check(configOf(url))).toThrow(/不在中国大陆.*OPENAI_OVERSEAS/u)
    expect(() => check(configOf(url, '某公司（美国）'))).not.toThrow()
    expect(modelProcessorOf(configOf(url, '某公司（美国）'))).toEqual({
      name: '某公司（美国）',
      isOverseas: true,
    })
  })
  test('that is not set has no processor', () => {
    expect(modelProcessorOf(readConfig({}))).toBeUndefined()
  })
})
