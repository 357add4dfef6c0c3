import { WechatyBuilder } from 'wechaty'
import { PuppetService } from 'wechaty-puppet-service'

// A minimal Wechaty bot, the baseline for the cost of ours.

const [endpoint = '', token = ''] = process.argv.slice(2)
const bot = WechatyBuilder.build({ puppet: new PuppetService({ endpoint, token }) })
bot.on('message', async message => {
  if (!message.self()) await message.say(message.text())
})
bot.on('login', () => console.log('ready'))
await bot.start()
