import { z } from 'zod'
import { positiveMs } from './values.ts'

/** Answers, collected sources and language models. */
export const answerSettings = {
  /** Older messages are not answered: the conversation has moved on. Sign-ins count all the same. */
  STALE_MINUTES: z.coerce.number().int().min(1).default(10),
  /**
   * One every ten seconds is faster than answers are read. Commands are not counted, here and below. Thirty times
   * as much is answered to one person in a day, commands included.
   */
  ANSWERS_PER_PERSON_PER_MINUTE: z.coerce.number().int().min(1).default(6),
  /** Half of what an account may say in a minute, so that receipts and digests have room. */
  ANSWERS_PER_GROUP_PER_MINUTE: z.coerce.number().int().min(1).default(20),
  /** The key of an OpenAI-compatible endpoint; empty: no language model, everything works without. */
  OPENAI_API_KEY: z.string().default(''),
  /** DeepSeek, Qwen, GLM and local ones have addresses of their own. */
  OPENAI_BASE_URL: z.url({ protocol: /^https?$/ }).default('https://api.openai.com/v1'),
  /**
   * The recipient of questions abroad, by name and country. An endpoint outside of mainland China is refused without it
   * (PIPL article 39), and the privacy notice names it.
   */
  OPENAI_OVERSEAS: z.string().trim().max(60).default(''),
  /** As the endpoint calls it; needed with a key. */
  OPENAI_MODEL: z.string().default(''),
  /** A group of hundreds asks less; 0 switches the model off. */
  MODEL_CALLS_PER_DAY: z.coerce.number().int().min(0).max(100_000).default(500),
  /** About 2,000 a call. */
  MODEL_TOKENS_PER_DAY: z.coerce.number().int().min(0).max(100_000_000).default(1_000_000),
  /**
   * The endpoint's model for vectors; empty: found by characters alone. With it, questions that these leave open
   * between a few are sent there too, and settled by meaning where both agree.
   */
  OPENAI_EMBEDDING_MODEL: z.string().default(''),
  /** How long a maker waits for a better wording: the answer must be there within 3 s. */
  FAQ_MODEL_PATIENCE_MS: z.coerce.number().int().min(200).max(2800).default(2500),
  /** Bound groups, by name, in which answers worded by a model carry no mark that says so; separated by commas. */
  AI_MARK_OFF_GROUPS: z.string().default(''),
  /** A change that makes the shipped questions do worse goes live only with a reviewer's consent. */
  FAQ_RELEASE_GATE: z.enum(['true', 'false']).default('true'),
  /**
   * The author of an entry or a broadcast may also approve it: for teams of one (`true`), and so that one person can
   * play the whole path in the simulated groups (`sandbox`). The console says so where it matters.
   */
  ONE_PERSON_REVIEW: z.enum(['true', 'false', 'sandbox']).default('sandbox'),
  /** When the policy digest goes out unless changed on the console, cron in Asia/Shanghai. */
  DIGEST_CRON: z.string().min(9).default('30 16 * * 5'),
  /** A digest that is later than this is not sent any more. */
  DIGEST_SHELF_LIFE_MINUTES: z.coerce.number().int().min(0).default(120),
  /** Where items come from; only from sources that are switched on. Empty: `sources.yaml`, see DATA_DIR. */
  SOURCES_FILE: z.string().default(''),
  /** Pause between two requests to one site: offices' sites are slow, and collecting has time. */
  COLLECT_GAP_MS: positiveMs.default(1500),
  /** Networks that pages may be read from although they are not public, by comma; for a mirror in one's own network. */
  COLLECT_ALSO_ALLOWED: z.string().default(''),
}
