/** What one check found; a half sentence, and what to do where it is not good. */
export type Diagnosis = { state: 'good' | 'warning' | 'bad'; text: string }

export const good = (text: string): Diagnosis => ({ state: 'good', text })
export const warning = (text: string): Diagnosis => ({ state: 'warning', text })
export const bad = (text: string): Diagnosis => ({ state: 'bad', text })
